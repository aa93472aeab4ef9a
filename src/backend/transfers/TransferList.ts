import type { EventData, EventName } from '../../shared/contract/contract';
import type { TransferView } from '../../shared/contract/transfers';
import { HitherError } from '../../shared/errors';
import type { SendScheduler } from '../../shared/transfer/sending/SendScheduler';
import type { Cancel, Clock } from '../ports';
import type { HistoryEntry } from './history/History';
import type { TransferPersistence } from './TransferPersistence';
import { TransferDiff } from './TransferDiff';
import type { TransferRecord } from './TransferRecord';

/**
 * Progress reaches the page four times a second: enough for a bar that a person watches. At ten, drawing it
 * took a tenth of the processor that the transfer itself needs (two cores, both pages on them).
 */
const UPDATE_MS = 250;
/** Period of updates while a transfer is active and nothing arrives. */
const STALL_MS = 1000;
/** Finished transfers in the page's list; `transfers:history` has the others. */
const MAX_FINISHED = 200;

export interface TransferListOptions {
  emit: <E extends EventName>(name: E, data: EventData<E>) => void;
  /** The session with a device, or the last one there was. */
  sessionOf: (deviceId: string) => string;
  persistence: TransferPersistence;
  scheduler: SendScheduler;
  clock: Clock;
}

/** Every transfer that there is to see: those under way, and how others ended. */
export class TransferList {
  readonly #options: TransferListOptions;
  /** Those under way, and those whose end is not on record yet; newest last. */
  readonly #records = new Map<string, TransferRecord>();
  readonly #settling = new Set<Promise<void>>();
  readonly #told = new TransferDiff();
  /** Those whose end has been put on record. */
  readonly #settled = new WeakSet<TransferRecord>();
  #cancelUpdate: Cancel | null = null;
  #cancelStall: Cancel | null = null;

  constructor(options: TransferListOptions) {
    this.#options = options;
  }

  /** All of them, newest first. */
  views(): TransferView[] {
    const under = [...this.#records.values()]
      .filter((record) => !record.isBeingDecided)
      .map((record) => this.#view(record));
    const over = this.#options.persistence.history.all
      .filter(({ view }) => !this.#records.has(view.transferId))
      .slice(0, MAX_FINISHED)
      .map(({ view }) => view);
    return [...under, ...over].sort((a, b) => b.startedMs - a.startedMs);
  }

  /** All of them, for a page that comes: from then on it is told of what changes against these. */
  attach(): TransferView[] {
    const views = this.views();
    this.#told.update(views);
    return views;
  }

  /**
   * A transfer that is under way.
   * @throws HitherError `unknown-transfer`
   */
  get(transferId: string): TransferRecord {
    const record = this.#records.get(transferId);
    if (!record) throw new HitherError('unknown-transfer');
    return record;
  }

  /** How a transfer ended, or `null`. */
  past(transferId: string): HistoryEntry | null {
    return this.#options.persistence.history.get(transferId);
  }

  /**
   * Where the one file of a transfer that came is now; `null` for any other transfer.
   * @throws HitherError `unknown-transfer`
   */
  receivedFile(transferId: string): string | null {
    // Of one that is just over the history may not know yet.
    const { view, entryCount, revealPath } = this.past(transferId) ?? this.#entryOf(this.get(transferId));
    const isOne = view.direction === 'receive' && view.phase === 'done' && entryCount === 1;
    return isOne ? revealPath : null;
  }

  /** Those that are not over. */
  get unfinished(): TransferRecord[] {
    return [...this.#records.values()].filter((record) => !record.isOver);
  }

  /** Whether anything with a device is not over. */
  isBusyWith(deviceId: string): boolean {
    return this.unfinished.some(({ options }) => options.deviceId === deviceId);
  }

  add(record: TransferRecord): void {
    this.#records.set(record.options.transferId, record);
    this.changed(record);
  }

  /** Removes a transfer without a trace. */
  remove(transferId: string): void {
    this.#records.delete(transferId);
    this.changed();
  }

  /** Tells the page soon, and puts an end on record; changes in between ride along. */
  changed(record?: TransferRecord): void {
    const isEnd = record?.isOver === true && this.#records.has(record.options.transferId);
    if (isEnd && !this.#settled.has(record)) {
      this.#settled.add(record);
      const settled = this.#settle(record).finally(() => this.#settling.delete(settled));
      this.#settling.add(settled);
    }
    this.#cancelUpdate ??= this.#options.clock.after(UPDATE_MS, () => this.#tell());
  }

  /** Forgets how transfers ended; files stay. */
  async clear(): Promise<void> {
    for (const [transferId, record] of this.#records) if (record.isOver) this.#records.delete(transferId);
    await this.#options.persistence.history.clear();
    this.changed();
  }

  /** Forgets one that is over, in the list and in the history. */
  async forget(transferId: string): Promise<void> {
    const record = this.#records.get(transferId);
    if (record && !record.isOver) throw new HitherError('not-allowed');
    this.#records.delete(transferId);
    await this.#options.persistence.history.remove(transferId);
    this.changed();
  }

  /** Finished transfers whose names, or whose peer's, have `query` in them; newest first. */
  search(query: string, from: number, count: number): { total: number; transfers: TransferView[] } {
    const wanted = query.trim().toLocaleLowerCase();
    const found = this.#options.persistence.history.all
      .map(({ view }) => view)
      .filter(({ peerName, rootNames }) =>
        [peerName, ...rootNames].some((name) => name.toLocaleLowerCase().includes(wanted)),
      );
    return { total: found.length, transfers: found.slice(from, from + count) };
  }

  /** No more updates; resolves when every end is on record. */
  async close(): Promise<void> {
    while (this.#settling.size > 0) await Promise.all(this.#settling);
    this.#cancelUpdate?.();
    this.#cancelStall?.();
    this.#cancelUpdate = null;
    this.#cancelStall = null;
  }

  /**
   * First into the history, then out of the store: what is in both is over. From then on the history alone has it, as a
   * manifest can be tens of megabytes.
   */
  async #settle(record: TransferRecord): Promise<void> {
    await record.engine?.cleanedUp;
    const { transferId } = record.options;
    const { scheduler, persistence } = this.#options;
    scheduler.forget(transferId);
    // The person may have cleared the list meanwhile.
    if (this.#records.has(transferId)) await persistence.history.add(this.#entryOf(record));
    await persistence.settled(record);
    this.#records.delete(transferId);
  }

  #entryOf(record: TransferRecord): HistoryEntry {
    const { entries, chosen, revealPath, options } = record;
    const { deviceId } = options;
    return {
      view: this.#view(record),
      deviceId,
      entryCount: entries.length,
      chosen: [...chosen],
      revealPath,
    };
  }

  #view(record: TransferRecord): TransferView {
    const { transferId, deviceId } = record.options;
    const view = record.view(this.#options.clock.now(), this.#options.sessionOf(deviceId));
    return { ...view, isFirst: this.#options.scheduler.isFirst(transferId) };
  }

  #tell(): void {
    this.#cancelUpdate = null;
    const change = this.#told.update(this.views());
    if (change) this.#options.emit('transfers:changed', change);
    // While something should move and nothing does, its falling speed is told all the same.
    this.#cancelStall?.();
    const isActive = this.unfinished.some((record) => record.engine?.state.phase === 'active');
    this.#cancelStall = isActive ? this.#options.clock.after(STALL_MS, () => this.changed()) : null;
  }
}
