import { z } from 'zod';
import { TransferView } from '../../../shared/contract/transfers';
import { DeviceId } from '../../../shared/device';
import type { Log, ProfileStorage } from '../../ports';

const DOCUMENT = 'history.json';

/** Finished transfers kept; about half a kilobyte each, without what was chosen. */
const MAX_ENTRIES = 500;
/**
 * Chosen paths kept in all, some 150 bytes each; those of the last transfer stay, however many. A person who picks thousands of
 * files one by one would otherwise fill memory and disk by and by.
 */
const MAX_CHOSEN = 10_000;

/** A finished transfer as the profile keeps it. */
export const HistoryEntry = z.object({
  view: TransferView,
  deviceId: DeviceId,
  entryCount: z.int(),
  /** What was chosen, where those were paths. */
  chosen: z.array(z.object({ path: z.string(), name: z.string() })),
  revealPath: z.string().nullable(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** Finished transfers, over restarts. */
export class History {
  /** `null` keeps nothing over restarts. */
  readonly #storage: ProfileStorage | null;
  readonly #log: Log;
  #entries: HistoryEntry[] = [];
  #saving: Promise<void> = Promise.resolve();

  static empty(log: Log): History {
    return new History(null, log);
  }

  private constructor(storage: ProfileStorage | null, log: Log) {
    this.#storage = storage;
    this.#log = log;
  }

  /** Reads what earlier runs kept. */
  static async open(storage: ProfileStorage, log: Log): Promise<History> {
    const history = new History(storage, log);
    try {
      const list = z.array(z.unknown()).parse(JSON.parse((await storage.read(DOCUMENT)) ?? '[]'));
      history.#entries = bounded(list.flatMap((each) => HistoryEntry.safeParse(each).data ?? []));
    } catch {
      // Somebody wrote nonsense into it, which is not worth a word.
    }
    return history;
  }

  get(transferId: string): HistoryEntry | null {
    return this.#entries.find(({ view }) => view.transferId === transferId) ?? null;
  }

  /** Newest first. */
  get all(): HistoryEntry[] {
    return [...this.#entries].reverse();
  }

  /** Adds a transfer; resolves when it is stored. */
  async add(entry: HistoryEntry): Promise<void> {
    this.#entries = this.#entries.filter(({ view }) => view.transferId !== entry.view.transferId);
    this.#entries.push(entry);
    this.#entries = bounded(this.#entries);
    await this.#save();
  }

  async remove(transferId: string): Promise<void> {
    this.#entries = this.#entries.filter(({ view }) => view.transferId !== transferId);
    await this.#save();
  }

  async clear(): Promise<void> {
    this.#entries = [];
    await this.#save();
  }

  /** One after the other, the last with all there is. */
  #save(): Promise<void> {
    const storage = this.#storage;
    if (storage === null) return Promise.resolve();
    this.#saving = this.#saving
      .then(() => storage.write(DOCUMENT, JSON.stringify(this.#entries)))
      .catch((error: unknown) => this.#log.warn('history', { to: 'not saved', error }));
    return this.#saving;
  }
}

/** The last entries; where their paths are too many, older ones can't be offered again. @param entries oldest first */
function bounded(entries: readonly HistoryEntry[]): HistoryEntry[] {
  let newerCount = 0;
  return entries
    .slice(-MAX_ENTRIES)
    .reverse()
    .map((entry) => {
      const count = newerCount + entry.chosen.length;
      if (newerCount > 0 && count > MAX_CHOSEN)
        return { ...entry, chosen: [], view: { ...entry.view, canRetry: false } };
      newerCount = count;
      return entry;
    })
    .reverse();
}
