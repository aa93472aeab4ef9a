import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { HitherError } from '../../../shared/errors';
import { writeError } from './diskErrors';

/**
 * Whether files can be received into a folder, and how much room it has.
 * @param dir absolute path
 * @throws HitherError `folder-missing` or `folder-read-only`
 */
export async function checkFolder(dir: string): Promise<{ freeBytes: number }> {
  try {
    if (!isAbsolute(dir) || !(await stat(dir)).isDirectory())
      throw new HitherError('folder-missing', { name: dir });
    await access(dir, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(dir);
    return { freeBytes: bavail * bsize };
  } catch (error) {
    throw writeError(error, dir);
  }
}
