import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { findChromium } from '../../../scripts/chromium.mjs';
import { browserFlags, captureFlags } from '../app/browserFlags';
import { DevTools, type Session } from './DevTools';

/** How long Chromium may take from its start to its first window, in ms. */
const START_MS = 30_000;

/** Switches of the app's command line that Electron leaves to Chromium. */
const CHROMIUM_SWITCH = /^--(use-|enable-|disable-|force-|lang=)/;

/** What a window shows first. Chromium gives `about:blank` all of a browser around it, and its start page in it. */
export const EMPTY_PAGE = 'data:text/html,';

export interface Target {
  targetId: string;
  session: Session;
}

export interface ChromiumOptions {
  userDataDir: string;
  size: { width: number; height: number };
  /** The person's languages, BCP 47, preferred first. */
  languages: readonly string[];
  /** Switches that the app has added. */
  switches: readonly string[];
  /** Hears of every window that the page opened by itself; it waits, having loaded nothing. */
  onPopup: (target: Target) => void;
  onGone: (targetId: string) => void;
}

/** The browser that shows the app's windows: one process, one profile. */
export class Chromium {
  readonly #process: ChildProcess;
  readonly #devTools: DevTools;
  readonly #browser: Session;
  readonly #options: ChromiumOptions;
  readonly #attached = new Map<string, (target: Target) => void>();
  readonly #waiting: Target[] = [];

  private constructor(process: ChildProcess, options: ChromiumOptions) {
    this.#process = process;
    this.#options = options;
    const [, , , output, input] = process.stdio;
    this.#devTools = new DevTools(output as Writable, input as Readable);
    this.#browser = this.#devTools.session();
  }

  /** Starts Chromium with one empty window that has neither tabs nor an address bar. */
  static async start(options: ChromiumOptions): Promise<Chromium> {
    const program = findChromium();
    if (program === null) throw new Error('no Chromium found; `npm test` says how to get one');
    const { width, height } = options.size;
    const flags = [
      ...browserFlags(),
      ...captureFlags,
      // No machine of a test need have a microphone or a camera.
      '--use-fake-device-for-media-stream',
      ...options.switches,
      ...process.argv.filter((argument) => CHROMIUM_SWITCH.test(argument)),
      `--accept-lang=${options.languages.join(',')}`,
      `--user-data-dir=${options.userDataDir}`,
      // The pipe is ours and ends Chromium with us; over the port a test joins in.
      '--remote-debugging-pipe',
      '--remote-debugging-port=0',
      '--password-store=basic',
      '--test-type',
      '--window-position=0,0',
      `--window-size=${width},${height}`,
      `--app=${EMPTY_PAGE}`,
    ];
    // Under a locale that the machine lacks, Chromium loses files whose names are not ASCII.
    const env = { ...process.env, LC_ALL: 'C.UTF-8' };
    const child = spawn(program, flags, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] });
    const chromium = new Chromium(child, options);
    await chromium.#listen();
    return chromium;
  }

  /** The browser's own session. */
  get browser(): Session {
    return this.#browser;
  }

  /** Whether the process still runs. */
  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  /** The window that the start brought. */
  async firstTarget(): Promise<Target> {
    const there = this.#waiting.shift();
    if (there) return there;
    return this.#next('first');
  }

  /** Opens a further window. */
  async openTarget(): Promise<Target> {
    const url = 'about:blank';
    const { targetId } = await this.#browser.send('Target.createTarget', { url, newWindow: true });
    const index = this.#waiting.findIndex((target) => target.targetId === targetId);
    if (index !== -1) return this.#waiting.splice(index, 1)[0]!;
    return this.#next(targetId);
  }

  /** The port that a test can connect to. */
  async port(): Promise<number> {
    const file = join(this.#options.userDataDir, 'DevToolsActivePort');
    for (let waitedMs = 0; waitedMs < START_MS; waitedMs += 50) {
      const port = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
      if (port > 0) return port;
      await pause(50);
    }
    throw new Error('Chromium named no port');
  }

  /** Ends the browser and waits until it is gone. */
  async close(): Promise<void> {
    if (!this.isRunning) return;
    const gone = once(this.#process, 'exit');
    await this.#browser.send('Browser.close').catch(() => this.#process.kill());
    await gone;
    await rm(join(this.#options.userDataDir, 'DevToolsActivePort'), { force: true });
  }

  #next(key: string): Promise<Target> {
    return new Promise((resolve) => this.#attached.set(key, resolve));
  }

  async #listen(): Promise<void> {
    this.#process.once('error', (error) => {
      throw error;
    });
    this.#browser.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      const target = { targetId: targetInfo.targetId, session: this.#devTools.session(sessionId) };
      if (targetInfo.type !== 'page') return;
      if (targetInfo.openerId !== undefined) this.#options.onPopup(target);
      else this.#deliver(target);
    });
    this.#browser.on('Target.targetDestroyed', ({ targetId }) => this.#options.onGone(targetId));
    await this.#browser.send('Target.setDiscoverTargets', { discover: true });
    await this.#browser.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'page' }, { exclude: true }],
    });
  }

  #deliver(target: Target): void {
    const key = this.#attached.has(target.targetId) ? target.targetId : 'first';
    const taker = this.#attached.get(key);
    this.#attached.delete(key);
    if (taker) taker(target);
    else this.#waiting.push(target);
  }
}
