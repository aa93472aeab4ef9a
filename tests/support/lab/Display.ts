import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { NetworkHost } from './Network';
import { stopProcess } from './stopProcess';

/** The page's window takes the left part; the strip to its right shows the bare screen, where a pattern can move. */
export const SCREEN = { width: 1600, height: 900, stripLeft: 1200 } as const;

/** A virtual screen: one Xvfb with a display number of its own. */
export class Display {
  readonly #server: ChildProcess;

  private constructor(
    /** As in the DISPLAY variable. */
    readonly name: string,
    server: ChildProcess,
  ) {
    this.#server = server;
  }

  /**
   * Starts an X server on a display number that is free.
   * @param host whose namespace it runs in, so that it goes with the namespace; its socket is reachable from all
   */
  static async start(host?: Pick<NetworkHost, 'wrap'>): Promise<Display> {
    const size = `${SCREEN.width}x${SCREEN.height}x24`;
    // Without -noreset the server forgets its background each time its last client leaves.
    const args = ['-displayfd', '1', '-screen', '0', size, '-noreset', '-nolisten', 'tcp'];
    const [program, ...rest] = host ? host.wrap('Xvfb', ...args) : (['Xvfb', ...args] as const);
    const server = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let complaint = '';
    server.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const number = await Promise.race([
      once(server.stdout, 'data').then(([chunk]) => String(chunk).trim()),
      once(server, 'exit').then(() => Promise.reject(new Error(`Xvfb did not start: ${complaint}`))),
    ]);
    return new Display(`:${number}`, server);
  }

  isServer(pid: number): boolean {
    return this.#server.pid === pid;
  }

  async stop(): Promise<void> {
    await stopProcess(this.#server, 'SIGTERM');
  }
}
