import { lstat, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { WalkedEntry, WalkedPath } from '../../../backend/ports';
import { HitherError } from '../../../shared/errors';
import { naturalOrder } from '../../../shared/naturalOrder';
import { type ManifestEntry, MAX_ENTRIES } from '../../../shared/protocol/transfer';
import { readError } from './diskErrors';
import { errnoOf } from './errnoOf';
import { READ_AT_ONCE } from './fileRules';
import { modifiedMsOf } from './times';

/** The user's own right to run a file. */
const USER_EXECUTE = 0o100;

/** What `readdir` puts in place of bytes that are no text. */
const NO_TEXT = '\ufffd';

/** What a walk has found so far. */
interface Found extends WalkedPath {
  /** Entries that nothing else stands for: files, and folders that have none in them. */
  neededCount: number;
}

/**
 * Everything below a file or folder that a person chose, in name order, each folder before what is in it. A chosen link is followed;
 * links inside are left out, as they may lead anywhere. What is left out is named; one bad entry costs no other.
 * @param path absolute path
 * @param name the relative path that the receiver shall see
 * @throws HitherError `source-missing` or `source-unreadable` of the chosen path itself, or `too-many-entries`
 */
export async function walk(path: string, name: string): Promise<WalkedPath> {
  const found: Found = { entries: [], leftOut: [], neededCount: 0 };
  await visit(path, name, true, found);
  const { entries, leftOut } = found;
  return { entries, leftOut };
}

async function visit(path: string, name: string, isChosen: boolean, found: Found): Promise<void> {
  try {
    const info = isChosen ? await stat(path) : await lstat(path);
    if (info.isFile()) {
      if (info.size === 0 && (await hasContent(path))) {
        found.leftOut.push({ reason: 'sizeless', path: name });
        return;
      }
      const modifiedMs = modifiedMsOf(info);
      const isExecutable = process.platform !== 'win32' && (info.mode & USER_EXECUTE) !== 0;
      const entry: ManifestEntry = { kind: 'file', path: name, sizeBytes: info.size, modifiedMs };
      if (isExecutable) entry.isExecutable = true;
      found.entries.push({ entry, absolutePath: path, isImplied: false });
      found.neededCount++;
    } else if (info.isDirectory()) {
      const names = (await readdir(path)).sort(naturalOrder);
      const entry: ManifestEntry = {
        kind: 'folder',
        path: name,
        sizeBytes: 0,
        modifiedMs: modifiedMsOf(info),
      };
      const folder: WalkedEntry = { entry, absolutePath: path, isImplied: false };
      const count = found.entries.push(folder);
      for (const child of names) {
        if (child.includes(NO_TEXT)) found.leftOut.push({ reason: 'name', path: `${name}/${child}` });
        else await visit(join(path, child), `${name}/${child}`, false, found);
      }
      folder.isImplied = found.entries.length > count;
      if (!folder.isImplied) found.neededCount++;
    } else found.leftOut.push({ reason: info.isSymbolicLink() ? 'link' : 'special', path: name });
  } catch (error) {
    if (isChosen || error instanceof HitherError) throw readError(error, name);
    // What has gone since its folder was read is not there to be sent.
    if (errnoOf(error) !== 'ENOENT') found.leftOut.push({ reason: 'unreadable', path: name });
  }
  if (found.neededCount > MAX_ENTRIES) throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
}

/** Whether there is something in a file that says it is empty, as those of /proc say: how much, only reading it to its end would tell. */
async function hasContent(path: string): Promise<boolean> {
  const file = await open(path, READ_AT_ONCE);
  try {
    return (await file.read(new Uint8Array(1), 0, 1, 0)).bytesRead > 0;
  } finally {
    await file.close();
  }
}
