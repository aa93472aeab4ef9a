import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import type { FolderCheck } from '../../../backend/ports';
import { HitherError } from '../../../shared/errors';
import { MAX_FILE_BYTES } from '../../../shared/protocol/transfer';
import { writeError } from './diskErrors';

/** What Linux calls FAT (`MSDOS_SUPER_MAGIC` of statfs(2)), and the longest file that has 32 bits for its length. */
const FAT = 0x4d44;
const MAX_FAT_FILE_BYTES = 2 ** 32 - 1;

/**
 * Whether files can be received into a folder, how much room it has, and how long a file may be there.
 * @param dir absolute path
 * @throws HitherError `folder-missing` or `folder-read-only`
 */
export async function checkFolder(dir: string): Promise<FolderCheck> {
  try {
    if (!isAbsolute(dir) || !(await stat(dir)).isDirectory())
      throw new HitherError('folder-missing', { name: dir });
    await access(dir, constants.W_OK | constants.X_OK);
    const { bavail, bsize, type } = await statfs(dir);
    return {
      freeBytes: bavail * bsize,
      maxFileBytes: process.platform === 'linux' && type === FAT ? MAX_FAT_FILE_BYTES : MAX_FILE_BYTES,
    };
  } catch (error) {
    throw writeError(error, dir);
  }
}
