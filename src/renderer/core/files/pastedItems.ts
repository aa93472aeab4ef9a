import type { FolderAccess, LocalItem, OnFound } from '../types';
import { itemsOfDrop } from './localItems';

/** What Chromium and Firefox call a picture on the clipboard that is no file. */
const NAMELESS = /^image\.(png|jpe?g|webp|gif|bmp|tiff?)$/i;

/**
 * The files of a paste. A picture that was never a file gets a name that tells what it is.
 * @param folders what this page can do about folders
 * @param imageName the name without its ending, such as `Pasted image 2026-11-21 14.03`
 * @throws HitherError as `itemsOfDrop`
 */
export async function itemsOfPaste(
  transfer: DataTransfer,
  folders: FolderAccess,
  imageName: string,
  onFound?: OnFound,
): Promise<LocalItem[]> {
  const items = await itemsOfDrop(transfer, folders, onFound);
  return items.map((item) => {
    const ending = item.kind === 'file' ? NAMELESS.exec(item.file.name)?.[1] : undefined;
    if (item.kind !== 'file' || ending === undefined || !item.file.type.startsWith('image/')) return item;
    const name = `${imageName}.${ending.toLowerCase()}`;
    const { type, lastModified } = item.file;
    return { ...item, file: new File([item.file], name, { type, lastModified }), path: name };
  });
}

/** A text that is too long for a message, as a file. */
export function itemOfText(text: string, name: string): LocalItem {
  const path = `${name}.txt`;
  const file = new File([text], path, { type: 'text/plain' });
  return { kind: 'file', file, path, sizeBytes: file.size };
}
