import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Coturn } from './Coturn';
import { stopProcess } from './stopProcess';

const SCRIPT = join(import.meta.dirname, '../../../out/relay/index.js');
const PORT = 47180;

/** The built relay on the public machine of a coturn, whose addresses it tells its members. */
export class RelayServer {
  readonly #turn: Coturn;
  #process: ChildProcess;

  private constructor(turn: Coturn, process: ChildProcess) {
    this.#turn = turn;
    this.#process = process;
  }

  static async start(turn: Coturn): Promise<RelayServer> {
    return new RelayServer(turn, await run(turn));
  }

  get url(): string {
    return `http://${this.#turn.host.address}:${PORT}`;
  }

  /** Ends it without a word, as a power cut would. */
  async kill(): Promise<void> {
    await stopProcess(this.#process, 'SIGKILL');
  }

  /** Starts another one in its place, which remembers nothing. */
  async restart(): Promise<void> {
    this.#process = await run(this.#turn);
  }
}

async function run({ host: { address, wrap }, secret }: Coturn): Promise<ChildProcess> {
  const turnUrls = [
    `turn:${address}?transport=udp`,
    `turn:${address}?transport=tcp`,
    `turns:${address}?transport=tcp`,
  ];
  const flags = ['--port', String(PORT), '--stun-url', `stun:${address}`];
  const urls = turnUrls.flatMap((url) => ['--turn-url', url]);
  const [program, ...args] = wrap(process.execPath, SCRIPT, ...flags, ...urls, '--turn-secret', secret);
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const listening = new Promise<void>((resolve) => {
    lines.on('line', (line) => {
      if (line.includes('"to":"listening"')) resolve();
    });
  });
  await Promise.race([
    listening,
    once(child, 'exit').then(() => Promise.reject(new Error('the relay did not start'))),
  ]);
  return child;
}
