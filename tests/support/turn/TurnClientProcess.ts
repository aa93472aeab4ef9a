import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { TurnCredentials } from '../../../src/relay/turn/TurnAllocation';
import type { NetworkHost } from '../lab/Network';
import { stopProcess } from '../lab/stopProcess';

const SCRIPT = join(import.meta.dirname, 'turnClient.ts');

export interface TurnQuestion {
  url: string;
  credentials: TurnCredentials | null;
  ca?: string;
  /** Asks whether the server would lead there, and passes no data. */
  peer?: string;
}

/** The way that data took, `granted`, or what the server said, such as `refused 401`. */
export type TurnAnswer = string;

/** Our TURN client on a host of the lab. */
export class TurnClientProcess {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(host: NetworkHost) {
    const [program, ...args] = host.wrap(process.execPath, '--import', 'tsx', SCRIPT);
    this.#child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const lines: Interface = createInterface({ input: this.#child.stdout! });
    this.#lines = lines[Symbol.asyncIterator]();
  }

  async ask(question: TurnQuestion): Promise<TurnAnswer> {
    this.#child.stdin?.write(`${JSON.stringify(question)}\n`);
    const { value } = (await this.#lines.next()) as { value: string | undefined };
    if (value === undefined) throw new Error('the client ended');
    return JSON.parse(value) as TurnAnswer;
  }

  async stop(): Promise<void> {
    await stopProcess(this.#child, 'SIGKILL');
  }
}
