import { HitherError } from '../../../shared/errors';
import { naturalOrder } from '../../../shared/naturalOrder';
import type { FoundItems } from './FoundItems';

/** Files of a folder that the browser is asked for together: one after the other takes half as long again (measured). */
const FILES_AT_A_TIME = 64;

/** Something in a folder that a person dropped or picked, however the browser gives it. */
export interface FolderChild {
  /** Empty where it is no text. */
  readonly name: string;
  readonly isFile: boolean;
  /** Of a file. @throws HitherError `source-unreadable` */
  file(): Promise<File>;
  /** What is in a folder, in any order. @throws HitherError `source-unreadable` */
  children(): Promise<FolderChild[]>;
}

/**
 * Adds what is in a folder, folders walked in name order, as a backend walks them. What can't be read is left out; links are nothing
 * that a browser tells of.
 * @param path the folder's own
 * @throws HitherError `too-many-entries`
 */
export async function addFolder(
  found: FoundItems,
  path: string,
  unordered: readonly FolderChild[],
): Promise<void> {
  if (unordered.length === 0) await found.addFolder(path);
  const children = [...unordered].sort((a, b) => naturalOrder(a.name, b.name));
  for (let from = 0; from < children.length; from += FILES_AT_A_TIME) {
    const some = children.slice(from, from + FILES_AT_A_TIME);
    const files = await Promise.all(some.map(async (child) => (child.isFile ? orNull(child.file()) : null)));
    for (const [index, child] of some.entries()) {
      const childPath = `${path}/${child.name}`;
      const file = files[index];
      const below = file || child.isFile ? null : await orNull(child.children());
      if (file) await found.addFile(file, childPath);
      else if (below) await addFolder(found, childPath, below);
      // A name that is no text comes as an empty one.
      else await found.addLeftOut(child.name === '' ? 'name' : 'unreadable', childPath);
    }
  }
}

/** What a browser's error says to a person: what a thing of that name is can't be read. */
export function unreadable(name: string, error: unknown): HitherError {
  return new HitherError('source-unreadable', { name }, error);
}

/** What can't be read is left out, by its name. */
function orNull<T>(reading: Promise<T>): Promise<T | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof HitherError && error.code === 'source-unreadable') return null;
    throw error;
  });
}
