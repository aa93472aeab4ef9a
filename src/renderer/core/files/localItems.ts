import { HitherError } from '../../../shared/errors';
import { naturalOrder } from '../../../shared/naturalOrder';
import type { FolderAccess, LocalItem, OnFound } from '../types';
import { FoundItems } from './FoundItems';
import { addFolder, type FolderChild, unreadable } from './walkFolder';

const nobodyAsks: OnFound = () => undefined;

/** What was dropped itself, as far as the event gives it. */
interface Dropped {
  entries: { entry: FileSystemEntry; folder: File | null }[];
  /** Files without an entry. */
  bare: File[];
}

/**
 * Everything in a drop or a paste: folders by their paths where the page can have that done, else walked in name order. Must be called
 * inside the event's handler: the browser empties the list when the handler returns, so entries are taken before the first wait.
 * Entries tell as much of a folder as handles do (tried in Chromium 156), and are given for any folder.
 * @param folders what this page can do about folders
 * @throws HitherError `drop-unreadable` where the browser tells of files and gives none, as Chromium does with names
 * that the locale of its process can't write; `source-unreadable` for one that was dropped itself and can't be read: what can't be
 * of a folder is left out; `too-many-entries`
 */
export async function itemsOfDrop(
  transfer: DataTransfer,
  folders: FolderAccess,
  onFound: OnFound = nobodyAsks,
): Promise<LocalItem[]> {
  const { entries, bare } = droppedIn(transfer, folders.kind === 'path');
  const found = new FoundItems(onFound);
  for (const file of bare) await found.addFile(file, file.name);
  for (const { entry, folder } of entries) {
    const child = childOf(entry);
    if (entry.isFile) {
      await found.addFile(await child.file(), entry.name);
      continue;
    }
    const token = folder && folders.kind === 'path' ? await folders.register(folder) : null;
    if (token === null) await addFolder(found, entry.name, await child.children());
    else await found.addPath(token, entry.name);
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
  for (const { file, path } of picked.sort((a, b) => naturalOrder(a.path, b.path)))
    await found.addFile(file, path);
  return found.items;
}

/** @param byPath whether the `File` of a folder is wanted: one that can't be read, and that has a path */
function droppedIn(transfer: DataTransfer, byPath: boolean): Dropped {
  const dropped: Dropped = { entries: [], bare: [] };
  let hiddenCount = 0;
  for (const item of transfer.items) {
    if (item.kind !== 'file') continue;
    const entry = item.webkitGetAsEntry();
    const file = !entry || (byPath && entry.isDirectory) ? item.getAsFile() : null;
    if (entry) dropped.entries.push({ entry, folder: file });
    else if (file) dropped.bare.push(file);
    else hiddenCount++;
  }
  const isEmpty = dropped.entries.length + dropped.bare.length === 0;
  if (hiddenCount > 0 || (isEmpty && transfer.types.includes('Files')))
    throw new HitherError('drop-unreadable', hiddenCount > 0 ? { count: hiddenCount } : {});
  return dropped;
}

function childOf(entry: FileSystemEntry): FolderChild {
  const { name, isFile } = entry;
  return {
    name,
    isFile,
    file: () =>
      new Promise((resolve, reject) => {
        (entry as FileSystemFileEntry).file(resolve, (error) => reject(unreadable(name, error)));
      }),
    children: () => childrenOf(entry as FileSystemDirectoryEntry),
  };
}

/** `readEntries` gives at most 100 at a time, in no order, and an empty list at the end. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FolderChild[]> {
  const reader = folder.createReader();
  const children: FolderChild[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => {
      reader.readEntries(resolve, (error) => reject(unreadable(folder.name, error)));
    });
    if (batch.length === 0) return children;
    children.push(...batch.map(childOf));
  }
}
