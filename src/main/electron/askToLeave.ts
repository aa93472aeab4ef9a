import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { NativeText } from './nativeText';

/**
 * Asks whether to close although files are under way; staying is what Enter and Escape do.
 * @param parent the window that the question belongs to, where there is one
 */
export async function askToLeave(parent: BrowserWindow | null, text: NativeText): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    message: text.transferring,
    detail: text.transferringDetail,
    buttons: [text.keepTransferring, text.closeAnyway],
    defaultId: 0,
    cancelId: 0,
  };
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  return response === 1;
}
