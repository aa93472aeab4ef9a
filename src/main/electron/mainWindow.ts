import { BrowserWindow, dialog, nativeTheme } from 'electron';
import type { Log } from '../log';
import type { NativeText } from './nativeText';
import { RestartLimit } from './RestartLimit';

/** The page is laid out from this width up. */
const MIN_SIZE = { minWidth: 800, minHeight: 560 };
const FIRST_SIZE = { width: 1180, height: 780 };

export interface MainWindowOptions {
  /** Absolute path of the built preload, one CommonJS file. */
  preloadPath: string;
  pageUrl: string;
  /** Called before the page is loaded. */
  onCreated: (window: BrowserWindow) => void;
  text: () => NativeText;
  log: Log;
}

/** Opens the app's window: a sandboxed page that can reach nothing but its preload's bridge. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...FIRST_SIZE,
    ...MIN_SIZE,
    title: 'Hither',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#242424' : '#ffffff',
    webPreferences: {
      preload: options.preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      // A minimized window goes on sending and receiving.
      backgroundThrottling: false,
      // Chromium would fetch its dictionaries from the internet.
      spellcheck: false,
    },
  });
  window.once('ready-to-show', () => window.show());
  recoverFromCrashes(window, options);
  options.onCreated(window);
  window.loadURL(options.pageUrl).catch((error: unknown) => {
    options.log.error('page did not load', { err: error });
  });
  return window;
}

/** Reloads a page whose process died; one that keeps dying asks the person first. */
function recoverFromCrashes(window: BrowserWindow, { text, log }: MainWindowOptions): void {
  const limit = new RestartLimit(() => performance.now());
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log.error('page crashed', { reason, exitCode });
    if (limit.tryRestart()) window.webContents.reload();
    else void askToReload(window, text());
  });
}

async function askToReload(window: BrowserWindow, text: NativeText): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: text.crashed,
    buttons: [text.tryAgain, text.close],
    defaultId: 0,
    cancelId: 1,
  });
  if (window.isDestroyed()) return;
  if (response === 0) window.webContents.reload();
  else window.close();
}

/** Brings the window to the front, whatever state it is in. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
