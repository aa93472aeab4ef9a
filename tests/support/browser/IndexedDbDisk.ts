import { allOf, change, openDatabase, reading, resultOf } from './indexedDb';

/** The files there are, by absolute path. */
const FILES = 'files';
/** Their bytes, by content id and offset, as they were written. */
const PIECES = 'pieces';

/** What is known of a file without its bytes. Sizes in bytes, times in ms since the epoch. */
export interface StoredFile {
  contentId: string;
  sizeBytes: number;
  modifiedMs: number;
}

/** Files in a database of this origin. A content is written piece by piece, and gets a path when it is whole. */
export class IndexedDbDisk {
  readonly #database: IDBDatabase;

  private constructor(database: IDBDatabase) {
    this.#database = database;
  }

  /** @param name of the database; made where it is missing */
  static async open(name: string): Promise<IndexedDbDisk> {
    return new IndexedDbDisk(await openDatabase(name, [FILES, PIECES]));
  }

  /** The file at a path, or `null`. */
  async find(path: string): Promise<StoredFile | null> {
    return ((await resultOf(reading(this.#database, FILES).get(path))) as StoredFile | undefined) ?? null;
  }

  /** All paths, in order. */
  async paths(): Promise<string[]> {
    return (await resultOf(reading(this.#database, FILES).getAllKeys())).map(String);
  }

  /** Gives a content a path. @returns whether it did: not where the path is taken */
  async name(path: string, file: StoredFile): Promise<boolean> {
    try {
      await change(this.#database, FILES, (transaction) => transaction.objectStore(FILES).add(file, path));
      return true;
    } catch (error) {
      if (error instanceof DOMException && error.name === 'ConstraintError') return false;
      throw error;
    }
  }

  /** Writes a piece of a content, in the place of one that began at the same offset. */
  async write(contentId: string, offsetBytes: number, bytes: Uint8Array): Promise<void> {
    // A view of larger memory would be stored with all of that.
    const piece = bytes.slice();
    await change(this.#database, PIECES, (transaction) =>
      transaction.objectStore(PIECES).put(piece, [contentId, offsetBytes]),
    );
  }

  /** The piece that begins at this offset, or `null`. */
  async read(contentId: string, offsetBytes: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const piece = resultOf(reading(this.#database, PIECES).get([contentId, offsetBytes]));
    return ((await piece) as Uint8Array<ArrayBuffer> | undefined) ?? null;
  }

  /** All bytes of a content, in order. */
  async readAll(contentId: string): Promise<Blob> {
    return new Blob(
      (await resultOf(reading(this.#database, PIECES).getAll(allOf(contentId)))) as Uint8Array<ArrayBuffer>[],
    );
  }

  /** Removes a content that has no path. */
  async discard(contentId: string): Promise<void> {
    await change(this.#database, PIECES, (transaction) =>
      transaction.objectStore(PIECES).delete(allOf(contentId)),
    );
  }

  /** Resolves when what has been written so far is on the disk below. */
  async sync(): Promise<void> {
    await change(this.#database, [FILES, PIECES], () => undefined, 'strict');
  }

  /** Lets go of the database; nothing may be asked afterwards. */
  close(): void {
    this.#database.close();
  }
}
