import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { TransferView } from '../../../shared/contract/transfers';
import { DeviceId } from '../../../shared/device';
import type { Log } from '../../../main/node/log';
import { atomicWrite } from '../../../main/node/storage/atomicWrite';

/** Finished transfers kept; about half a kilobyte each. */
const MAX_ENTRIES = 500;

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
  readonly #path: string | null;
  readonly #log: Log;
  #entries: HistoryEntry[] = [];
  #saving: Promise<void> = Promise.resolve();

  static empty(log: Log): History {
    return new History(null, log);
  }

  private constructor(path: string | null, log: Log) {
    this.#path = path;
    this.#log = log;
  }

  /** Reads what earlier runs kept. */
  static async open(path: string, log: Log): Promise<History> {
    const history = new History(path, log);
    try {
      const list = z.array(z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')));
      history.#entries = list.flatMap((each) => HistoryEntry.safeParse(each).data ?? []).slice(-MAX_ENTRIES);
    } catch {
      // There is none yet, or somebody wrote nonsense into it; neither is worth a word.
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

  /** Adds a transfer; resolves when it is on disk. */
  async add(entry: HistoryEntry): Promise<void> {
    this.#entries = this.#entries.filter(({ view }) => view.transferId !== entry.view.transferId);
    this.#entries.push(entry);
    this.#entries = this.#entries.slice(-MAX_ENTRIES);
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
    const path = this.#path;
    if (path === null) return Promise.resolve();
    this.#saving = this.#saving
      .then(() => atomicWrite(path, JSON.stringify(this.#entries)))
      .catch((error: unknown) => this.#log.warn('history', { to: 'not saved', error }));
    return this.#saving;
  }
}
