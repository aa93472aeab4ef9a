import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { buildProblem } from '../app/build';
import { Display } from '../lab/Display';
import type { Wrap } from '../app/Instance';
import { DesktopApp } from './DesktopApp';
import { startRuntime } from './Runtime';

export interface LaunchOptions {
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
  // Others on this network may run Hither too; names of this test's own tell its devices apart.
  readonly #suffix = randomBytes(3).toString('hex');

  private constructor(
    /** Scratch folder of this test; removed after it. */
    readonly dir: string,
    readonly display: Display,
    readonly locale: string,
  ) {}

  static async create(locale: string): Promise<Desk> {
    const display = await Display.start({ wrap: (program, ...args) => [program, ...args] });
    return new Desk(await mkdtemp(join(tmpdir(), 'hither-electron-')), display, locale);
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
      args: ['--profile', profileDir, '--name', fullName, ...(options.args ?? [])],
      env: {
        ...process.env,
        LANG: `${this.locale.replace('-', '_')}.UTF-8`,
        DISPLAY: this.display.name,
        ...options.env,
      },
      wrap: options.wrap,
    });
    const app = new DesktopApp(runtime, fullName, profileDir, downloadsDir);
    this.#apps.push(app);
    if (options.hasWindow !== false) await app.openPage();
    return app;
  }

  /** Everything that went wrong without being announced. */
  troubles(): string[] {
    return this.#apps.flatMap((app) => app.troubles());
  }

  async close(): Promise<void> {
    await Promise.all(this.#apps.map((app) => app.stop()));
    await this.display.stop();
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A test of the desktop app. It fails on every complaint of main process or page that it did not announce. */
export const test = base.extend<{ desk: Desk }>({
  desk: async ({ locale }, provide) => {
    expect(buildProblem()).toBeNull();
    const desk = await Desk.create(locale ?? 'en-US');
    try {
      await provide(desk);
    } finally {
      await desk.close();
    }
    expect(desk.troubles(), 'nothing went wrong unasked').toEqual([]);
  },
});

export { expect };
