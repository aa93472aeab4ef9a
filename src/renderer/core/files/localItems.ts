import type { LocalItem } from '../types';

/**
 * Everything in a drop, folders walked, in the order the browser gives it. Must be called inside the drop handler:
 * the browser empties the list when the handler returns, so entries are taken before the first wait.
 */
export async function itemsOfDrop(transfer: DataTransfer): Promise<LocalItem[]> {
  const entries: FileSystemEntry[] = [];
  const bare: File[] = [];
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = entry ? null : item.getAsFile();
    if (entry) entries.push(entry);
    else if (file) bare.push(file);
  }
  const items: LocalItem[] = bare.map((file) => ({ kind: 'file', file, path: file.name }));
  for (const entry of entries) items.push(...(await itemsOfEntry(entry, entry.name)));
  return items;
}

/** The files of an `<input type="file">`, with their relative paths where a folder was picked. */
export function itemsOfInput(files: Iterable<File>): LocalItem[] {
  return [...files].map((file) => ({ kind: 'file', file, path: file.webkitRelativePath || file.name }));
}

async function itemsOfEntry(entry: FileSystemEntry, path: string): Promise<LocalItem[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => {
      (entry as FileSystemFileEntry).file(resolve, reject);
    });
    return [{ kind: 'file', file, path }];
  }
  const children = await childrenOf(entry as FileSystemDirectoryEntry);
  if (children.length === 0) return [{ kind: 'folder', path }];
  const items: LocalItem[] = [];
  for (const child of children) items.push(...(await itemsOfEntry(child, `${path}/${child.name}`)));
  return items;
}

/** `readEntries` gives at most 100 at a time and an empty list at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, reject);
    });
    if (batch.length === 0) return children;
    children.push(...batch);
  }
}
