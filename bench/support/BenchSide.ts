import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Person } from '../../tests/support/app/connect';
import { HitherPage } from '../../tests/support/app/HitherPage';
import { bundleProcess } from '../../tests/support/bundleProcess';
import { DetachableBrowser } from './DetachableBrowser';

const PAGE_DIR = join(import.meta.dirname, '../../out/renderer');

export interface BenchSideOptions {
  name: string;
  /** Folder for everything it keeps. */
  dir: string;
  /** Network namespace to run in; the machine's own where not given. */
  namespace?: string | undefined;
  /** Whether bytes may go over LAN lanes; only over data channels where not given. */
  hasLanLanes?: boolean | undefined;
  /** Tampers with the page before its own scripts run. */
  tamper?: (() => void) | undefined;
}

/** One device of a benchmark: a backend that can offer paths, and a browser that nobody watches while bytes move. */
export class BenchSide {
  readonly name: string;
  readonly downloadsDir: string;
  readonly browser: DetachableBrowser;
  readonly #backend: ChildProcess;

  private constructor({ name, dir }: BenchSideOptions, backend: ChildProcess, browser: DetachableBrowser) {
    this.name = name;
    this.downloadsDir = join(dir, 'received');
    this.#backend = backend;
    this.browser = browser;
  }

  /** Starts both and opens the page, past its welcome. */
  static async start(options: BenchSideOptions): Promise<BenchSide> {
    const { name, dir, namespace, hasLanLanes = false, tamper } = options;
    for (const folder of ['profile', 'received']) await mkdir(join(dir, folder), { recursive: true });
    const script = await bundleProcess(join(import.meta.dirname, 'pathBackend.ts'), dir);
    const node = [
      process.execPath,
      // Flags for Node, such as `--cpu-prof`.
      ...(process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? []),
      script,
      join(dir, 'profile'),
      name,
      join(dir, 'received'),
      PAGE_DIR,
      ...(hasLanLanes ? ['lan'] : []),
    ];
    const [program = '', ...args] = namespace ? ['ip', 'netns', 'exec', namespace, ...node] : node;
    const backend = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = (await once(createInterface({ input: backend.stdout }), 'line')) as [string];
    const browser = await DetachableBrowser.start(join(dir, 'browser'), namespace);
    const side = new BenchSide(options, backend, browser);
    await side.browser.watched(async (page) => {
      if (tamper) await page.addInitScript(tamper);
      await page.goto(line.slice(line.indexOf('http')));
      await new HitherPage(page).welcome();
    });
    return side;
  }

  /** Offers a path in the session, as the desktop app's page does. */
  offerPath(path: string): void {
    this.#backend.stdin?.write(`${path}\n`);
  }

  /** Attaches to the page, for as long as the work takes. */
  async watched<T>(work: (person: Person, app: HitherPage) => Promise<T>): Promise<T> {
    return this.browser.watched(async (page) => {
      await page.bringToFront();
      const app = new HitherPage(page);
      return work({ name: this.name, app }, app);
    });
  }

  async stop(): Promise<void> {
    await this.browser.stop();
    this.#backend.kill('SIGTERM');
    if (this.#backend.exitCode === null) await once(this.#backend, 'exit');
  }
}
