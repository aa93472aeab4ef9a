import type { Bridge, ChosenFolder } from '../../../shared/contract/bridge';
import { HitherError } from '../../../shared/errors';
import type { FolderAccess, ReadItems } from '../types';
import { FoundItems } from './FoundItems';
import { addFolder, type FolderChild, unreadable } from './walkFolder';

/** What the desktop app's preload does with files for the page, which never sees a path. */
export type DesktopFiles = Pick<Bridge, 'registerFile' | 'chooseFolders'>;

declare global {
  interface Window {
    /** The browser's dialog for a folder, which Chromium has, and neither Firefox nor the types of the DOM. */
    showDirectoryPicker?: (options: { id: string }) => Promise<FileSystemDirectoryHandle>;
  }
}

type PageWithDialog = Pick<Window, 'showDirectoryPicker'> & {
  readonly document: Pick<Document, 'visibilityState'>;
};

/** The browser opens its dialog where it was closed the last time, for each id. */
const DIALOG_ID = 'send-folder';

/**
 * What a page can do about folders.
 * @param desktop what the preload does for it, `null` in a browser
 */
export function folderAccessOf(desktop: DesktopFiles | null, page: PageWithDialog): FolderAccess {
  if (desktop)
    return {
      kind: 'path',
      choose: async () => readerOf(await desktop.chooseFolders()),
      register: (folder) => desktop.registerFile(folder),
    };
  if (page.showDirectoryPicker) return { kind: 'handle', choose: () => choosePicked(page) };
  return { kind: 'input' };
}

function readerOf(chosen: readonly ChosenFolder[]): ReadItems | null {
  if (chosen.length === 0) return null;
  return async (onFound) => {
    const found = new FoundItems(onFound);
    for (const { token, name } of chosen) await found.addPath(token, name);
    return found.items;
  };
}

async function choosePicked(page: PageWithDialog): Promise<ReadItems | null> {
  try {
    const folder = await page.showDirectoryPicker?.({ id: DIALOG_ID });
    if (!folder) return null;
    return async (onFound) => {
      const found = new FoundItems(onFound);
      await addFolder(found, folder.name, await childrenOf(folder));
      return found.items;
    };
  } catch (error) {
    // Chromium closes a dialog that covers its whole window, as that counts as hidden then (156 on X11).
    const isCovered = page.document.visibilityState === 'hidden';
    // What the person cancels, and what Chromium itself has told them that it doesn't open, is no trouble to tell of.
    if (error instanceof DOMException && error.name === 'AbortError' && !isCovered) return null;
    throw new HitherError('folder-not-opened', {}, error);
  }
}

function childOf(handle: FileSystemDirectoryHandle | FileSystemFileHandle): FolderChild {
  const { name, kind } = handle;
  return {
    name,
    isFile: kind === 'file',
    file: () => (handle as FileSystemFileHandle).getFile().catch((error: unknown) => failed(name, error)),
    children: () => childrenOf(handle as FileSystemDirectoryHandle),
  };
}

async function childrenOf(folder: FileSystemDirectoryHandle): Promise<FolderChild[]> {
  const children: FolderChild[] = [];
  try {
    for await (const child of folder.values()) children.push(childOf(child));
  } catch (error) {
    throw unreadable(folder.name, error);
  }
  return children;
}

function failed(name: string, error: unknown): never {
  throw unreadable(name, error);
}
