import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';

interface YesNoQuestion {
  message: string;
  detail: string;
  no: string;
  yes: string;
}

/**
 * Asks a question by the system's dialog; "no" is what Enter and Escape do.
 * @param parent the window that the question belongs to, where there is one
 */
export async function askYesNo(
  parent: BrowserWindow | null,
  { message, detail, no, yes }: YesNoQuestion,
): Promise<boolean> {
  const options: MessageBoxOptions = {
    type: 'question',
    message,
    detail,
    buttons: [no, yes],
    defaultId: 0,
    cancelId: 0,
  };
  const { response } = await (parent === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(parent, options));
  return response === 1;
}
