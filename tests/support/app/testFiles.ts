import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';

const CHUNK_BYTES = 8 * 1024 * 1024;

/** Writes a file of random bytes, so that no two files, and no two parts of one, look alike. */
export async function writeRandomFile(path: string, sizeBytes: number): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  try {
    for (let left = sizeBytes; left > 0; left -= CHUNK_BYTES)
      await file.write(randomBytes(Math.min(left, CHUNK_BYTES)));
  } finally {
    await file.close();
  }
  return path;
}

/** Writes a nested folder of small files, three levels deep, with an empty folder in it. */
export async function writeFolder(dir: string, fileCount: number): Promise<string> {
  for (let i = 0; i < fileCount; i++) {
    const path = join(dir, `group ${i % 5}`, `part ${i % 3}`, `file ${i}.bin`);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, randomBytes(i * 37));
  }
  await mkdir(join(dir, 'empty folder'), { recursive: true });
  return dir;
}

/** SHA-256 of every file under a folder by relative path; folders are there with `/` at their end. */
export async function digestsUnder(root: string): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) digests.set(`${relative(root, path)}/`, '');
    else digests.set(relative(root, path), await digestOf(path));
  }
  return new Map([...digests].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** SHA-256 of a file, in hex. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
