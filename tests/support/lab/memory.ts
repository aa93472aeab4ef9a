import { readFile } from 'node:fs/promises';
import { command } from './command';

/** Between the words of a command line; Chromium's children rewrite theirs with spaces. */
const SEPARATOR = /[\0 ]/;

/** One process of a host and the memory it holds. */
export interface MemorySample {
  pid: number;
  /** `backend`, or Chromium's word for the kind of process: `browser`, `renderer`, `gpu-process`, `utility`. */
  kind: string;
  residentMb: number;
}

/** Every process in a namespace with its resident memory, in MB (10^6 bytes). */
async function sampleMemory(namespace: string): Promise<MemorySample[]> {
  const pids = (await command('ip', 'netns', 'pids', namespace)).split('\n').filter(Boolean).map(Number);
  const samples = await Promise.all(pids.map(sampleOf));
  return samples.filter((sample) => sample !== null);
}

async function sampleOf(pid: number): Promise<MemorySample | null> {
  try {
    const [status, commandLine] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    const kibibytes = /^VmRSS:\s+(\d+) kB/m.exec(status)?.[1];
    if (kibibytes === undefined) return null;
    return { pid, kind: kindOf(commandLine.split(SEPARATOR)), residentMb: (Number(kibibytes) * 1024) / 1e6 };
  } catch {
    return null;
  }
}

function kindOf(words: readonly string[]): string {
  if (words.some((word) => word.endsWith('headless.js'))) return 'backend';
  const type = words.find((word) => word.startsWith('--type='));
  if (type !== undefined) return type.slice('--type='.length);
  return words.some((word) => word.startsWith('--user-data-dir=')) ? 'browser' : 'other';
}

/** Watches the processes of some namespaces and keeps how far each has grown over its first sample. */
export class MemoryWatch {
  readonly #first = new Map<number, MemorySample>();
  readonly #peak = new Map<number, number>();
  #timer: NodeJS.Timeout | null = null;

  /** Takes a first sample, then one every half second until `stop`. */
  static async start(namespaces: readonly string[]): Promise<MemoryWatch> {
    const watch = new MemoryWatch();
    await watch.#sample(namespaces);
    watch.#timer = setInterval(() => void watch.#sample(namespaces), 500);
    return watch;
  }

  async #sample(namespaces: readonly string[]): Promise<void> {
    for (const sample of (await Promise.all(namespaces.map(sampleMemory))).flat()) {
      if (!this.#first.has(sample.pid)) this.#first.set(sample.pid, sample);
      this.#peak.set(sample.pid, Math.max(this.#peak.get(sample.pid) ?? 0, sample.residentMb));
    }
  }

  /** Ends the watch; returns how many MB each process grew at its highest, largest first. */
  stop(): { kind: string; pid: number; startMb: number; grownMb: number }[] {
    if (this.#timer) clearInterval(this.#timer);
    const grown = [...this.#first.values()].map(({ pid, kind, residentMb }) => {
      const peak = this.#peak.get(pid) ?? residentMb;
      return { kind, pid, startMb: Math.round(residentMb), grownMb: Math.round(peak - residentMb) };
    });
    return grown.sort((a, b) => b.grownMb - a.grownMb);
  }
}
