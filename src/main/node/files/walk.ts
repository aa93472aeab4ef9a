import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WalkedPath } from '../../../backend/ports';
import { HitherError } from '../../../shared/errors';
import { type ManifestEntry, MAX_ENTRIES } from '../../../shared/protocol/transfer';
import { readError } from './diskErrors';
import { modifiedMsOf } from './times';

/** The user's own right to run a file. */
const USER_EXECUTE = 0o100;

/**
 * Everything below a file or folder that a person chose, in name order. A chosen link is followed; links inside are
 * left out, as they may lead anywhere, and named in `skipped`. Only empty folders get an entry: the others follow from their files.
 * @param path absolute path
 * @param name the relative path that the receiver shall see
 * @throws HitherError `source-missing`, `source-unreadable` or `too-many-entries`
 */
export async function walk(path: string, name: string): Promise<WalkedPath> {
  const found: WalkedPath = { entries: [], skipped: [] };
  await visit(path, name, true, found);
  return found;
}

async function visit(path: string, name: string, isChosen: boolean, found: WalkedPath): Promise<void> {
  try {
    const info = isChosen ? await stat(path) : await lstat(path);
    if (info.isFile()) {
      const modifiedMs = modifiedMsOf(info);
      const isExecutable = process.platform !== 'win32' && (info.mode & USER_EXECUTE) !== 0;
      const entry: ManifestEntry = { kind: 'file', path: name, sizeBytes: info.size, modifiedMs };
      if (isExecutable) entry.isExecutable = true;
      found.entries.push({ entry, absolutePath: path });
    } else if (info.isDirectory()) {
      const names = (await readdir(path)).sort();
      if (names.length === 0)
        found.entries.push({ entry: { kind: 'folder', path: name, sizeBytes: 0 }, absolutePath: path });
      for (const child of names) await visit(join(path, child), `${name}/${child}`, false, found);
    } else found.skipped.push(name);
  } catch (error) {
    throw readError(error, name);
  }
  if (found.entries.length > MAX_ENTRIES) throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
}
