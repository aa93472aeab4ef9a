import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron';
import type { NativeText } from './nativeText';

/**
 * Has the person choose a folder to receive into by the system's dialog; `null` where they cancel.
 * @param parent the window that the dialog belongs to, where there is one
 */
export async function chooseFolder(parent: BrowserWindow | null, text: NativeText): Promise<string | null> {
  const [path] = await choose(parent, {
    title: text.chooseFolder,
    properties: ['openDirectory', 'createDirectory'],
  });
  return path ?? null;
}

/** The same for folders to send; empty where they cancel. */
export function chooseFolders(parent: BrowserWindow | null, text: NativeText): Promise<string[]> {
  return choose(parent, { title: text.sendFolders, properties: ['openDirectory', 'multiSelections'] });
}

async function choose(parent: BrowserWindow | null, options: OpenDialogOptions): Promise<string[]> {
  const { canceled, filePaths } = await (parent === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(parent, options));
  return canceled ? [] : filePaths;
}
