import { HitherError } from '../../../shared/errors';
import type { LocalItem } from '../types';
import { FoundItems, type OnFound } from './FoundItems';

/** Files of a dropped folder that the browser is asked for together: one after the other takes half as long again (measured). */
const FILES_AT_A_TIME = 64;

const nobodyAsks: OnFound = () => undefined;

/**
 * Everything in a drop or a paste, folders walked in name order, as a backend walks them. Must be called inside the event's
 * handler: the browser empties the list when the handler returns, so entries are taken before the first wait.
 * @throws HitherError `drop-unreadable` where the browser tells of files and gives none, as Chromium does with names
 * that the locale of its process can't write; `source-unreadable` for one that was dropped itself and can't be read: what can't be
 * of a folder is left out; `too-many-entries`
 */
export async function itemsOfDrop(
  transfer: DataTransfer,
  onFound: OnFound = nobodyAsks,
): Promise<LocalItem[]> {
  const entries: FileSystemEntry[] = [];
  const bare: File[] = [];
  let hiddenCount = 0;
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = entry ? null : item.getAsFile();
    if (entry) entries.push(entry);
    else if (file) bare.push(file);
    else hiddenCount++;
  }
  const isEmpty = entries.length + bare.length === 0;
  if (hiddenCount > 0 || (isEmpty && transfer.types.includes('Files'))) {
    throw new HitherError('drop-unreadable', hiddenCount > 0 ? { count: hiddenCount } : {});
  }
  const found = new FoundItems(onFound);
  for (const file of bare) await found.addFile(file, file.name);
  for (const entry of entries) {
    if (entry.isFile) await found.addFile(await fileOf(entry, entry.name), entry.name);
    else await addFolder(found, entry.name, await childrenOf(entry as FileSystemDirectoryEntry));
  }
  return found.items;
}

/**
 * The files of an `<input type="file">` in the order of their relative paths, which have folders where one was picked.
 * @throws HitherError `too-many-entries`
 */
export async function itemsOfInput(
  files: Iterable<File>,
  onFound: OnFound = nobodyAsks,
): Promise<LocalItem[]> {
  const picked = [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  const found = new FoundItems(onFound);
  for (const { file, path } of picked.sort((a, b) => inOrder(a.path, b.path)))
    await found.addFile(file, path);
  return found.items;
}

async function addFolder(
  found: FoundItems,
  path: string,
  children: readonly FileSystemEntry[],
): Promise<void> {
  if (children.length === 0) await found.addFolder(path);
  for (let from = 0; from < children.length; from += FILES_AT_A_TIME) {
    const some = children.slice(from, from + FILES_AT_A_TIME);
    const pathOf = (child: FileSystemEntry): string => `${path}/${child.name}`;
    const files = await Promise.all(
      some.map(async (child) => (child.isFile ? orNull(fileOf(child, pathOf(child))) : null)),
    );
    for (const [index, child] of some.entries()) {
      const file = files[index];
      const below = file || child.isFile ? null : await orNull(childrenOf(child as FileSystemDirectoryEntry));
      if (file) await found.addFile(file, pathOf(child));
      else if (below) await addFolder(found, pathOf(child), below);
      // A name that is no text comes as an empty one.
      else await found.addLeftOut(child.name === '' ? 'name' : 'unreadable', pathOf(child));
    }
  }
}

/** What can't be read is left out, by its name. */
function orNull<T>(reading: Promise<T>): Promise<T | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof HitherError && error.code === 'source-unreadable') return null;
    throw error;
  });
}

function fileOf(entry: FileSystemEntry, path: string): Promise<File> {
  return new Promise((resolve, reject) => {
    (entry as FileSystemFileEntry).file(resolve, unreadable(path, reject));
  });
}

/** `readEntries` gives at most 100 at a time, in no order, and an empty list at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, unreadable(folder.name, reject));
    });
    if (batch.length === 0) return children.sort((a, b) => inOrder(a.name, b.name));
    children.push(...batch);
  }
}

function unreadable(name: string, reject: (error: HitherError) => void): (error: unknown) => void {
  return (error) => reject(new HitherError('source-unreadable', { name }, error));
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
