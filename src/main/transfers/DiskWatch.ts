import { checkFolder } from '../files/checkFolder';
import type { TransferRecord } from './TransferRecord';

/** First look at a full disk, and the longest time between two: people delete files soon or not at all. */
export const DISK_LOOK_MS = { first: 1000, longest: 30_000 };

/** Goes on with transfers that a full disk stopped, once there is room for what they still need. */
export class DiskWatch {
  readonly #timings: { first: number; longest: number };
  readonly #watched = new Map<TransferRecord, NodeJS.Timeout>();

  constructor(timings = DISK_LOOK_MS) {
    this.#timings = timings;
  }

  /** Looks after a transfer, if a full disk holds it; safe to call at every change. */
  update(record: TransferRecord): void {
    const isFull = isHeldByDisk(record);
    if (isFull && !this.#watched.has(record)) this.#lookIn(record, this.#timings.first);
    else if (!isFull) this.#forget(record);
  }

  close(): void {
    for (const record of [...this.#watched.keys()]) this.#forget(record);
  }

  #lookIn(record: TransferRecord, delayMs: number): void {
    const timer = setTimeout(() => void this.#look(record, delayMs), delayMs);
    timer.unref();
    this.#watched.set(record, timer);
  }

  async #look(record: TransferRecord, delayMs: number): Promise<void> {
    const hasRoom = await roomFor(record);
    if (!this.#watched.has(record)) return;
    this.#forget(record);
    if (!isHeldByDisk(record)) return;
    if (hasRoom) record.engine?.release();
    else this.#lookIn(record, Math.min(delayMs * 2, this.#timings.longest));
  }

  #forget(record: TransferRecord): void {
    clearTimeout(this.#watched.get(record));
    this.#watched.delete(record);
  }
}

function isHeldByDisk({ engine }: TransferRecord): boolean {
  const state = engine?.state;
  return state?.phase === 'paused' && state.by === 'me' && state.failure?.code === 'disk-full';
}

async function roomFor({ dir, entries, engine }: TransferRecord): Promise<boolean> {
  if (dir === null || !engine) return false;
  const neededBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) - engine.doneBytes;
  const { freeBytes } = await checkFolder(dir).catch(() => ({ freeBytes: 0 }));
  return freeBytes >= neededBytes;
}
