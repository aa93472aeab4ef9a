/*
 * `npm run bench:lan [-- GIGABYTES [ROUNDS]]`: a file from disk to disk between two backends on this machine, each a
 * process of its own, over their LAN lane: read, hashed, encrypted, decrypted, verified, written and named. The baseline
 * is a plain TLS copy of the same file without any check. Both in turns, in the same run; the medians count.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { digestOf, writeRandomFile } from '../tests/support/app/testFiles';
import { bundleProcess } from '../tests/support/bundleProcess';
import type { FromBackend, PlainTlsReport, ToBackend } from './support/lanBackendMessages';

const DEFAULT_GIGABYTES = 4;
const DEFAULT_ROUNDS = 5;
const ROUND_TIMEOUT_MS = 300_000;
const SAMPLE_MS = 100;
/** A second of the processor in `/proc`, on every Linux that matters. */
const CLOCK_TICKS = 100;

/** Both ends' processes, bundled. */
interface Scripts {
  backend: string;
  plainTls: string;
}

/** How long bytes were under way, and what they cost each end's processor, in ms and s. */
interface Measured {
  ms: number;
  cpuSeconds: number[];
}

function start(script: string, ...args: string[]): ChildProcess {
  return fork(script, args, { execArgv: process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [] });
}

/** Copies the file, from the connection to the last byte written. */
async function baseline({ plainTls }: Scripts, file: string, target: string): Promise<Measured> {
  const receiver = start(plainTls, 'receive', target);
  const [port] = (await once(receiver, 'message')) as [number];
  const sender = start(plainTls, 'send', file, String(port));
  const said = await Promise.all([once(sender, 'message'), once(receiver, 'message')]);
  const [sent, received] = said.map(([message]) => message as PlainTlsReport);
  return { ms: received?.ms ?? Number.NaN, cpuSeconds: [sent?.cpuSeconds ?? 0, received?.cpuSeconds ?? 0] };
}

/** Two backends and the page between them. */
class Backends {
  readonly #processes: ChildProcess[];
  #failure: string | null = null;
  #acceptedMs = Number.NaN;

  private constructor(processes: ChildProcess[]) {
    this.#processes = processes;
    for (const [index, process] of processes.entries()) {
      process.on('message', (message: FromBackend) => {
        if (message.kind === 'message') this.#say(1 - index, message);
        if (message.kind === 'accepted') this.#acceptedMs = performance.now();
        if (message.kind === 'failed') this.#failure = message.code;
      });
    }
  }

  /** @param received where both put what they receive */
  static async start({ backend }: Scripts, dir: string, received: string): Promise<Backends> {
    const processes = ['a', 'b'].map((name) => start(backend, received, join(dir, `profile ${name}`)));
    await Promise.all(processes.map((process) => once(process, 'message')));
    const backends = new Backends(processes);
    for (const index of [0, 1]) backends.#say(index, { kind: 'open' });
    // Until the lane is up: it takes milliseconds, but both sides may wait for the other to dial.
    await sleep(5_000);
    return backends;
  }

  /** Sends the file, from the receiver's yes to the verified file under its final name. */
  async send(file: string, name: string, target: string): Promise<Measured> {
    const offeredMs = performance.now();
    const cpuBefore = this.#cpuSeconds();
    this.#acceptedMs = Number.NaN;
    this.#say(0, { kind: 'offer', path: file, name });
    while (!existsSync(target)) {
      if (this.#failure !== null) throw new Error(`the transfer failed: ${this.#failure}`);
      if (performance.now() - offeredMs > ROUND_TIMEOUT_MS)
        throw new Error('the file did not arrive in time');
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

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

async function measure(dir: string, bytes: number, rounds: number): Promise<void> {
  const file = await writeRandomFile(join(dir, 'file.bin'), bytes);
  const wanted = await digestOf(file);
  const received = join(dir, 'received');
  await mkdir(received);
  const scripts = {
    backend: await bundleProcess(join(import.meta.dirname, 'support', 'lanBackend.ts'), dir),
    plainTls: await bundleProcess(join(import.meta.dirname, 'support', 'plainTls.ts'), dir),
  };
  const speeds = { hither: [] as number[], baseline: [] as number[] };
  let growthMb = 0;
  const backends = await Backends.start(scripts, dir, received);
  const atRestMb = backends.memoryMb();
  const sampling = setInterval(() => {
    for (const [index, mb] of backends.memoryMb().entries())
      growthMb = Math.max(growthMb, mb - (atRestMb[index] ?? 0));
  }, SAMPLE_MS);
  try {
    for (let round = 1; round <= rounds; round++) {
      const copied = join(dir, 'copied.bin');
      const plain = await baseline(scripts, file, copied);
      if ((await stat(copied)).size !== bytes) throw new Error('the baseline lost bytes');
      await rm(copied);
      const name = `file ${String(round)}.bin`;
      const hither = await backends.send(file, name, join(received, name));
      if ((await digestOf(join(received, name))) !== wanted) throw new Error('the file arrived damaged');
      await rm(join(received, name));
      speeds.baseline.push(bytes / 1e3 / plain.ms);
      speeds.hither.push(bytes / 1e3 / hither.ms);
      const words = Object.entries({ 'plain TLS': plain, Hither: hither }).map(
        ([who, { ms, cpuSeconds }]) => {
          const cpu = cpuSeconds.map((seconds) => rounded(seconds / (bytes / 1e9)));
          return `${who} ${String(rounded(bytes / 1e3 / ms))} MB/s (processor ${cpu.join(' + ')} s/GB)`;
        },
      );
      console.log(`round ${String(round)}: ${words.join(', ')}`);
    }
  } finally {
    clearInterval(sampling);
    await backends.stop();
  }
  const [hither, plain] = [median(speeds.hither), median(speeds.baseline)];
  console.log(
    JSON.stringify({
      bench: 'lan',
      hither_mb_s: rounded(hither),
      baseline_mb_s: rounded(plain),
      ratio: rounded(hither / plain),
      rss_growth_mb: rounded(growthMb),
    }),
  );
}

const gigabytes = Number(process.argv[2] ?? DEFAULT_GIGABYTES);
const rounds = Number(process.argv[3] ?? DEFAULT_ROUNDS);
if (!(gigabytes > 0 && rounds >= 1)) throw new Error('usage: npm run bench:lan [-- GIGABYTES [ROUNDS]]');
const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
try {
  await measure(dir, gigabytes * 1e9, rounds);
} finally {
  await rm(dir, { recursive: true, force: true });
}
