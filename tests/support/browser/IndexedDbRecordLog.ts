import type { RecordLog } from '../../../src/backend/ports';
import { change } from './indexedDb';

/** A log as records under its name and their numbers. Those of one moment go into one transaction. */
export class IndexedDbRecordLog implements RecordLog {
  readonly #database: IDBDatabase;
  readonly #storeName: string;
  readonly #name: string;
  #count: number;
  #queue: Uint8Array[] = [];
  #writing: Promise<void> = Promise.resolve();
  #isClosed = false;

  /** @param count how many records there are */
  constructor(database: IDBDatabase, storeName: string, name: string, count: number) {
    this.#database = database;
    this.#storeName = storeName;
    this.#name = name;
    this.#count = count;
  }

  append(record: Uint8Array): void {
    if (this.#isClosed) return;
    if (this.#queue.length === 0) queueMicrotask(() => this.#flush('relaxed'));
    this.#queue.push(record.slice());
  }

  async written(): Promise<void> {
    this.#flush('relaxed');
    await this.#writing;
  }

  async sync(): Promise<void> {
    // One that is waited for on the disk has those before it there as well.
    this.#flush('strict');
    await this.#writing;
  }

  async close(): Promise<void> {
    await this.written();
    this.#isClosed = true;
  }

  /** Transactions on one store are done in the order in which they began. */
  #flush(durability: IDBTransactionDurability): void {
    const records = this.#queue.splice(0);
    if (this.#isClosed || (records.length === 0 && durability === 'relaxed')) return;
    const written = change(
      this.#database,
      this.#storeName,
      (transaction) => {
        for (const record of records)
          transaction.objectStore(this.#storeName).add(record, [this.#name, this.#count++]);
      },
      durability,
    );
    // A log that can't be written is given up.
    this.#writing = Promise.all([this.#writing, written]).then(
      () => undefined,
      () => {
        this.#isClosed = true;
      },
    );
  }
}
