import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { findProgram } from '../../../scripts/chromium.mjs';
import { command } from './command';
import { stopProcess } from './stopProcess';

const SOURCE = join(import.meta.dirname, 'wanlink.c');

/** What a long line is like. */
export interface WanOptions {
  /** Of one direction, in ms. */
  delayMs: number;
  lossPercent: number;
  /** Of each direction, in Mbit/s; 0 for no limit. */
  rateMbit: number;
  /** What waits in front of each direction before packets are lost, in packets of 1,200 bytes. */
  queuePackets?: number;
}

/** Address of each end of a line. */
export type WanEnds = Readonly<Record<'a' | 'b', string>>;

/** Why no such line can be made here, beside what the lab needs; `null` where it can. */
export function wanProblem(): string | null {
  return findProgram('cc') === null ? 'missing: cc' : null;
}

/** A long line between two namespaces, as the only way out of either: a program that passes packets on late, or loses them. */
export class WanLink {
  readonly #process: ChildProcess;

  /** Address of each end. */
  static readonly addresses: WanEnds = { a: '10.77.0.1', b: '10.77.0.2' };

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /**
   * @param dir where the program is put
   * @throws Error with the compiler's or the program's own words
   */
  static async start(
    { a, b, dir }: { a: string; b: string; dir: string },
    { delayMs, lossPercent, rateMbit, queuePackets = 2_000 }: WanOptions,
  ): Promise<WanLink> {
    const program = join(dir, 'wanlink');
    await command('cc', '-O2', '-o', program, SOURCE);
    const numbers = [delayMs, lossPercent, rateMbit, queuePackets].map(String);
    const link = spawn(program, [a, b, ...numbers], { stdio: ['ignore', 'pipe', 'pipe'] });
    let complaint = '';
    link.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    await Promise.race([
      once(link.stdout, 'data'),
      once(link, 'exit').then(() => Promise.reject(new Error(`wanlink did not start: ${complaint}`))),
    ]);
    // Browsers ask the routing table for their own address.
    for (const ns of [a, b]) await command('ip', '-n', ns, 'route', 'replace', 'default', 'dev', 'wan0');
    return new WanLink(link);
  }

  /** Takes the line away. */
  async stop(): Promise<void> {
    await stopProcess(this.#process, 'SIGTERM');
  }
}
