import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { headlessEntry } from './build';
import type { Wrap } from './Instance';
import { stopProcess } from '../lab/stopProcess';

/** How long a backend may take from its start to its page being served, in ms. */
const START_TIMEOUT_MS = 20_000;

export interface BackendOptions {
  name: string;
  profileDir: string;
  downloadsDir: string;
  /** Turns a command into one that runs elsewhere, as in a network namespace. */
  wrap?: Wrap | undefined;
  /** A module that runs before the backend and tampers with it, as a hostile peer would. */
  preload?: string | undefined;
}

/** One `headless.js` as a person would start it: a process of its own, told everything by flags. */
export class HeadlessBackend {
  readonly #child: ChildProcess;
  #isStopping = false;

  private constructor(
    child: ChildProcess,
    /** The address of its page, with the token. */
    readonly url: string,
    /** What it complained of: every line on stderr, and an end that nobody asked for. */
    readonly complaints: string[],
  ) {
    this.#child = child;
    child.once('exit', (code, signal) => {
      if (!this.#isStopping) this.complaints.push(`ended by itself with ${code ?? signal ?? 'nothing'}`);
    });
  }

  /**
   * Starts the built backend and waits until it says that its page is ready.
   * @throws Error with everything it printed when it ends or stays silent
   */
  static async start(options: BackendOptions): Promise<HeadlessBackend> {
    const flags = ['--no-open', '--profile', options.profileDir, '--name', options.name];
    const preload = options.preload === undefined ? [] : ['--import', options.preload];
    const command = [
      ...[process.execPath, ...preload, headlessEntry, ...flags],
      ...['--downloads', options.downloadsDir],
    ] as const;
    const [program, ...args] = options.wrap ? options.wrap(...command) : command;
    const env = { ...process.env, LANG: 'en_US.UTF-8' };
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
    const complaints: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
    const lines = createInterface({ input: child.stdout });
    return new HeadlessBackend(child, await readyUrl(child, lines, complaints), complaints);
  }

  get pid(): number {
    return this.#child.pid!;
  }

  /** Ends it as Ctrl+C does, and waits. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await stopProcess(this.#child, 'SIGTERM');
    if (this.#child.exitCode !== 0)
      this.complaints.push(`did not stop cleanly: ${this.#child.exitCode ?? 'killed'}`);
  }

  /** Kills it, as a power cut would. */
  async kill(): Promise<void> {
    this.#isStopping = true;
    const gone = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await gone;
  }
}

/** The address in the line that says the page is ready. */
function readyUrl(child: ChildProcess, lines: Interface, complaints: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const output: string[] = [];
    const fail = (what: string) => {
      child.kill('SIGKILL');
      reject(new Error(`the backend ${what}:\n${[...output, ...complaints].join('\n')}`));
    };
    const timer = setTimeout(() => fail('did not become ready'), START_TIMEOUT_MS);
    const onExit = (code: number | null) => fail(`ended with ${code ?? 'a signal'}`);
    child.once('exit', onExit);
    lines.on('line', (line) => {
      output.push(line);
      const url = /^Hither is ready: (\S+)$/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      child.off('exit', onExit);
      resolve(url);
    });
  });
}
