import type { ClientBackend } from './ClientBackend';
import { type DesktopFiles, folderAccessOf } from './files/folderAccess';
import { PageFiles } from './files/PageFiles';
import { Pictures } from './files/Pictures';
import { shrinkPicture } from './files/shrinkPicture';
import { HitherCore } from './HitherCore';
import { onBrowserNetwork, onOtherAddresses, onPreferences } from './networkChanges';
import { makePageCertificate } from './peer/pageCertificate';
import { PeerLink } from './peer/PeerLink';
import { SideLink } from './peer/SideLink';
import type { Core } from './types';

/**
 * Builds the core on a backend and starts it.
 * @param desktop what the desktop app's preload does with files for the page; `null` in a browser
 */
export async function createCore(backend: ClientBackend, desktop: DesktopFiles | null): Promise<Core> {
  const certificate = await makePageCertificate();
  const files = new PageFiles((file) => desktop?.registerFile(file) ?? Promise.resolve(null));
  const core = new HitherCore({
    backend,
    files,
    pictures: new Pictures(backend, files, shrinkPicture),
    folders: folderAccessOf(desktop, window),
    certificate,
    createLink: (options) => new PeerLink(options),
    createSideLink: (options) => new SideLink(options),
  });
  core.start();
  const renew = (): void => core.renewLinks();
  onBrowserNetwork(renew);
  onOtherAddresses(core, renew);
  onPreferences(core, renew);
  return core;
}
