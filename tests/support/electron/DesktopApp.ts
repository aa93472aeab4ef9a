import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { HitherPage } from '../app/HitherPage';
import { PageTroubles } from '../app/PageTroubles';
import type { MainFunction } from './AppProcess';
import type { Runtime } from './Runtime';

/** One running desktop app: its main process and its window. */
export class DesktopApp {
  readonly #runtime: Runtime;
  readonly #pages: PageTroubles[] = [];
  readonly #announced: RegExp[] = [];
  #page: Page | null = null;

  constructor(
    runtime: Runtime,
    readonly name: string,
    readonly profileDir: string,
    readonly downloadsDir: string,
  ) {
    this.#runtime = runtime;
  }

  /** The window's page. */
  get page(): Page {
    if (this.#page === null) throw new Error('no window');
    return this.#page;
  }

  /** The page as a person sees it. */
  get app(): HitherPage {
    return new HitherPage(this.page);
  }

  /** Waits for the window; called again after a crash it finds the page that came after. */
  async openPage(): Promise<void> {
    this.#page = await this.#runtime.page();
    this.#pages.push(new PageTroubles(this.#page));
  }

  /** Runs a function in the main process, with the `electron` module and one argument that can be written as JSON. */
  evaluate<R>(task: MainFunction<null, R>): Promise<R>;
  evaluate<A, R>(task: MainFunction<A, R>, argument: A): Promise<R>;
  evaluate<A, R>(task: MainFunction<A, R>, argument?: A): Promise<R> {
    return this.#runtime.evaluate(task, (argument ?? null) as A);
  }

  get exitCode(): Promise<number | null> {
    return this.#runtime.exitCode;
  }

  /** The app's log file. */
  log(): Promise<string> {
    return readFile(join(this.profileDir, 'hither.log'), 'utf8');
  }

  /** What the app wrote on stderr. */
  get complaints(): readonly string[] {
    return this.#runtime.complaints;
  }

  /** Allows lines of trouble that the spec provokes. */
  announce(...patterns: RegExp[]): void {
    this.#announced.push(...patterns);
  }

  /** Whatever went wrong in main process or page without being announced. */
  troubles(): string[] {
    const all = [...this.complaints, ...this.#pages.flatMap(({ seen }) => seen)];
    return all
      .filter((line) => !this.#announced.some((pattern) => pattern.test(line)))
      .map((line) => `${this.name}: ${line}`);
  }

  stop(): Promise<void> {
    return this.#runtime.stop();
  }
}
