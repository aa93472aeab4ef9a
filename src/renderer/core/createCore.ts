import type { ClientBackend } from './ClientBackend';
import { PageFiles } from './files/PageFiles';
import { HitherCore } from './HitherCore';
import { makePageCertificate } from './peer/pageCertificate';
import { PeerLink } from './peer/PeerLink';
import { SideLink } from './peer/SideLink';
import type { Core } from './types';

/**
 * Builds the core on a backend and starts it.
 * @param registerFile a token for a file's path where the page can name one; `null` where it can't
 */
export async function createCore(
  backend: ClientBackend,
  registerFile: (file: File) => Promise<string | null>,
): Promise<Core> {
  const certificate = await makePageCertificate();
  const core = new HitherCore({
    backend,
    files: new PageFiles(registerFile),
    certificate,
    createLink: (options) => new PeerLink(options),
    createSideLink: (options) => new SideLink(options),
  });
  core.start();
  return core;
}
