import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.mjs';
import { browserFlags } from '../../tests/support/app/browserFlags';
import { type BrowserDoor, openBrowserDoor } from './browserDoor';

/**
 * A headless Chromium that can run unwatched. A debugger that is attached gets a copy of every WebSocket frame, encoded
 * as text: with it, the receiving page and the benchmark itself spend more on being watched than on the transfer.
 */
export class DetachableBrowser {
  readonly #process: ChildProcess;
  readonly #endpoint: string;
  readonly #door: BrowserDoor | null;

  private constructor(process: ChildProcess, endpoint: string, door: BrowserDoor | null) {
    this.#process = process;
    this.#endpoint = endpoint;
    this.#door = door;
  }

  /**
   * @param dir folder for its profile
   * @param namespace network namespace to run in; the machine's own where not given
   */
  static async start(dir: string, namespace?: string): Promise<DetachableBrowser> {
    const quiet = browserFlags({ hidesAddresses: false });
    const flags = [...quiet, '--headless=new', '--remote-debugging-port=0'];
    const words = [findChromium() ?? 'chromium', ...flags, `--user-data-dir=${dir}`, 'about:blank'];
    const [program = '', ...args] = namespace ? ['ip', 'netns', 'exec', namespace, ...words] : words;
    const browser = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let output = '';
    for (;;) {
      const [chunk] = (await once(browser.stderr, 'data')) as [Buffer];
      output += chunk.toString();
      const [endpoint, port] = /ws:\/\/127\.0\.0\.1:(\d+)\/\S+/.exec(output) ?? [];
      if (endpoint === undefined || port === undefined) continue;
      if (namespace === undefined) return new DetachableBrowser(browser, endpoint, null);
      const door = await openBrowserDoor(namespace, Number(port), `${dir}.door`);
      return new DetachableBrowser(browser, endpoint.replace(`:${port}/`, `:${door.port}/`), door);
    }
  }

  /** Attaches, does something with the first page, and detaches; the page stays as it is. */
  async watched<T>(work: (page: Page, browser: Browser) => Promise<T>): Promise<T> {
    const browser = await chromium.connectOverCDP(this.#endpoint, { isLocal: true });
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
    this.#door?.close();
    this.#process.kill('SIGTERM');
    if (this.#process.exitCode === null) await once(this.#process, 'exit');
  }
}
