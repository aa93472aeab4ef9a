import { EventEmitter } from 'node:events';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions } from 'electron';
import { app, emitPreventable } from './app';
import { Chromium, type Target } from './Chromium';
import { Contents } from './Contents';
import { named } from './named';
import { applyTheme } from './nativeTheme';

type Members = Pick<
  ElectronWindow,
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getTitle'
  | 'hide'
  | 'isDestroyed'
  | 'isFocused'
  | 'isFullScreen'
  | 'isMinimized'
  | 'isVisible'
  | 'loadURL'
  | 'minimize'
  | 'restore'
  | 'setFullScreen'
  | 'setProgressBar'
  | 'show'
>;

const windows = new Map<BrowserWindow, Target | null>();
let browser: Promise<Chromium> | null = null;
/** The browser ends with its last window; an app that lives on without one opens its next window in a new one. */
let ending: Promise<void> = Promise.resolve();
let announce: (chromium: Promise<Chromium>) => void = () => undefined;
const opened = new Promise<Chromium>((resolve) => (announce = resolve));

/** Electron's `BrowserWindow`: a window of Chromium's without tabs or address bar. */
export class BrowserWindow extends EventEmitter implements Members {
  readonly #contents: Contents;
  readonly #title: string;
  #state = {
    isVisible: false,
    isMinimized: false,
    isFocused: false,
    isFullScreen: false,
    isDestroyed: false,
  };

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { width = 800, height = 600, show = true, title = 'Electron' } = options;
    this.#title = title;
    this.#contents = new Contents(options.webPreferences ?? {}, () => this.#open({ width, height }));
    this.#contents.once('first-paint', () => this.emit('ready-to-show'));
    this.#state.isVisible = show;
    windows.set(this, null);
    return named('BrowserWindow', this);
  }

  static getAllWindows(): ElectronWindow[] {
    return [...windows.keys()].map((window) => named('BrowserWindow', window) as unknown as ElectronWindow);
  }

  get webContents(): ElectronWindow['webContents'] {
    return this.#contents.shown;
  }

  async loadURL(url: string): Promise<void> {
    await this.#contents.loadURL(url);
  }

  getTitle(): string {
    return this.#title;
  }

  isVisible(): boolean {
    return this.#state.isVisible;
  }

  isMinimized(): boolean {
    return this.#state.isMinimized;
  }

  isFocused(): boolean {
    return this.#state.isFocused;
  }

  isDestroyed(): boolean {
    return this.#state.isDestroyed;
  }

  isFullScreen(): boolean {
    return this.#state.isFullScreen;
  }

  /** The event comes later, as on macOS, where the window needs a moment for it. */
  setFullScreen(flag: boolean): void {
    if (flag === this.#state.isFullScreen) return;
    setImmediate(() => {
      this.#state.isFullScreen = flag;
      this.emit(flag ? 'enter-full-screen' : 'leave-full-screen');
    });
  }

  /** Shows it and, unlike `showInactive`, gives it the focus. */
  show(): void {
    this.#state.isVisible = true;
    this.#state.isFocused = true;
    this.emit('show');
    this.emit('focus');
  }

  hide(): void {
    this.#state = { ...this.#state, isVisible: false, isFocused: false };
    this.emit('blur');
    this.emit('hide');
  }

  focus(): void {
    this.#state.isFocused = true;
    this.#contents.use((session) => session.send('Page.bringToFront'));
    this.emit('focus');
  }

  minimize(): void {
    this.#state = { ...this.#state, isMinimized: true, isFocused: false };
    this.emit('minimize');
  }

  restore(): void {
    this.#state.isMinimized = false;
    this.emit('restore');
  }

  setProgressBar(progress: number): void {
    if (!Number.isFinite(progress)) throw new TypeError('setProgressBar takes a number');
  }

  /** Asks the app first: a prevented `close` keeps the window. */
  close(): void {
    if (this.#state.isDestroyed || !emitPreventable(this, 'close')) return;
    this.destroy();
  }

  /** Closes without asking. */
  destroy(): void {
    const target = windows.get(this);
    if (target)
      this.#contents.use((_session, chromium) =>
        chromium.browser.send('Target.closeTarget', { targetId: target.targetId }),
      );
    this.#closed();
  }

  /** Chromium's window is gone, whoever closed it. */
  static gone(targetId: string): void {
    for (const [window, target] of windows) if (target?.targetId === targetId) window.#closed();
  }

  #closed(): void {
    if (this.#state.isDestroyed) return;
    this.#state.isDestroyed = true;
    windows.delete(this);
    this.#contents.destroy();
    this.emit('closed');
    if (windows.size > 0 || app.isQuitting) return;
    endBrowser();
    if (app.listenerCount('window-all-closed') === 0) app.quit();
    else app.emit('window-all-closed');
  }

  async #open(size: { width: number; height: number }): Promise<{ chromium: Chromium; target: Target }> {
    await ending;
    const isFirst = browser === null;
    browser ??= Chromium.start({
      userDataDir: app.getPath('sessionData'),
      size,
      languages: app.getPreferredSystemLanguages(),
      switches: app.switches,
      onPopup: (popup) => void closePopup(popup),
      onGone: (targetId) => BrowserWindow.gone(targetId),
    });
    announce(browser);
    const chromium = await browser;
    const target = isFirst ? await chromium.firstTarget() : await chromium.openTarget();
    windows.set(this, target);
    await applyTheme(target.session);
    return { chromium, target };
  }
}

/** How long a window that the page opened may take to ask for its page, in ms: one of `about:blank` asks for nothing. */
const POPUP_ASKS_MS = 500;

/** A window that the page opened: it never loads anything, since the stand-in knows only apps that deny it. */
async function closePopup({ targetId, session }: Target): Promise<void> {
  const chromium = await browser;
  // What is still held when the window closes would be let go: its request is refused first.
  const refused = new Promise<void>((resolve) => {
    session.on('Fetch.requestPaused', ({ requestId }) => {
      const refusal = session.send('Fetch.failRequest', { requestId, errorReason: 'AccessDenied' });
      void refusal.catch(() => undefined).then(() => resolve());
    });
    setTimeout(resolve, POPUP_ASKS_MS).unref();
  });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }).catch(() => undefined);
  // It has to run: closed while it waits, it can hold up the page that opened it.
  await session.send('Runtime.runIfWaitingForDebugger').catch(() => undefined);
  await refused;
  await chromium?.browser.send('Target.closeTarget', { targetId }).catch(() => undefined);
}

function endBrowser(): void {
  const spent = browser;
  browser = null;
  ending = ending.then(async () => (await spent)?.close()).catch(() => undefined);
}

/** The port of Chromium's that a test joins in on; waits for the first window. */
export async function chromiumPort(): Promise<number> {
  const first = await opened;
  await ending;
  return ((await browser) ?? first).port();
}

app.useWindows({
  closeAll() {
    for (const window of [...windows.keys()]) window.close();
    return windows.size === 0;
  },
  async end() {
    await ending;
    await (await browser?.catch(() => null))?.close();
  },
});
