import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { HeadlessBackend } from './HeadlessBackend';
import { HitherPage } from './HitherPage';
import { openBrowser } from './openBrowser';
import { PageTroubles } from './PageTroubles';

/** Turns a command into one that runs elsewhere, as in a network namespace. */
export type Wrap = (program: string, ...args: string[]) => [string, ...string[]];

export interface InstanceOptions {
  /** How the device introduces itself. */
  name: string;
  /** Folder for everything this instance keeps. */
  dir: string;
  /** The browser's language. */
  locale: string;
  /** Where accepted files go; a folder in `dir` where not given. */
  downloadsDir?: string | undefined;
  /** Browsers hide the addresses of pages that capture nothing; `false` turns that off. */
  hidesAddresses?: boolean | undefined;
  wrap?: Wrap | undefined;
  /** X display that the browser shows on; headless where not given. */
  displayName?: string | undefined;
  /** Tampers with the page before its own scripts run, as a hostile peer would. */
  tamper?: (() => void) | undefined;
}

/** One running Hither: a headless backend and a browser with its page open. */
export class Instance {
  readonly #pages: PageTroubles[] = [];
  #isKilled = false;

  private constructor(
    readonly name: string,
    readonly downloadsDir: string,
    readonly backend: HeadlessBackend,
    readonly browser: BrowserContext,
    readonly page: Page,
  ) {}

  /** Starts the backend and the browser, and opens the page. */
  static async start(options: InstanceOptions): Promise<Instance> {
    const { name, dir, wrap } = options;
    const profileDir = join(dir, 'profile');
    const downloadsDir = options.downloadsDir ?? join(dir, 'downloads');
    await mkdir(profileDir, { recursive: true });
    await mkdir(downloadsDir, { recursive: true });
    const backend = await HeadlessBackend.start({ name, profileDir, downloadsDir, wrap });
    const browser = await openBrowser(options);
    if (options.tamper) await browser.addInitScript(options.tamper);
    const page = browser.pages()[0] ?? (await browser.newPage());
    const instance = new Instance(name, downloadsDir, backend, browser, page);
    instance.watch(page);
    await page.goto(backend.url);
    return instance;
  }

  /** The page as a person sees it. */
  get app(): HitherPage {
    return new HitherPage(this.page);
  }

  /** Opens Hither in another tab of the same browser. */
  async openTab(): Promise<HitherPage> {
    const page = await this.browser.newPage();
    this.watch(page);
    await page.goto(this.backend.url);
    return new HitherPage(page);
  }

  /** Counts whatever goes wrong in a page as this instance's trouble. */
  watch(page: Page): void {
    this.#pages.push(new PageTroubles(page));
  }

  /** What went wrong here without anyone asking; nothing counts once it was killed. */
  troubles(): string[] {
    if (this.#isKilled) return [];
    const backend = this.backend.complaints.map((line) => `backend: ${line}`);
    return [...backend, ...this.#pages.flatMap((page) => page.seen)].map((line) => `${this.name}: ${line}`);
  }

  /** Kills the backend, as a power cut would; the browser is left to the caller. */
  async killBackend(): Promise<void> {
    this.#isKilled = true;
    await this.backend.kill();
  }

  async stop(): Promise<void> {
    await this.browser.close().catch(() => undefined);
    if (!this.#isKilled) await this.backend.stop();
  }
}
