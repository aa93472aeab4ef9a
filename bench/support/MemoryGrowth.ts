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

/** How far processes grow from a moment on, in MB (10^6 bytes). */
export class MemoryGrowth {
  readonly #watched: readonly Watched[];
  readonly #baseMb = new Map<string, number>();
  readonly #peakMb = new Map<string, number>();
  readonly #timer: NodeJS.Timeout;
  #isBegun = false;

  constructor(watched: readonly Watched[]) {
    this.#watched = watched;
    this.#timer = setInterval(() => void this.#look(), SAMPLE_MS);
  }

  /** What they have now is what growth is counted from. */
  async begin(): Promise<void> {
    for (const each of this.#watched) this.#baseMb.set(each.name, await memoryMb(each));
    this.#isBegun = true;
  }

  /** Ends it. @returns for each process what it had at the beginning, and by how much its peak was above that */
  end(): Record<string, { from_mb: number; grown_mb: number }> {
    clearInterval(this.#timer);
    return Object.fromEntries(
      [...this.#baseMb].map(([name, base]) => {
        const grown = Math.max(0, (this.#peakMb.get(name) ?? base) - base);
        return [name, { from_mb: Math.round(base), grown_mb: Math.round(grown) }];
      }),
    );
  }

  async #look(): Promise<void> {
    if (!this.#isBegun) return;
    for (const each of this.#watched) {
      const mb = await memoryMb(each).catch(() => 0);
      this.#peakMb.set(each.name, Math.max(this.#peakMb.get(each.name) ?? 0, mb));
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
