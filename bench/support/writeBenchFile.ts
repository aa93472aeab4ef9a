import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeRandomFile } from '../../tests/support/app/testFiles';

/**
 * Writes the file of random bytes that a benchmark sends.
 * @throws Error before anything is written, where the disk has no room for it and for the copy that will be received
 */
export async function writeBenchFile(path: string, sizeBytes: number): Promise<string> {
  const { bavail, bsize } = await statfs(dirname(path));
  const roomBytes = bavail * bsize;
  if (roomBytes < 2 * sizeBytes)
    throw new Error(
      `two files of ${String(sizeBytes)} bytes don't fit in the ${String(roomBytes)} that are free`,
    );
  return writeRandomFile(path, sizeBytes);
}
