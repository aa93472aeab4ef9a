import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { NetworkHost } from './Network';
import { stopProcess } from './stopProcess';

const SCRIPT = join(import.meta.dirname, '../lan/nearbyProcess.ts');

/** Finding and being found on a host, with nothing else of Hither. */
export class NearbyProcess {
  readonly #child: ChildProcess;
  #output = '';

  constructor(
    host: NetworkHost,
    readonly deviceId: string,
  ) {
    const [program, ...args] = host.wrap(process.execPath, '--import', 'tsx', SCRIPT, deviceId, 'nearby');
    this.#child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
  }

  /** The addresses where it saw a device, in turn. */
  sightingsOf(deviceId: string): string[] {
    return [...this.#output.matchAll(new RegExp(`^sees ${deviceId} at (.*)$`, 'gm'))].map(
      ([, at = '']) => at,
    );
  }

  /** The ids of the devices that it had in its list, one list for each change. */
  get lists(): string[][] {
    return [...this.#output.matchAll(/^lists (.*)$/gm)].map(([, ids = '']) => ids.split(' ').filter(Boolean));
  }

  async stop(): Promise<void> {
    await stopProcess(this.#child, 'SIGTERM');
  }

  /** Kills it, so that it says no goodbye. */
  async kill(): Promise<void> {
    await stopProcess(this.#child, 'SIGKILL');
  }
}
