import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bundleProcess } from '../../tests/support/bundleProcess';
import type { FromBackend, ToBackend } from './lanBackendMessages';

const ROUND_TIMEOUT_MS = 300_000;
/** A second of the processor in `/proc`, on every Linux that matters. */
const CLOCK_TICKS = 100;

/** How long bytes were under way, and what they cost each end's processor, in ms and s. */
export interface Measured {
  ms: number;
  cpuSeconds: number[];
}

/** Starts a bundled script; `BENCH_NODE_OPTIONS` has flags for Node, such as `--cpu-prof`. */
export function start(script: string, ...args: string[]): ChildProcess {
  return fork(script, args, { execArgv: process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [] });
}

/** @returns the path of a script of this folder, bundled into `dir` */
export async function bundle(name: string, dir: string): Promise<string> {
  return bundleProcess(join(import.meta.dirname, name), dir);
}

const FILE_THREAD = join(import.meta.dirname, '../../src/main/node/files/fileThreadEntry.ts');

/** Two backends on this machine, each a process of its own with a profile, a LAN lane between them, and their pages. */
export class LanBackends {
  readonly #processes: ChildProcess[];
  #failure: string | null = null;
  #acceptedMs = Number.NaN;
  /** The receiver has everything of the last offer. */
  #isDone = false;

  private constructor(processes: ChildProcess[]) {
    this.#processes = processes;
    for (const [index, process] of processes.entries()) {
      process.on('message', (message: FromBackend) => {
        if (message.kind === 'message') this.#say(1 - index, message);
        if (message.kind === 'accepted') this.#acceptedMs = performance.now();
        if (message.kind === 'done') this.#isDone = true;
        if (message.kind === 'failed') this.#failure = message.code;
      });
    }
  }

  /**
   * @param dir where bundle and profiles go
   * @param received where both put what they receive
   */
  static async start(dir: string, received: string): Promise<LanBackends> {
    const backend = await bundle('lanBackend.ts', dir);
    const fileThread = await bundleProcess(FILE_THREAD, dir);
    const processes = ['a', 'b'].map((name) =>
      start(backend, received, join(dir, `profile ${name}`), fileThread),
    );
    await Promise.all(processes.map((process) => once(process, 'message')));
    const backends = new LanBackends(processes);
    for (const index of [0, 1]) backends.#say(index, { kind: 'open' });
    // Until the lane is up: it takes milliseconds, but both sides may wait for the other to dial.
    await sleep(5_000);
    return backends;
  }

  /** Sends a file, from the receiver's yes to the verified file under its final name. */
  async sendFile(file: string, name: string, target: string): Promise<Measured> {
    return this.#send(file, name, () => existsSync(target));
  }

  /** Sends a folder, from the receiver's yes to its word that all is there. */
  async sendFolder(folder: string, name: string): Promise<Measured> {
    return this.#send(folder, name, () => this.#isDone);
  }

  async #send(path: string, name: string, isThere: () => boolean): Promise<Measured> {
    const offeredMs = performance.now();
    const cpuBefore = this.#cpuSeconds();
    this.#acceptedMs = Number.NaN;
    this.#isDone = false;
    this.#say(0, { kind: 'offer', path, name });
    while (!isThere()) {
      if (this.#failure !== null) throw new Error(`the transfer failed: ${this.#failure}`);
      if (performance.now() - offeredMs > ROUND_TIMEOUT_MS) throw new Error('it did not arrive in time');
      await sleep(5);
    }
    const ms = performance.now() - this.#acceptedMs;
    return { ms, cpuSeconds: this.#cpuSeconds().map((seconds, index) => seconds - (cpuBefore[index] ?? 0)) };
  }

  /** Resident memory of each backend, in MB. */
  memoryMb(): number[] {
    return this.#read('status', (status) => Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024);
  }

  #cpuSeconds(): number[] {
    return this.#read('stat', (stat) => {
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
    });
  }

  #read(file: string, value: (content: string) => number): number[] {
    return this.#processes.map(({ pid }) => value(readFileSync(`/proc/${String(pid)}/${file}`, 'utf8')));
  }

  async stop(): Promise<void> {
    for (const index of [0, 1]) this.#say(index, { kind: 'stop' });
    await Promise.all(this.#processes.map(async (process) => process.exitCode ?? once(process, 'exit')));
  }

  /** One that has stopped already hears no more last words of the other. */
  #say(index: number, message: ToBackend): void {
    const process = this.#processes[index];
    if (process?.connected === true) process.send(message);
  }
}
