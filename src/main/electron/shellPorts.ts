import { type BrowserWindow, dialog, type OpenDialogOptions, shell } from 'electron';
import type { ShellPorts } from '../shellPorts';
import type { CaptureSources } from './CaptureSources';
import type { NativeText } from './nativeText';

/** What the desktop does for the backend. `window` is the one that dialogs belong to, where there is one. */
export function electronShellPorts(
  window: () => BrowserWindow | null,
  capture: CaptureSources,
  text: () => NativeText,
): ShellPorts {
  return {
    runtime: 'electron',
    async chooseFolder() {
      const parent = window();
      const options: OpenDialogOptions = {
        title: text().chooseFolder,
        properties: ['openDirectory', 'createDirectory'],
      };
      const { filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return filePaths[0] ?? null;
    },
    reveal(path) {
      shell.showItemInFolder(path);
      return Promise.resolve();
    },
    ...(capture.hasPicker
      ? {
          captureSources: () => capture.list(),
          captureChoose: (sourceId: string) => capture.choose(sourceId),
        }
      : {}),
  };
}
