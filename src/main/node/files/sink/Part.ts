import type { SinkFile } from '../../../../shared/transfer/ports';
import type { OwnFolder } from './OwnFolder';

/** A file of the manifest on its way to disk. */
export interface PartOptions {
  /** It is there. */
  folder: OwnFolder;
  /** The name it shall have. */
  name: string;
  modifiedMs?: number | undefined;
  isExecutable?: boolean | undefined;
  /** Told, and waited for, before the temporary file is made, so that a kill leaves none that nobody knows of. */
  onCreating?: ((partName: string) => Promise<void>) | undefined;
  /** Told, and waited for, before the file gets its name. */
  onNaming?: ((name: string) => Promise<void>) | undefined;
}

/** A file that is being received, under a temporary name until `commit`. */
export interface Part extends SinkFile {
  /** Absolute final path, once committed. */
  readonly finalPath: string | null;
  /** Flushes what has been written, so that a power cut leaves it there. */
  sync(): Promise<void>;
  /** Removes the temporary file; a committed one stays. Never throws. */
  discard(): Promise<void>;
}
