import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DeviceId } from '../../../shared/device';
import { RandomId } from '../../../shared/ids';
import { ManifestEntry } from '../../../shared/protocol/transfer';
import { blockCount } from '../../../shared/transfer/blocks';
import type { Log } from '../../../main/node/log';
import { atomicWrite } from '../../../main/node/storage/atomicWrite';
import { Journal, readRecords } from '../../../main/node/storage/Journal';
import { decodeRecord, encodeRecord, type JournalRecord } from './journalRecords';
import { JournalState } from './JournalState';

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
  entries: z.array(ManifestEntry),
  /** Receiving: the folder. */
  dir: z.string().nullable(),
  /** Sending: the absolute path of each entry, `null` where the page has it. */
  paths: z.array(z.string().nullable()),
  /** Sending: some of it is a page's, and gone with that. */
  needsPage: z.boolean(),
  /** Sending: what was chosen, to offer it again. */
  chosen: z.array(z.object({ path: z.string(), name: z.string() })),
  skipped: z.object({ count: z.int(), names: z.array(z.string()) }),
});
export type StoredTransfer = z.infer<typeof StoredTransfer>;

/** The journal of one stored transfer, to add to. */
export interface TransferJournal {
  note(record: JournalRecord): void;
  written(): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** A transfer of an earlier run. */
export interface LoadedTransfer {
  stored: StoredTransfer;
  state: JournalState;
  journal: TransferJournal;
}

/**
 * Unfinished transfers in the profile: a folder each, with `transfer.json`, which never changes, and a journal, which only
 * grows. They are here and not beside the received files because a tree of thousands of files needs one journal and not
 * thousands, because the received folder may be on a disk that is not always there, or synchronised somewhere, and
 * because nobody else may write to the profile.
 */
export class TransferStore {
  readonly #dir: string;
  readonly #log: Log;

  /** @param dir folder of its own in the profile; made when it is needed */
  constructor(dir: string, log: Log) {
    this.#dir = dir;
    this.#log = log;
  }

  /**
   * Keeps a new transfer.
   * @throws Error of the file system
   */
  async add(stored: StoredTransfer): Promise<TransferJournal> {
    const dir = this.#folder(stored.transferId);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const journal = await Journal.open(join(dir, 'journal'), 0, this.#log);
    await atomicWrite(join(dir, 'transfer.json'), JSON.stringify(stored));
    return journalOf(journal);
  }

  /** Every unfinished transfer, oldest first. What can't be read is left alone and not listed. */
  async load(): Promise<LoadedTransfer[]> {
    const names = await readdir(this.#dir).catch(() => []);
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
    await rm(this.#folder(transferId), { recursive: true, force: true }).catch((error: unknown) =>
      this.#log.warn('transfer-store', { to: 'not removed', error }),
    );
  }

  /**
   * Reads what is kept of one transfer.
   * @throws Error of the file system, or of a file that is not one of ours
   */
  async read(transferId: string): Promise<Pick<LoadedTransfer, 'stored' | 'state'> & { validBytes: number }> {
    const dir = this.#folder(transferId);
    const stored = StoredTransfer.parse(JSON.parse(await readFile(join(dir, 'transfer.json'), 'utf8')));
    const content = await readFile(join(dir, 'journal')).catch(() => new Uint8Array());
    const { records, validBytes } = readRecords(content);
    const state = new JournalState();
    const decoded = records.map(decodeRecord).filter((record) => record !== null);
    const sizes = decoded.map((record) => (record.type === 'changed' ? record.sizeBytes : 0));
    const longest = [...stored.entries.map(({ sizeBytes }) => sizeBytes), ...sizes].reduce(
      (a, b) => Math.max(a, b),
      0,
    );
    for (const record of decoded) state.apply(record, blockCount(longest));
    return { stored, state, validBytes };
  }

  async #loadOne(transferId: string): Promise<LoadedTransfer> {
    const { validBytes, ...found } = await this.read(transferId);
    const path = join(this.#folder(transferId), 'journal');
    return { ...found, journal: journalOf(await Journal.open(path, validBytes, this.#log)) };
  }

  #folder(transferId: string): string {
    return join(this.#dir, transferId);
  }
}

function journalOf(journal: Journal): TransferJournal {
  return {
    note: (record) => journal.append(encodeRecord(record)),
    written: () => journal.written(),
    sync: () => journal.sync(),
    close: () => journal.close(),
  };
}
