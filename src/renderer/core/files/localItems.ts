import { HitherError } from '../../../shared/errors';
import type { LocalItem } from '../types';

/**
 * Everything in a drop or a paste, folders walked in name order, as a backend walks them. Must be called inside the event's
 * handler: the browser empties the list when the handler returns, so entries are taken before the first wait.
 * @throws HitherError `drop-unreadable` where the browser tells of files and gives none, as Chromium does with names
 * that the locale of its process can't write; `source-unreadable` for a file that is there and can't be read
 */
export async function itemsOfDrop(transfer: DataTransfer): Promise<LocalItem[]> {
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
  const items: LocalItem[] = bare.map((file) => ({ kind: 'file', file, path: file.name }));
  for (const entry of entries) items.push(...(await itemsOfEntry(entry, entry.name)));
  return items;
}

/** The files of an `<input type="file">` in the order of their relative paths, which have folders where one was picked. */
export function itemsOfInput(files: Iterable<File>): LocalItem[] {
  const pathOf = (file: File): string => file.webkitRelativePath || file.name;
  return [...files]
    .map((file): LocalItem => ({ kind: 'file', file, path: pathOf(file) }))
    .sort((a, b) => inOrder(a.path, b.path));
}

async function itemsOfEntry(entry: FileSystemEntry, path: string): Promise<LocalItem[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, unreadable(path, reject));
    });
    return [{ kind: 'file', file, path }];
  }
  const children = await childrenOf(entry as FileSystemDirectoryEntry);
  if (children.length === 0) return [{ kind: 'folder', path }];
  const items: LocalItem[] = [];
  for (const child of children) items.push(...(await itemsOfEntry(child, `${path}/${child.name}`)));
  return items;
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
