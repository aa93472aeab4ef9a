import { BrowserWindow, dialog, nativeTheme, shell, type WebContents } from 'electron';
import type { Log } from '../../../backend/ports';
import { guardContents } from './contentsGuard';
import type { NativeText } from '../shell/nativeText';
import { RestartLimit } from './RestartLimit';

/** The page is laid out from this width up. */
const MIN_SIZE = { minWidth: 800, minHeight: 560 };
const FIRST_SIZE = { width: 1180, height: 780 };

export interface MainWindowOptions {
  /** Absolute path of the built preload, one CommonJS file. */
  preloadPath: string;
  pageUrl: string;
  /** Where the page may be; it can go nowhere else. */
  origins: ReadonlySet<string>;
  /** Called with the contents of each window before it loads anything. */
  onCreated: (contents: WebContents) => void;
  /** May prevent the window's closing; `close` closes it again. */
  onClose: (event: { preventDefault(): void }, close: () => void) => void;
  /** Called when `hide` puts the window out of sight. */
  onHidden: () => void;
  text: () => NativeText;
  log: Log;
}

/** The app's one window: a sandboxed page that can reach nothing but its preload's bridge. */
export class MainWindow {
  readonly #options: MainWindowOptions;
  #window: BrowserWindow | null = null;
  #isHidden = false;

  constructor(options: MainWindowOptions) {
    this.#options = options;
  }

  /** The open window, be it hidden or not, or `null`. */
  get current(): BrowserWindow | null {
    return this.#window;
  }

  /** Whether the window is open and `hide` has put it out of sight. */
  get isHidden(): boolean {
    return this.#isHidden;
  }

  /** The window that a dialog may belong to; a dialog of a hidden one might stay out of sight with it. */
  get dialogParent(): BrowserWindow | null {
    return this.#isHidden ? null : this.#window;
  }

  /** Puts the window out of sight; its page goes on, and `open` brings it back. */
  hide(): void {
    const window = this.#window;
    if (window === null || this.#isHidden) return;
    this.#isHidden = true;
    this.#options.onHidden();
    if (process.platform === 'darwin' && window.isFullScreen()) {
      // On macOS a window that is hidden in full screen leaves a black screen behind.
      window.once('leave-full-screen', () => {
        if (this.#isHidden) window.hide();
      });
      window.setFullScreen(false);
    } else window.hide();
  }

  /** Opens the window, or brings the one that is open to the front. */
  open(): void {
    this.#isHidden = false;
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
      return;
    }
    const window = new BrowserWindow({
      ...FIRST_SIZE,
      ...MIN_SIZE,
      title: 'Hither',
      show: false,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#242424' : '#ffffff',
      webPreferences: {
        preload: this.#options.preloadPath,
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
    this.#window = window;
    window.once('ready-to-show', () => {
      // It may have been closed, which hides it, before its first picture.
      if (!this.#isHidden) window.show();
    });
    window.on('close', (event) => this.#options.onClose(event, () => window.close()));
    window.once('closed', () => {
      this.#window = null;
      this.#isHidden = false;
    });
    this.#load(window);
  }

  #load(window: BrowserWindow): void {
    const { origins, onCreated, pageUrl, log } = this.#options;
    const openExternal = (url: string) => {
      shell.openExternal(url).catch((error: unknown) => log.warn('open-external', { error }));
    };
    guardContents(window.webContents, origins, openExternal, log);
    this.#recoverFromCrashes(window);
    // Without its bridge the page can only say that it has no backend, so the reason has to be in the log.
    window.webContents.on('preload-error', (_event, _path, error) => log.error('preload', { error }));
    onCreated(window.webContents);
    window.loadURL(pageUrl).catch((error: unknown) => log.error('page-load', { error }));
  }

  /** Reloads a page whose process died; one that keeps dying asks the person first. */
  #recoverFromCrashes(window: BrowserWindow): void {
    const limit = new RestartLimit(() => performance.now());
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      if (reason === 'clean-exit') return;
      this.#options.log.error('page-crash', { reason, exitCode });
      if (limit.tryRestart()) window.webContents.reload();
      else void this.#askToReload(window);
    });
  }

  async #askToReload(window: BrowserWindow): Promise<void> {
    if (this.#isHidden) this.open();
    const text = this.#options.text();
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      message: text.crashed,
      buttons: [text.tryAgain, text.close],
      defaultId: 0,
      cancelId: 1,
    });
    if (window.isDestroyed()) return;
    if (response === 0) window.webContents.reload();
    // Without `close`, which may hide a window: a broken one is of no use out of sight.
    else window.destroy();
  }
}
