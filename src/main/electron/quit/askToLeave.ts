import type { BrowserWindow } from 'electron';
import { askYesNo } from '../shell/askYesNo';
import type { NativeText } from '../shell/nativeText';

/**
 * Asks whether to close although files are under way; staying is what Enter and Escape do.
 * @param parent the window that the question belongs to, where there is one
 */
export async function askToLeave(parent: BrowserWindow | null, text: NativeText): Promise<boolean> {
  return askYesNo(parent, {
    message: text.transferring,
    detail: text.transferringDetail,
    no: text.keepTransferring,
    yes: text.closeAnyway,
  });
}
