import type { Dialog } from 'electron';
import { named } from './named';

const unanswered = (name: string) => (): Promise<never> =>
  Promise.reject(new Error(`nobody answers dialog.${name}; a spec replaces it, as with the real Electron`));

/** Electron's `dialog`: specs put their answers in its place. */
export const dialog = named('dialog', {
  showOpenDialog: unanswered('showOpenDialog'),
  showMessageBox: unanswered('showMessageBox'),
  showErrorBox(title: string, content: string) {
    process.stderr.write(`${title}: ${content}\n`);
  },
} satisfies Partial<Dialog>);
