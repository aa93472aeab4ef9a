import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HitherError } from '../../shared/errors';
import { type ManifestEntry, MAX_ENTRIES } from '../../shared/protocol/transfer';
import { readError } from './diskErrors';

/** A manifest entry and where it is on this disk. */
export interface WalkedEntry {
  entry: ManifestEntry;
  absolutePath: string;
}

/**
 * Everything below a file or folder that a person chose, in name order. A chosen link is followed; links inside are
 * left out, as they may lead anywhere. Only empty folders get an entry: the others follow from their files.
 * @param path absolute path
 * @param name the relative path that the receiver shall see
 * @throws HitherError `source-missing`, `source-unreadable` or `too-many-entries`
 */
export async function walk(path: string, name: string): Promise<WalkedEntry[]> {
  const found: WalkedEntry[] = [];
  await visit(path, name, true, found);
  return found;
}

async function visit(path: string, name: string, isChosen: boolean, found: WalkedEntry[]): Promise<void> {
  try {
    const info = isChosen ? await stat(path) : await lstat(path);
    if (info.isFile()) {
      const modifiedMs = Math.max(0, Math.floor(info.mtimeMs));
      found.push({
        entry: { kind: 'file', path: name, sizeBytes: info.size, modifiedMs },
        absolutePath: path,
      });
    } else if (info.isDirectory()) {
      const names = (await readdir(path)).sort();
      if (names.length === 0)
        found.push({ entry: { kind: 'folder', path: name, sizeBytes: 0 }, absolutePath: path });
      for (const child of names) await visit(join(path, child), `${name}/${child}`, false, found);
    }
  } catch (error) {
    throw readError(error, name);
  }
  if (found.length > MAX_ENTRIES) throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
}
