import { NodeFiles } from '../../../src/main/node/files/NodeFiles';
import { random } from '../../../src/main/node/random';
import { sha256 } from '../../../src/main/node/sha256';
import { FileStorage } from '../../../src/main/node/storage/FileStorage';
import { systemClock } from '../../../src/main/node/systemClock';
import { silentLog } from '../lan/silentLog';
import { testFileThread } from './testFileThread';

/** What a transfer service needs of this machine, without a profile and without lanes between backends. */
export const nodePorts = {
  clock: systemClock,
  random,
  sha256,
  files: new NodeFiles(testFileThread),
  storage: null,
  createLaneConnector: null,
  log: silentLog,
};

/** A profile in a folder; `null` keeps nothing. */
export function storageIn(profileDir: string | null): FileStorage | null {
  return profileDir === null ? null : new FileStorage(profileDir, silentLog);
}
