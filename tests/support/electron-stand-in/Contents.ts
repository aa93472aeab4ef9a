import { EventEmitter } from 'node:events';
import type { WebContents, WebPreferences } from 'electron';
import { toApp, toChromium } from './appUrls';
import { type Chromium, EMPTY_PAGE, type Target } from './Chromium';
import { captureArea } from './desktopCapturer';
import type { Session } from './DevTools';
import { FrameTable } from './FrameTable';
import { type Encoded, encodeIpc } from './ipcCodec';
import { answerInvoke } from './ipcMain';
import { named } from './named';
import { Navigation } from './Navigation';
import { answerPathQuestions } from './pathQuestions';
import { BINDING, PRELOAD_WORLD, pageScripts } from './pageScripts';
import { chooseSource, decidePermissions, isMediaGranted } from './session';

type Members = Pick<
  WebContents,
  | 'executeJavaScript'
  | 'forcefullyCrashRenderer'
  | 'getURL'
  | 'id'
  | 'isDestroyed'
  | 'loadURL'
  | 'reload'
  | 'send'
  | 'setWindowOpenHandler'
>;

/** What the preload's world sends to the main process. */
type FromPreload =
  | { kind: 'invoke'; id: number; channel: string; args: Encoded[] }
  | { kind: 'display-media'; id: number; isVideo: boolean; isAudio: boolean; origin: string }
  | { kind: 'user-media'; id: number; mediaTypes: ('audio' | 'video')[]; origin: string }
  | { kind: 'preload-error'; text: string };

/** A page in its window, with everything that guards it. */
interface Page {
  session: Session;
  frames: FrameTable;
  navigation: Navigation;
  chromium: Chromium;
}

let lastId = 0;

/** Electron's `webContents`. */
export class Contents extends EventEmitter implements Members {
  readonly id = ++lastId;
  /** What the app gets to hold: as this, but a missing member says its name. */
  readonly shown = named('webContents', this) as unknown as WebContents;
  readonly #preferences: WebPreferences;
  readonly #page: Promise<Page>;
  #frames: FrameTable | null = null;
  #isDestroyed = false;
  #openHandler: Parameters<WebContents['setWindowOpenHandler']>[0] = () => ({ action: 'allow' });

  /** @throws Error for a page without the sandbox, which the stand-in can't give it */
  constructor(preferences: WebPreferences, start: () => Promise<{ chromium: Chromium; target: Target }>) {
    super();
    if (preferences.sandbox === false || preferences.nodeIntegration === true)
      throw new Error('the Electron stand-in has no pages outside the sandbox');
    this.#preferences = preferences;
    this.#page = start().then(({ chromium, target }) => this.#attach(chromium, target.session));
    this.#page.catch((error: unknown) => process.emitWarning(String(error), 'ElectronStandIn'));
  }

  isDestroyed(): boolean {
    return this.#isDestroyed;
  }

  getURL(): string {
    return this.#frames?.mainUrl ?? '';
  }

  forcefullyCrashRenderer(): void {
    this.#use(({ session }) => session.send('Page.crash'));
  }

  setWindowOpenHandler(handler: Parameters<WebContents['setWindowOpenHandler']>[0]): void {
    this.#openHandler = handler;
  }

  async loadURL(url: string): Promise<void> {
    const { session, navigation, chromium } = await this.#page;
    await decidePermissions(chromium.browser, this.shown, url);
    navigation.allowNext();
    const { errorText } = await session.send('Page.navigate', { url: toChromium(url) });
    if (errorText !== undefined) throw new Error(`${errorText} loading '${url}'`);
  }

