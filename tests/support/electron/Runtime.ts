import { _electron, chromium, type ElectronApplication, type Page } from '@playwright/test';
import { findElectron } from '../../../scripts/electronRuntime.mjs';
import { AppProcess, type MainFunction, type ProcessOptions, root } from './AppProcess';
import { standInBundle } from './standInBundle';

/** A running app, whichever runtime runs it. */
export interface Runtime {
  /** Runs a function in the main process. */
  evaluate<A, R>(task: MainFunction<A, R>, argument: A): Promise<R>;
  /** The page of the app's window; asked again after a crash, the page that took its place. */
  page(): Promise<Page>;
  readonly exitCode: Promise<number | null>;
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

/** The one line that says what the specs run on. */
export function runtimeLine(): string {
  const electron = findElectron();
  return electron === null
    ? 'Electron specs: on the stand-in (no Electron runtime found). A pass here is no pass of Electron.'
    : `Electron specs: on the real Electron at ${electron}.`;
}

/** Makes ready what the app is to run on; what `startRuntime` would do first, apart from what a start takes. */
export async function prepareRuntime(): Promise<void> {
  if (findElectron() === null) await standInBundle();
}

/** Starts the built app on Electron where there is one, else on the stand-in. */
export async function startRuntime(options: ProcessOptions): Promise<Runtime> {
  const electron = findElectron();
  return electron === null
    ? new StandIn(new AppProcess(options, await standInBundle()))
    : startElectron(electron, options);
}

class StandIn implements Runtime {
  constructor(readonly process: AppProcess) {}

  get exitCode(): Promise<number | null> {
    return this.process.exitCode;
  }

  get complaints(): readonly string[] {
    return this.process.complaints;
  }

  evaluate<A, R>(task: MainFunction<A, R>, argument: A): Promise<R> {
    return this.process.evaluate(task, argument);
  }

  async page(): Promise<Page> {
    const endpoint = `http://127.0.0.1:${await this.process.browserPort()}`;
    // What Playwright sets by itself would hide the app's own theme and focus.
    const browser = await chromium.connectOverCDP(endpoint, { isLocal: true, noDefaults: true });
    const context = browser.contexts()[0]!;
    return context.pages()[0] ?? (await context.waitForEvent('page'));
  }

  stop(): Promise<void> {
    return this.process.stop();
  }
}

async function startElectron(executablePath: string, options: ProcessOptions): Promise<Runtime> {
  const app = await _electron.launch({
    executablePath,
    args: [options.app ?? root, ...options.args],
    env: options.env as Record<string, string>,
  });
  return new RealElectron(app);
}

class RealElectron implements Runtime {
  readonly complaints: string[] = [];
  readonly exitCode: Promise<number | null>;

  constructor(readonly app: ElectronApplication) {
    const child = app.process();
    child.stderr?.on('data', (chunk: Buffer) => this.#note(chunk.toString()));
    this.exitCode = new Promise((resolve) => child.once('exit', resolve));
  }

  evaluate<A, R>(task: MainFunction<A, R>, argument: A): Promise<R> {
    return this.app.evaluate<R, A>(task as never, argument as never);
  }

  async page(): Promise<Page> {
    return this.app.windows().find((page) => !page.isClosed()) ?? (await this.app.firstWindow());
  }

  async stop(): Promise<void> {
    await this.app.close();
  }

  /** Our own log lines; Chromium under Electron has a lot to say that is none of ours. */
  #note(text: string): void {
    this.complaints.push(...text.split('\n').filter((line) => line.startsWith('{')));
  }
}
