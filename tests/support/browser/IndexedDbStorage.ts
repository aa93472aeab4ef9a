import type { OpenedRecords, ProfileStorage } from '../../../src/backend/ports';
import { allOf, below, change, openDatabase, reading, resultOf } from './indexedDb';
import { IndexedDbRecordLog } from './IndexedDbRecordLog';

const DOCUMENTS = 'documents';
/** The logs there are, by name. */
const LOGS = 'logs';
/** Their records, by name and number. */
const RECORDS = 'records';

/** A profile as a database of this origin. One that is opened again is a restart. */
export class IndexedDbStorage implements ProfileStorage {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  /** @param name of the database; made where it is missing */
  static async open(name: string): Promise<IndexedDbStorage> {
    return new IndexedDbStorage(await openDatabase(name, [DOCUMENTS, LOGS, RECORDS]));
  }

  async read(name: string): Promise<string | null> {
    return ((await resultOf(reading(this.#database, DOCUMENTS).get(name))) as string | undefined) ?? null;
  }

  async write(name: string, content: string): Promise<void> {
    await change(
      this.#database,
      DOCUMENTS,
      (transaction) => transaction.objectStore(DOCUMENTS).put(content, name),
      'strict',
    );
  }

  async setAside(name: string): Promise<string> {
    const content = await this.read(name);
    if (content === null) throw new Error('no document');
    const aside = `${name}.corrupt-${crypto.randomUUID()}`;
    await change(this.#database, DOCUMENTS, (transaction) => {
      transaction.objectStore(DOCUMENTS).add(content, aside);
      transaction.objectStore(DOCUMENTS).delete(name);
    });
    return aside;
  }

  async remove(name: string): Promise<void> {
    const logs = await this.#namesIn(LOGS, name);
    await change(this.#database, [DOCUMENTS, LOGS, RECORDS], (transaction) => {
      for (const store of [DOCUMENTS, LOGS]) {
        transaction.objectStore(store).delete(name);
        transaction.objectStore(store).delete(below(name));
      }
      for (const log of [name, ...logs]) transaction.objectStore(RECORDS).delete(allOf(log));
    });
  }

  async list(folder: string): Promise<string[]> {
    const found = await Promise.all([DOCUMENTS, LOGS].map((store) => this.#namesIn(store, folder)));
    const names = found.flat().map((name) => name.slice(folder.length + 1).split('/', 1)[0] ?? '');
    return [...new Set(names)];
  }

  async readRecords(name: string): Promise<Uint8Array[]> {
    return (await resultOf(reading(this.#database, RECORDS).getAll(allOf(name)))) as Uint8Array[];
  }

  async openRecords(name: string): Promise<OpenedRecords> {
    await change(this.#database, LOGS, (transaction) => transaction.objectStore(LOGS).put(true, name));
    const records = await this.readRecords(name);
    return { records, log: new IndexedDbRecordLog(this.#database, RECORDS, name, records.length) };
  }

  /** Lets go of the database; nothing may be asked afterwards. */
  close(): void {
    this.#database.close();
  }

  /** The whole names of what is below a folder. */
  async #namesIn(storeName: string, folder: string): Promise<string[]> {
    return (await resultOf(reading(this.#database, storeName).getAllKeys(below(folder)))) as string[];
  }
}
