import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { RELAY_SOCKET_PATH } from '../../../src/shared/protocol/relay';

/** A relay in a process of its own. */
export class RelayProcess {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.#process = process;
  }

  /**
   * Starts the built relay, or a bundle of it.
   * @param script path of the one file
   * @param port 0 for any free one
   */
  static async start(script: string, flags: readonly string[], port = 0): Promise<RelayProcess> {
    const args = [script, '--host', '127.0.0.1', '--port', String(port), ...flags];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) {
      const said = JSON.parse(line) as { msg: string; to?: string; port?: number };
      if (said.msg !== 'relay' || said.to !== 'listening' || said.port === undefined) continue;
      child.stdout.resume();
      return new RelayProcess(said.port, child);
    }
    throw new Error('the relay did not start');
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}${RELAY_SOCKET_PATH}`;
  }

  /** @returns the exit code, or the signal */
  async end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    const child = this.#process;
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, 'exit');
    }
    return child.exitCode ?? child.signalCode;
  }
}
