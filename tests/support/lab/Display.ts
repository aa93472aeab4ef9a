import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { command } from './command';
import type { NetworkHost } from './Network';
import { stopProcess } from './stopProcess';

/** The page's window takes the left part; the strip to its right shows the bare screen, where a pattern can move. */
export const SCREEN = { width: 1600, height: 900, stripLeft: 1200 } as const;

/** A virtual screen: one Xvfb with a display number of its own. */
export class Display {
  readonly #server: ChildProcess;
  readonly #host: Pick<NetworkHost, 'wrap'>;

  private constructor(
    /** As in the DISPLAY variable; means this screen only inside the host's namespace, where its socket is. */
    readonly name: string,
    host: Pick<NetworkHost, 'wrap'>,
    server: ChildProcess,
  ) {
    this.#host = host;
    this.#server = server;
  }

  /** Starts an X server where `host` runs things (in a namespace it goes with it), on a number that is free there. */
  static async start(
    host: Pick<NetworkHost, 'wrap'>,
    { width, height }: { width: number; height: number } = SCREEN,
  ): Promise<Display> {
    const size = `${width}x${height}x24`;
    // Without -noreset the server forgets its background each time its last client leaves.
    const args = ['-displayfd', '1', '-screen', '0', size, '-noreset', '-nolisten', 'tcp'];
    const [program, ...rest] = host.wrap('Xvfb', ...args);
    const server = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let complaint = '';
    server.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const number = await Promise.race([
      once(server.stdout, 'data').then(([chunk]) => String(chunk).trim()),
      once(server, 'exit').then(() => Promise.reject(new Error(`Xvfb did not start: ${complaint}`))),
    ]);
    return new Display(`:${number}`, host, server);
  }

  /** Runs an X program on this screen; returns what it printed. */
  async run(program: string, ...args: string[]): Promise<string> {
    return command(...this.#host.wrap('env', `DISPLAY=${this.name}`, program, ...args));
  }

  /** Changes its size, to at most that which it began with. */
  async resize({ width, height }: { width: number; height: number }): Promise<void> {
    const name = `${width}x${height}`;
    const xrandr = (...words: string[]): Promise<string> => this.run('xrandr', ...words);
    if (!(await xrandr()).includes(name)) {
      // Xvfb has no clock that the rest of the timings would matter to.
      const timings = [width, height].flatMap((size) => [size, size + 10, size + 20, size + 30]);
      await xrandr('--newmode', name, '100', ...timings.map(String));
      await xrandr('--addmode', 'screen', name);
    }
    await xrandr('--output', 'screen', '--mode', name);
  }

  isServer(pid: number): boolean {
    return this.#server.pid === pid;
  }

  async stop(): Promise<void> {
    await stopProcess(this.#server, 'SIGTERM');
  }
}
