import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from '@playwright/test';
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
  wrap?: Wrap | undefined;
  /** A browser that runs already; one of its own, headless, where not given. */
  browser?: Browser | undefined;
  /** X display that a browser of its own shows on, and captures. */
  displayName?: string | undefined;
  /** More flags of the browser's, where it is one of its own. */
  flags?: readonly string[] | undefined;
  /** Whether the pages of such a browser sound; silent where not given. */
  isAudible?: boolean | undefined;
  /** Tampers with the page before its own scripts run, as a hostile peer would. */
  tamper?: (() => void) | readonly (() => void)[] | undefined;
  /** A module that tampers with the backend, as a hostile peer would. */
  preload?: string | undefined;
}

/** One running Hither: a headless backend and a browser with its page open. */
export class Instance {
  readonly #pages: PageTroubles[] = [];
  readonly #start: () => Promise<HeadlessBackend>;
  /** Complaints of backends that were stopped since. */
  readonly #earlier: string[] = [];
  #backend: HeadlessBackend;
  #isKilled = false;

  private constructor(
    readonly name: string,
    readonly downloadsDir: string,
    readonly profileDir: string,
    start: () => Promise<HeadlessBackend>,
    backend: HeadlessBackend,
    readonly browser: BrowserContext,
    readonly page: Page,
  ) {
    this.#start = start;
    this.#backend = backend;
  }

  /** Starts the backend and the browser, and opens the page. */
  static async start(options: InstanceOptions): Promise<Instance> {
    const { name, dir, wrap, preload } = options;
    const profileDir = join(dir, 'profile');
    const downloadsDir = options.downloadsDir ?? join(dir, 'downloads');
    await mkdir(profileDir, { recursive: true });
    await mkdir(downloadsDir, { recursive: true });
    const startBackend = () => HeadlessBackend.start({ name, profileDir, downloadsDir, wrap, preload });
    const backend = await startBackend();
    const { locale } = options;
    const browser = await (options.browser?.newContext({ viewport: null, locale }) ?? openBrowser(options));
    for (const script of [options.tamper ?? []].flat()) await browser.addInitScript(script);
    const page = browser.pages()[0] ?? (await browser.newPage());
    const instance = new Instance(name, downloadsDir, profileDir, startBackend, backend, browser, page);
    instance.watch(page);
    await page.goto(backend.url);
    return instance;
  }

  /** The backend that runs now. */
  get backend(): HeadlessBackend {
    return this.#backend;
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
    const complaints = [...this.#earlier, ...this.backend.complaints];
    const backend = complaints.map((line) => `backend: ${line}`);
    return [...backend, ...this.#pages.flatMap((page) => page.seen)].map((line) => `${this.name}: ${line}`);
  }

  /** Stops Hither as a person does, and starts it again. */
  async restart(): Promise<void> {
    await this.#replaceBackend(() => Promise.resolve());
  }

  /**
   * Removes Hither with everything it knows, its key too, and starts it anew under the same name.
   * @param whileGone awaited before the start: others may have to notice first that the old one is gone
   */
  async reinstall(whileGone: () => Promise<void>): Promise<void> {
    await this.#replaceBackend(async () => {
      await rm(this.profileDir, { recursive: true });
      await whileGone();
    });
    await this.app.welcome();
  }

  async #replaceBackend(meanwhile: () => Promise<void>): Promise<void> {
    await this.page.goto('about:blank');
    await this.#backend.stop();
    this.#earlier.push(...this.#backend.complaints);
    await meanwhile();
    await mkdir(this.profileDir, { recursive: true });
    this.#backend = await this.#start();
    await this.page.goto(this.#backend.url);
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
