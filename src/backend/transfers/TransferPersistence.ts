import type { Log, ProfileStorage } from '../ports';
import { History } from './history/History';
import type { Manifest } from './sending/manifestOf';
import type { TransferRecord } from './TransferRecord';
import {
  type KeptTransfer,
  type LoadedTransfer,
  type StoredTransfer,
  type TransferJournal,
  TransferStore,
} from './journal/TransferStore';

/** What the profile keeps of transfers: those that are not over, and how others ended. */
export class TransferPersistence {
  readonly #storage: ProfileStorage | null;
  readonly #log: Log;
  readonly #store: TransferStore | null;
  #history: History;

  /** @param storage `null` keeps nothing over restarts */
  constructor(storage: ProfileStorage | null, log: Log) {
    this.#storage = storage;
    this.#log = log;
    this.#store = storage && new TransferStore(storage, log);
    this.#history = History.empty(log);
  }

  get history(): History {
    return this.#history;
  }

  /** Reads both; resolves with what earlier runs left unfinished. */
  async load(): Promise<LoadedTransfer[]> {
    if (!this.#storage || !this.#store) return [];
    this.#history = await History.open(this.#storage, this.#log);
    const unfinished: LoadedTransfer[] = [];
    for (const loaded of await this.#store.load()) {
      if (this.#history.get(loaded.stored.transferId)) {
        await loaded.journal.close();
        await this.#store.remove(loaded.stored.transferId);
      } else unfinished.push(loaded);
    }
    return unfinished;
  }

  /**
   * Reads what is kept of a transfer that is under way.
   * @throws Error where that can't be read
   */
  async reread(transferId: string): Promise<KeptTransfer> {
    if (!this.#store) throw new Error('nothing is kept');
    return this.#store.read(transferId);
  }

  /** Forgets a transfer that is over, after the history has it: what is in both is over. */
  async settled({ journal, options }: TransferRecord): Promise<void> {
    await journal?.close();
    if (journal) await this.#store?.remove(options.transferId);
  }

  /** Keeps a transfer in the profile; one that can't be kept goes on all the same, as long as the process does. */
  async keep(
    { options, chosen, leftOut, renamed }: TransferRecord,
    { manifest, streamNo, dir }: { manifest: Manifest; streamNo: number; dir: string | null },
  ): Promise<TransferJournal | null> {
    const { transferId, deviceId, peerName, direction, nowMs: startedMs } = options;
    const { entries, origins } = manifest;
    const stored: StoredTransfer = {
      version: 1,
      ...{ transferId, direction, deviceId, peerName, streamNo, startedMs, entries, dir },
      paths: origins.map((origin) => (origin.kind === 'path' ? origin.absolutePath : null)),
      needsPage: origins.some(({ kind }) => kind === 'page'),
      chosen: [...chosen],
      leftOut: [...leftOut],
      renamed,
    };
    try {
      return (await this.#store?.add(stored)) ?? null;
    } catch (error) {
      this.#log.warn('transfer-store', { to: 'not kept', error });
      return null;
    }
  }
}
