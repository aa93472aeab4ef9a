import type { BrowserWindow } from 'electron';
import { askYesNo } from './askYesNo';
import type { NativeText } from './nativeText';

/**
 * Asks whether to open an address that another person sent; the question shows all of it, as the browser will get it.
 * @param parent the window that the question belongs to, where there is one
 */
export async function askToOpenLink(
  parent: BrowserWindow | null,
  url: string,
  text: NativeText,
): Promise<boolean> {
  return askYesNo(parent, {
    message: text.openLink,
    detail: url,
    no: text.cancel,
    yes: text.openInBrowser,
  });
}
