import type { Cancel, Clock, FileAccess } from '../../ports';
import type { TransferRecord } from '../TransferRecord';

/** First look at a full disk, and the longest time between two, in ms: people delete files soon or not at all. */
export const DISK_LOOK_MS = { first: 1000, longest: 30_000 };

/** Goes on with transfers that a full disk stopped, once there is room for what they still need. */
export class DiskWatch {
  readonly #clock: Clock;
  readonly #files: Pick<FileAccess, 'checkFolder'>;
  readonly #timings: { first: number; longest: number };
  readonly #watched = new Map<TransferRecord, Cancel>();
  /** What was done of a transfer when it was let go on last, and after how long a wait. */
  readonly #released = new WeakMap<TransferRecord, { doneBytes: number; delayMs: number }>();

  constructor(clock: Clock, files: Pick<FileAccess, 'checkFolder'>, timings = DISK_LOOK_MS) {
    this.#clock = clock;
    this.#files = files;
    this.#timings = timings;
  }

  /** Looks after a transfer, if a full disk holds it; safe to call at every change. */
  update(record: TransferRecord): void {
    const isFull = isHeldByDisk(record);
    if (isFull && !this.#watched.has(record)) this.#lookIn(record, this.#firstDelay(record));
    else if (!isFull) this.#forget(record);
  }

  close(): void {
    for (const record of [...this.#watched.keys()]) this.#forget(record);
  }

  /** A disk can have room and refuse to write all the same, without an inode or within a quota: then it is tried less and less often. */
  #firstDelay(record: TransferRecord): number {
    const last = this.#released.get(record);
    if (last?.doneBytes !== record.engine?.doneBytes || !last) return this.#timings.first;
    return Math.min(last.delayMs * 2, this.#timings.longest);
  }

  #lookIn(record: TransferRecord, delayMs: number): void {
    this.#watched.set(
      record,
      this.#clock.after(delayMs, () => void this.#look(record, delayMs)),
    );
  }

  async #look(record: TransferRecord, delayMs: number): Promise<void> {
    const hasRoom = await this.#hasRoomFor(record);
    if (!this.#watched.has(record)) return;
    this.#forget(record);
    if (!isHeldByDisk(record)) return;
    if (hasRoom && record.engine) {
      this.#released.set(record, { doneBytes: record.engine.doneBytes, delayMs });
      record.engine.release();
    } else this.#lookIn(record, Math.min(delayMs * 2, this.#timings.longest));
  }

  #forget(record: TransferRecord): void {
    this.#watched.get(record)?.();
    this.#watched.delete(record);
  }

  async #hasRoomFor({ dir, entries, engine }: TransferRecord): Promise<boolean> {
    if (dir === null || !engine) return false;
    const neededBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) - engine.doneBytes;
    const { freeBytes } = await this.#files.checkFolder(dir).catch(() => ({ freeBytes: 0 }));
    return freeBytes >= neededBytes;
  }
}

function isHeldByDisk({ engine }: TransferRecord): boolean {
  const state = engine?.state;
  return state?.phase === 'paused' && state.by === 'me' && state.failure?.code === 'disk-full';
}
