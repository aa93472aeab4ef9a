import { Backoff, type BackoffTimes } from '../../../shared/Backoff';
import type { Cancel, Clock, FileAccess } from '../../ports';
import type { TransferRecord } from '../TransferRecord';

/** Between the looks at a full disk: people delete files soon or not at all. */
export const DISK_LOOKS: BackoffTimes = { firstMs: 1_000, longestMs: 30_000 };

/** Goes on with transfers that a full disk stopped, once there is room for what they still need. */
export class DiskWatch {
  readonly #clock: Clock;
  readonly #files: Pick<FileAccess, 'checkFolder'>;
  readonly #times: BackoffTimes;
  readonly #watched = new Map<TransferRecord, Cancel>();
  /** What was done of a transfer when it was let go on last, and its pauses so far. */
  readonly #released = new WeakMap<TransferRecord, { doneBytes: number; backoff: Backoff }>();

  constructor(clock: Clock, files: Pick<FileAccess, 'checkFolder'>, times = DISK_LOOKS) {
    this.#clock = clock;
    this.#files = files;
    this.#times = times;
  }

  /** Looks after a transfer, if a full disk holds it; safe to call at every change. */
  update(record: TransferRecord): void {
    const isFull = isHeldByDisk(record);
    if (isFull && !this.#watched.has(record)) this.#lookLater(record, this.#backoffOf(record));
    else if (!isFull) this.#forget(record);
  }

  close(): void {
    for (const record of [...this.#watched.keys()]) this.#forget(record);
  }

  /** A disk can have room and refuse to write all the same, without an inode or within a quota: then it is tried less and less often. */
  #backoffOf(record: TransferRecord): Backoff {
    const last = this.#released.get(record);
    return last?.doneBytes === record.engine?.doneBytes && last ? last.backoff : new Backoff(this.#times);
  }

  #lookLater(record: TransferRecord, backoff: Backoff): void {
    this.#watched.set(
      record,
      this.#clock.after(backoff.next(), () => void this.#look(record, backoff)),
    );
  }

  async #look(record: TransferRecord, backoff: Backoff): Promise<void> {
    const hasRoom = await this.#hasRoomFor(record);
    if (!this.#watched.has(record)) return;
    this.#forget(record);
    if (!isHeldByDisk(record)) return;
    if (hasRoom && record.engine) {
      this.#released.set(record, { doneBytes: record.engine.doneBytes, backoff });
      record.engine.release();
    } else this.#lookLater(record, backoff);
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
