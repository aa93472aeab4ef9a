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
 * that the locale of its process can't write; `source-unreadable` for a file that is there and can't be read;
 * `too-many-entries`
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
  for (const entry of entries) await addEntry(found, entry, entry.name);
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

async function addEntry(found: FoundItems, entry: FileSystemEntry, path: string): Promise<void> {
  if (entry.isFile) {
    await found.addFile(await fileOf(entry, path), path);
    return;
  }
  const children = await childrenOf(entry as FileSystemDirectoryEntry);
  if (children.length === 0) await found.addFolder(path);
  for (let from = 0; from < children.length; from += FILES_AT_A_TIME) {
    const some = children.slice(from, from + FILES_AT_A_TIME);
    const pathOf = (child: FileSystemEntry): string => `${path}/${child.name}`;
    const files = await Promise.all(
      some.map(async (child) => (child.isFile ? fileOf(child, pathOf(child)) : null)),
    );
    for (const [index, child] of some.entries()) {
      const file = files[index];
      if (file) await found.addFile(file, pathOf(child));
      else await addEntry(found, child, pathOf(child));
    }
  }
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
