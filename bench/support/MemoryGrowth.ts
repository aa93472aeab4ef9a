import { readFile } from 'node:fs/promises';
import { sampleTree } from './processTree';

/** How often processes are looked at, in ms: the kernel walks all their pages each time. */
const SAMPLE_MS = 1_000;

/** What to look at: a process, or all of a browser's processes that show pages. */
export interface Watched {
  name: string;
  pid: number;
  part: 'process' | 'renderers';
}

/** What a process had at the beginning, its peak above that, and what it had more in the last third, as a median; in MB. */
export interface Growth {
  from_mb: number;
  peak_mb: number;
  late_mb: number;
}

/** How far processes grow from a moment on, in MB (10^6 bytes). */
export class MemoryGrowth {
  readonly #watched: readonly Watched[];
  readonly #baseMb = new Map<string, number>();
  readonly #samplesMb = new Map<string, number[]>();
  readonly #timer: NodeJS.Timeout;
  #isBegun = false;

  constructor(watched: readonly Watched[]) {
    this.#watched = watched;
    this.#timer = setInterval(() => void this.#look(), SAMPLE_MS);
  }

  /** What they have now is what growth is counted from. */
  async begin(): Promise<void> {
    for (const each of this.#watched) {
      this.#baseMb.set(each.name, await memoryMb(each));
      this.#samplesMb.set(each.name, []);
    }
    this.#isBegun = true;
  }

  /** Ends it. A peak that is gone later is garbage; what stays and grows with the file is a leak. */
  end(): Record<string, Growth> {
    clearInterval(this.#timer);
    return Object.fromEntries(
      [...this.#baseMb].map(([name, base]) => {
        const samples = this.#samplesMb.get(name) ?? [];
        const late = samples.slice(-Math.ceil(samples.length / 3)).sort((a, b) => a - b);
        const lateMb = late[Math.floor(late.length / 2)] ?? base;
        const growth = {
          from_mb: Math.round(base),
          peak_mb: Math.round(Math.max(base, ...samples) - base),
          late_mb: Math.round(lateMb - base),
        };
        return [name, growth];
      }),
    );
  }

  async #look(): Promise<void> {
    if (!this.#isBegun) return;
    for (const each of this.#watched) {
      const mb = await memoryMb(each).catch(() => null);
      if (mb !== null) this.#samplesMb.get(each.name)?.push(mb);
    }
  }
}

async function memoryMb({ pid, part }: Watched): Promise<number> {
  if (part === 'renderers') {
    const samples = await sampleTree(pid);
    return samples.reduce((sum, { kind, memoryMb: mb }) => sum + (kind === 'renderer' ? mb : 0), 0);
  }
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8');
  return (Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1024) / 1e6;
}
