import { open, rename, rm } from 'node:fs/promises';

/**
 * Replaces a file so that a crash at any moment leaves the old content or the new one, never a part.
 * @param mode permission bits of the new file
 * @throws Error of the file system; the old file is then untouched
 */
export async function atomicWrite(path: string, content: string, mode = 0o600): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(temporary, 'w', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
