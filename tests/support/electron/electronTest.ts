import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { buildProblem } from '../app/build';
import { Display } from '../lab/Display';
import type { Wrap } from '../app/Instance';
import { DesktopApp } from './DesktopApp';
import { prepareRuntime, startRuntime } from './Runtime';

/** How long the app may take from its start to its page, in ms; a loaded machine is slow. */
const START_MS = 40_000;

export interface LaunchOptions {
  /** Another build of the app than this repository's: its folder. */
  app?: string;
  /** Further words of the command line. */
  args?: readonly string[];
  env?: NodeJS.ProcessEnv;
  /** A profile of an earlier launch. */
  profileDir?: string;
  /** The person has been here before: visible to others, or not. `null` for a first start. */
  isVisible?: boolean | null;
  /** The app is expected to end by itself, without a window. */
  hasWindow?: boolean;
  wrap?: Wrap;
}

/** One person's desk: a screen, and the apps that are started on it. */
export class Desk {
  readonly #apps: DesktopApp[] = [];
  readonly #display: Display | null;
  // Others on this network may run Hither too; names of this test's own tell its devices apart.
  readonly #suffix = randomBytes(3).toString('hex');

  private constructor(
    /** Scratch folder of this test; removed after it. */
    readonly dir: string,
    readonly locale: string,
    display: Display | null,
  ) {
    this.#display = display;
  }

  static async create(locale: string): Promise<Desk> {
    await prepareRuntime();
    const hasX = process.platform === 'linux';
    const display = hasX ? await Display.start({ wrap: (program, ...args) => [program, ...args] }) : null;
    return new Desk(await mkdtemp(join(tmpdir(), 'hither-electron-')), locale, display);
  }

  /** The X display of this desk; Linux only. */
  get display(): Display {
    if (this.#display === null) throw new Error('no X display on this system');
    return this.#display;
  }

  /** Starts the desktop app and waits for its window. */
  async launch(name: string, options: LaunchOptions = {}): Promise<DesktopApp> {
    const fullName = `${name} ${this.#suffix}`;
    const profileDir = options.profileDir ?? join(this.dir, name, 'profile');
    const downloadsDir = join(this.dir, name, 'downloads');
    await mkdir(profileDir, { recursive: true });
    await mkdir(downloadsDir, { recursive: true });
    const { isVisible = true } = options;
    const settings = { nearby: isVisible, name: fullName, downloadsDir };
    const settingsFile = join(profileDir, 'settings.json');
    if (isVisible !== null && options.profileDir === undefined)
      await writeFile(settingsFile, JSON.stringify(settings));
    const runtime = await startRuntime({
      app: options.app,
      args: ['--profile', profileDir, '--name', fullName, ...(options.args ?? [])],
      env: {
        ...process.env,
        LANG: `${this.locale.replace('-', '_')}.UTF-8`,
        ...(this.#display === null ? {} : { DISPLAY: this.#display.name }),
        ...options.env,
      },
      wrap: options.wrap,
    });
    const app = new DesktopApp(runtime, fullName, profileDir, downloadsDir);
    this.#apps.push(app);
    if (options.hasWindow !== false) {
      await app.openPage();
      // The page has come up and asked for its state.
      await app.page.getByRole('banner').waitFor({ timeout: START_MS });
    }
    return app;
  }

  /** Everything that went wrong without being announced. */
  troubles(): string[] {
    return this.#apps.flatMap((app) => app.troubles());
  }

  async close(): Promise<void> {
    await Promise.all(this.#apps.map((app) => app.stop()));
    await this.#display?.stop();
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function withDesk(locale: string | undefined, provide: (desk: Desk) => Promise<void>): Promise<void> {
  expect(buildProblem()).toBeNull();
  const desk = await Desk.create(locale ?? 'en-US');
  try {
    await provide(desk);
  } finally {
    await desk.close();
  }
  expect(desk.troubles(), 'nothing went wrong unasked').toEqual([]);
}

/** A test of the desktop app. It fails on every complaint of main process or page that it did not announce. */
export const test = base.extend<{ desk: Desk; farDesk: Desk }>({
  desk: ({ locale }, provide) => withDesk(locale, provide),
  /** Where the other person sits, with a screen of its own. */
  farDesk: ({ locale }, provide) => withDesk(locale, provide),
});

/** Alice's app at her desk and Bob's at his, started side by side, as much of a start is waiting. */
export async function launchPair(desk: Desk, farDesk: Desk): Promise<[alice: DesktopApp, bob: DesktopApp]> {
  return Promise.all([desk.launch('Alice'), farDesk.launch('Bob')]);
}

export { connect } from '../app/connect';
export type { DesktopApp };
export { expect };
