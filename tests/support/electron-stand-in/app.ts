import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'electron';
import { named } from './named';
import { SingleInstance } from './SingleInstance';

/** What quitting has to close, set by the windows; `false` when one of them stays open. */
interface Windows {
  closeAll(): boolean;
  /** Ends the browser behind them. */
  end(): Promise<void>;
}

/** Emits a preventable event; says whether it may go ahead. */
export function emitPreventable(
  emitter: EventEmitter,
  name: string,
  details: object = {},
  ...args: unknown[]
): boolean {
  let isPrevented = false;
  const event = { ...details, preventDefault: () => (isPrevented = true) };
  emitter.emit(name, event, ...args);
  return !isPrevented;
}

type Members = Pick<
  App,
  | 'exit'
  | 'getName'
  | 'getPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'isReady'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setName'
  | 'setPath'
  | 'whenReady'
>;

/** Electron's `app`: the life of the process. */
class StandInApp extends EventEmitter implements Members {
  readonly isPackaged = false;
  /** Switches for the browser, which starts with the first window. */
  readonly switches: string[] = [];
  readonly commandLine = {
    getSwitchValue: (name: string): string => {
      const prefix = `--${name}=`;
      return process.argv.findLast((each) => each.startsWith(prefix))?.slice(prefix.length) ?? '';
    },
    appendSwitch: (name: string, value?: string): void => {
      this.switches.push(value === undefined ? `--${name}` : `--${name}=${value}`);
    },
  };
  readonly #paths = new Map<string, string>();
  #name = 'Electron';
  #isReady = false;
  #lock: SingleInstance | null = null;
  #isQuitting = false;
  #windows: Windows = { closeAll: () => true, end: () => Promise.resolve() };
  readonly #ready = new Promise<void>((resolve) => {
    // The entry's own synchronous part comes before, as in Electron.
    setImmediate(() => {
      const link = process.env['STAND_IN_OPEN_URL'];
      if (link !== undefined) emitPreventable(this, 'open-url', {}, link);
      this.#isReady = true;
      resolve();
      this.emit('ready');
    });
  });

  /** For the windows alone. */
  useWindows(windows: Windows): void {
    this.#windows = windows;
  }

  get isQuitting(): boolean {
    return this.#isQuitting;
  }

  isReady(): boolean {
    return this.#isReady;
  }

  whenReady(): Promise<void> {
    return this.#ready;
  }

  getName(): string {
    return this.#name;
  }

  setName(name: string): void {
    this.#name = name;
  }

  getVersion(): string {
    return process.env['npm_package_version'] ?? '0.0.0';
  }

  setAboutPanelOptions(): void {
    // Shown by the system alone.
  }

  getPath(name: string): string {
    const path = this.#paths.get(name) ?? (name === 'sessionData' ? this.#paths.get('userData') : undefined);
    return path ?? join(tmpdir(), `hither-stand-in-${process.pid}`);
  }

  setPath(name: string, path: string): void {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    if (name === 'sessionData' && this.#isReady)
      throw new Error('sessionData can only be set before app is ready');
    this.#paths.set(name, path);
  }

  /** The person's languages, from the environment as on Linux. */
  getPreferredSystemLanguages(): string[] {
    const locale = process.env['LC_ALL'] ?? process.env['LC_MESSAGES'] ?? process.env['LANG'] ?? 'C';
    const tag = locale.split('.')[0]?.replace('_', '-') ?? 'C';
    return [tag === 'C' || tag === 'POSIX' ? 'en-US' : tag];
  }

  requestSingleInstanceLock(additionalData: Record<string, unknown> | null = null): boolean {
    const lock = new SingleInstance(this.getPath('userData'));
    const isFirst = lock.take(additionalData, ({ argv, workingDirectory, additionalData: handed }) => {
      void this.#ready.then(() => this.emit('second-instance', {}, argv, workingDirectory, handed));
    });
    if (isFirst) this.#lock = lock;
    return isFirst;
  }

  quit(): void {
    if (this.#isQuitting) return;
    if (!emitPreventable(this, 'before-quit')) return;
    this.#isQuitting = true;
    if (!this.#windows.closeAll()) {
      this.#isQuitting = false;
      return;
    }
    if (!emitPreventable(this, 'will-quit')) return;
    this.exit(0);
  }

  exit(code = 0): void {
    this.#isQuitting = true;
    this.emit('quit', {}, code);
    this.#lock?.release();
    void this.#windows.end().finally(() => process.exit(code));
  }
}

export const app = named('app', new StandInApp());

// Electron quits by itself on these.
process.on('SIGTERM', () => app.quit());
process.on('SIGINT', () => app.quit());
