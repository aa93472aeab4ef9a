import { z } from 'zod';
import { LeftOut, Renamed } from '../../../shared/contract/transfers';
import { DeviceId } from '../../../shared/device';
import { RandomId } from '../../../shared/ids';
import { ManifestEntry } from '../../../shared/protocol/transfer';
import { blockCount } from '../../../shared/transfer/blocks';
import type { Log, ProfileStorage, RecordLog } from '../../ports';
import { decodeRecord, encodeRecord, type JournalRecord } from './journalRecords';
import { JournalState } from './JournalState';

const FOLDER = 'transfers';
/** Unfinished transfers read at start; more than a person ever has, and each may hold 100,000 names. */
const MAX_STORED = 100;

/** What never changes of a transfer, as it is kept in the profile. */
export const StoredTransfer = z.object({
  version: z.literal(1),
  transferId: RandomId,
  direction: z.enum(['send', 'receive']),
  deviceId: DeviceId,
  peerName: z.string(),
  streamNo: z.int(),
  startedMs: z.number(),
  /** Receiving: with the paths that they have here. */
  entries: z.array(ManifestEntry),
  /** Receiving: the folder. */
  dir: z.string().nullable(),
  /** Sending: the absolute path of each entry, `null` where the page has it. */
  paths: z.array(z.string().nullable()),
  /** Sending: some of it is a page's, and gone with that. */
  needsPage: z.boolean(),
  /** Sending: what was chosen, to offer it again. */
  chosen: z.array(z.object({ path: z.string(), name: z.string() })),
  leftOut: z.array(LeftOut),
  renamed: Renamed,
});
export type StoredTransfer = z.infer<typeof StoredTransfer>;

/** The journal of one stored transfer, to add to. */
export interface TransferJournal {
  note(record: JournalRecord): void;
  written(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** What is kept of a transfer: how it began, and what was noted since. */
export interface KeptTransfer {
  stored: StoredTransfer;
  state: JournalState;
}

/** A transfer of an earlier run. */
export interface LoadedTransfer extends KeptTransfer {
  journal: TransferJournal;
}

/**
 * Unfinished transfers in the profile: a folder each, with `transfer.json`, which never changes, and a journal, which only
 * grows. They are here and not beside the received files because a tree of thousands of files needs one journal and not
 * thousands, because the received folder may be on a disk that is not always there, or synchronised somewhere, and
 * because nobody else may write to the profile.
 */
export class TransferStore {
  readonly #storage: ProfileStorage;
  readonly #log: Log;

  constructor(storage: ProfileStorage, log: Log) {
    this.#storage = storage;
    this.#log = log;
  }

  /**
   * Keeps a new transfer.
   * @throws Error of the storage
   */
  async add(stored: StoredTransfer): Promise<TransferJournal> {
    const { transferId } = stored;
    // A kill between journal and document may have left one of an offer that comes again.
    await this.#storage.remove(folderOf(transferId));
    const { log } = await this.#storage.openRecords(journalOf(transferId));
    try {
      await this.#storage.write(documentOf(transferId), JSON.stringify(stored));
    } catch (error) {
      await log.close();
      await this.remove(transferId);
      throw error;
    }
    return transferJournal(log);
  }

  /** Every unfinished transfer, oldest first. What can't be read is left alone and not listed. */
  async load(): Promise<LoadedTransfer[]> {
    const names = await this.#storage.list(FOLDER).catch(() => []);
    const loaded: LoadedTransfer[] = [];
    for (const name of names.filter((each) => RandomId.safeParse(each).success).slice(0, MAX_STORED)) {
      try {
        loaded.push(await this.#loadOne(name));
      } catch (error) {
        this.#log.warn('transfer-store', { to: 'unreadable', error });
      }
    }
    return loaded.sort((a, b) => a.stored.startedMs - b.stored.startedMs);
  }

  /** Forgets a transfer, its journal closed before. Never fails. */
  async remove(transferId: string): Promise<void> {
    await this.#storage
      .remove(folderOf(transferId))
      .catch((error: unknown) => this.#log.warn('transfer-store', { to: 'not removed', error }));
  }

  /**
   * Reads what is kept of one transfer.
   * @throws Error of the storage, or of a document that is not one of ours
   */
  async read(transferId: string): Promise<KeptTransfer> {
    const stored = await this.#document(transferId);
    return { stored, state: stateOf(stored, await this.#storage.readRecords(journalOf(transferId))) };
  }

  async #loadOne(transferId: string): Promise<LoadedTransfer> {
    const stored = await this.#document(transferId);
    const { records, log } = await this.#storage.openRecords(journalOf(transferId));
    return { stored, state: stateOf(stored, records), journal: transferJournal(log) };
  }

  async #document(transferId: string): Promise<StoredTransfer> {
    const text = await this.#storage.read(documentOf(transferId));
    if (text === null) throw new Error('no document');
    return StoredTransfer.parse(JSON.parse(text));
  }
}

function stateOf({ entries }: StoredTransfer, records: readonly Uint8Array[]): JournalState {
  const state = new JournalState();
  const decoded = records.map(decodeRecord).filter((record) => record !== null);
  const sizes = decoded.map((record) => (record.type === 'changed' ? record.sizeBytes : 0));
  const longest = [...entries.map(({ sizeBytes }) => sizeBytes), ...sizes].reduce(
    (a, b) => Math.max(a, b),
    0,
  );
  for (const record of decoded) state.apply(record, blockCount(longest));
  return state;
}

function transferJournal(log: RecordLog): TransferJournal {
  return {
    note: (record) => log.append(encodeRecord(record)),
    written: () => log.written(),
    sync: () => log.sync(),
    close: () => log.close(),
  };
}

function folderOf(transferId: string): string {
  return `${FOLDER}/${transferId}`;
}

function documentOf(transferId: string): string {
  return `${folderOf(transferId)}/transfer.json`;
}

function journalOf(transferId: string): string {
  return `${folderOf(transferId)}/journal`;
}
