import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { HitherError } from '../../../shared/errors';
import { readError } from './diskErrors';
import { NEVER_BY_LINK } from './fileRules';

/**
 * A small file, whole, and not what a link in its place leads to.
 * @throws HitherError `source-missing`, `source-unreadable`, or `file-too-large` for more than `maxBytes`
 */
export async function readWhole(path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const name = basename(path);
  try {
    const file = await open(path, NEVER_BY_LINK);
    try {
      const info = await file.stat();
      if (!info.isFile()) throw new HitherError('source-unreadable', { name });
      if (info.size > maxBytes) throw new HitherError('file-too-large', { name });
      // Not `readFile`, which goes on to the end of one that grows.
      const bytes = new Uint8Array(info.size);
      const { bytesRead } = await file.read(bytes, 0, info.size, 0);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw readError(error, name);
  }
}
