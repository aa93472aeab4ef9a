import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { quietFlags } from '../../tests/support/app/browserFlags';

/**
 * A headless Chromium that can run unwatched. A debugger that is attached gets a copy of every WebSocket frame, encoded
 * as text: with it, the receiving page and the benchmark itself spend more on being watched than on the transfer.
 */
export class DetachableBrowser {
  readonly #process: ChildProcess;
  readonly #endpoint: string;

  private constructor(process: ChildProcess, endpoint: string) {
    this.#process = process;
    this.#endpoint = endpoint;
  }

  /** @param dir folder for its profile */
  static async start(dir: string): Promise<DetachableBrowser> {
    const flags = [...quietFlags, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${dir}`];
    const browser = spawn(findChromium() ?? 'chromium', [...flags, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    for (;;) {
      const [chunk] = (await once(browser.stderr, 'data')) as [Buffer];
      output += chunk.toString();
      const endpoint = /ws:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output)?.[0];
      if (endpoint !== undefined) return new DetachableBrowser(browser, endpoint);
    }
  }

  /** Attaches, does something with the first page, and detaches; the page stays as it is. */
  async watched<T>(work: (page: Page, browser: Browser) => Promise<T>): Promise<T> {
    const browser = await chromium.connectOverCDP(this.#endpoint);
    try {
      const page = browser.contexts()[0]?.pages()[0];
      if (!page) throw new Error('the browser has no page');
      return await work(page, browser);
    } finally {
      await browser.close();
    }
  }

  /** Of the browser's own process; its renderers are below it. */
  get pid(): number {
    return this.#process.pid ?? 0;
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    if (this.#process.exitCode === null) await once(this.#process, 'exit');
  }
}
