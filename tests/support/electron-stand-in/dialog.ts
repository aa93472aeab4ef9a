import type { Dialog, MessageBoxOptions, MessageBoxReturnValue } from 'electron';
import { named } from './named';

const unanswered = (name: string): Promise<never> =>
  Promise.reject(new Error(`nobody answers dialog.${name}; a spec replaces it, as with the real Electron`));

/**
 * A question that comes before a spec can reach the process is answered by STAND_IN_ANSWER, the number of a button, and
 * said on stderr.
 */
async function showMessageBox(...args: unknown[]): Promise<MessageBoxReturnValue> {
  const answer = process.env['STAND_IN_ANSWER'];
  if (answer === undefined) return unanswered('showMessageBox');
  const { message, detail = '', buttons = [] } = args.at(-1) as MessageBoxOptions;
  process.stderr.write(`dialog: ${[message, detail, ...buttons].join(' | ')}\n`);
  return Promise.resolve({ response: Number(answer), checkboxChecked: false });
}

/** Electron's `dialog`: specs put their answers in its place. */
export const dialog = named('dialog', {
  showOpenDialog: () => unanswered('showOpenDialog'),
  showMessageBox,
  showErrorBox(title: string, content: string) {
    process.stderr.write(`${title}: ${content}\n`);
  },
} satisfies Partial<Dialog>);
