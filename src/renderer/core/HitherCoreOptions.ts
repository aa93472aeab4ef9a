import type { ClientBackend } from './ClientBackend';
import type { PageFiles } from './files/PageFiles';
import type { Pictures } from './files/Pictures';
import type { PageCertificate } from './peer/pageCertificate';
import type { SessionsOptions } from './session/Sessions';
import type { FolderAccess } from './types';

/** What a core is made of: the ports of its page. */
export interface HitherCoreOptions {
  backend: ClientBackend;
  files: PageFiles;
  pictures: Pictures;
  folders: FolderAccess;
  certificate: PageCertificate;
  createLink: SessionsOptions['createLink'];
  createSideLink: SessionsOptions['createSideLink'];
  now?: () => number;
}