  reload(): void {
    this.#use(async ({ session, navigation }) => {
      navigation.allowNext();
      await session.send('Page.reload');
    });
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    this.#tell({ kind: 'event', channel, args: args.map(encodeIpc) });
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    const { session } = await this.#page;
    const options = { expression: code, awaitPromise: true, returnByValue: true, userGesture };
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }

  /** Does something with the page as soon as it is there; a page that goes away meanwhile is no failure. */
  use(task: (session: Session, chromium: Chromium) => Promise<unknown>): void {
    this.#use(({ session, chromium }) => task(session, chromium));
  }

  /** The window is gone. */
  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit('destroyed');
  }

  #use(task: (page: Page) => Promise<unknown>): void {
    this.#page.then(task).catch(() => undefined);
  }

  async #attach(chromium: Chromium, session: Session): Promise<Page> {
    const frames = new FrameTable(session);
    this.#frames = frames;
    const navigation = new Navigation(session, frames, this);
    this.#follow(session, frames);
    answerPathQuestions(session);
    const { preload, contextIsolation = true } = this.#preferences;
    const scripts = pageScripts(preload, contextIsolation);
    const world = contextIsolation ? { worldName: PRELOAD_WORLD } : {};
    const context = contextIsolation ? { executionContextName: PRELOAD_WORLD } : {};
    await Promise.all([
      session.send('Page.enable'),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Runtime.enable'),
      session.send('Debugger.enable'),
      session.send('Runtime.addBinding', { name: BINDING, ...context }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.main }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, ...world }),
      navigation.start(),
    ]);
    await session.send('Runtime.runIfWaitingForDebugger');
    return { session, frames, navigation, chromium };
  }

  #follow(session: Session, frames: FrameTable): void {
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId === undefined && frame.url !== 'about:blank' && frame.url !== EMPTY_PAGE)
        this.emit('did-navigate', {}, toApp(frame.url), 200, '');
    });
    session.on('Page.lifecycleEvent', ({ name }) => {
      if (name === 'firstPaint') this.emit('first-paint');
    });
    session.on('Page.windowOpen', ({ url }) => {
      const action = this.#openHandler({ url: toApp(url) } as never);
      if (action.action !== 'deny') throw new Error('the Electron stand-in opens no further windows');
    });
    session.on('Inspector.targetCrashed', () => {
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      // What is still on its way when a window closes does not arrive.
      if (name === BINDING && !this.#isDestroyed)
        this.#receive(JSON.parse(payload) as FromPreload, frames, executionContextId);
    });
  }

  #receive(message: FromPreload, frames: FrameTable, contextId: number): void {
    if (message.kind === 'preload-error') {
      this.emit('preload-error', {}, this.#preferences.preload, new Error(message.text));
      return;
    }
    const frame = frames.frameOf(contextId);
    const answer = this.#answer(message, frame);
    answer.then(
      (value) => this.#tell({ kind: 'result', id: message.id, value }, contextId),
      (error: unknown) => {
        const text = error instanceof Error ? error.message : '';
        this.#tell({ kind: 'failure', id: message.id, text }, contextId);
      },
    );
  }

  #answer(
    message: Exclude<FromPreload, { kind: 'preload-error' }>,
    frame: ReturnType<FrameTable['frameOf']>,
  ): Promise<Encoded> {
    switch (message.kind) {
      case 'invoke':
        return answerInvoke(this.shown, frame, message.channel, message.args);
      case 'user-media':
        return isMediaGranted(this.shown, message.mediaTypes, message.origin).then(encodeIpc);
      case 'display-media':
        return chooseSource(frame as never, message.origin, message).then(async (given) =>
          encodeIpc(given && { ...(await captureArea(given.id)), hasSound: given.hasSound }),
        );
    }
  }

  /** @param answered the world that waits for an answer; everything else goes to the main frame's preload */
  #tell(message: object, answered?: number): void {
    this.#use(async ({ session, frames }) => {
      const contextId = answered ?? frames.preloadContext(this.#preferences.contextIsolation ?? true);
      if (contextId === undefined) return;
      await session.send('Runtime.callFunctionOn', {
        functionDeclaration: `(text) => globalThis.${BINDING}Receive(text)`,
        executionContextId: contextId,
        arguments: [{ value: JSON.stringify(message) }],
      });
    });
  }
}
