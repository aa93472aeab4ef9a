import type {
  CheckedSources,
  EarlierSink,
  EntryOrigin,
  FileAccess,
  FolderCheck,
  SinkNotes,
  TransferSink,
  TransferSources,
  WalkedPath,
} from '../../../src/backend/ports';
import { HitherError } from '../../../src/shared/errors';
import { type ManifestEntry, MAX_FILE_BYTES } from '../../../src/shared/protocol/transfer';
import type { NameRules } from '../../../src/shared/transfer/manifest/LocalNames';
import type { BlockSource } from '../../../src/shared/transfer/ports';
import type { IndexedDbDisk } from './IndexedDbDisk';
import { IndexedDbSink } from './IndexedDbSink';
import { ANY_NAMES } from '../transfer/anyNames';

/** A backend's files on such a disk: a path is `/` and names, and its folders are there by themselves. */
export class IndexedDbFiles implements FileAccess {
  readonly #disk: IndexedDbDisk;

  constructor(disk: IndexedDbDisk) {
    this.#disk = disk;
  }

  isAbsolute(path: string): boolean {
    return path.startsWith('/');
  }

  /** Of a single file. */
  async walk(path: string, name: string): Promise<WalkedPath> {
    const file = await this.#disk.find(path);
    if (file === null) throw new HitherError('source-missing', { name });
    const { sizeBytes, modifiedMs } = file;
    const entry: ManifestEntry = { kind: 'file', path: name, sizeBytes, modifiedMs };
    return { entries: [{ entry, absolutePath: path, isImplied: false }], leftOut: [] };
  }

  async checkSources(
    entries: readonly ManifestEntry[],
    paths: readonly (string | null)[],
  ): Promise<CheckedSources> {
    const checked: CheckedSources = { changed: [], failed: [] };
    for (const [file, entry] of entries.entries()) {
      const path = paths[file] ?? null;
      if (path === null) continue;
      const found = await this.#disk.find(path);
      if (found === null)
        checked.failed.push({ file, failure: { code: 'source-missing', facts: { name: entry.path } } });
      else if (!isAsPromised(found, entry))
        checked.changed.push({ file, sizeBytes: found.sizeBytes, modifiedMs: found.modifiedMs });
    }
    return checked;
  }

  openSources(entries: readonly ManifestEntry[], origins: readonly EntryOrigin[]): TransferSources {
    return {
      needsPage: origins.some(({ kind }) => kind === 'page'),
      block: (fileIndex, offsetBytes, lengthBytes) =>
        this.#block(entries[fileIndex], origins[fileIndex], offsetBytes, lengthBytes),
      release: () => undefined,
      close: () => undefined,
    };
  }

  async checkFolder(dir: string): Promise<FolderCheck> {
    if (!this.isAbsolute(dir)) throw new HitherError('folder-missing', { name: dir });
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return { freeBytes: Math.max(0, quota - usage), maxFileBytes: MAX_FILE_BYTES };
  }

  async readWhole(path: string, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const file = await this.#disk.find(path);
    if (file === null || file.sizeBytes > maxBytes) throw new HitherError('source-missing', { name: path });
    return new Uint8Array(await (await this.#disk.readAll(file.contentId)).arrayBuffer());
  }

  nameRules(): Promise<NameRules> {
    return Promise.resolve(ANY_NAMES);
  }

  createFile(): Promise<never> {
    return Promise.reject(new HitherError('not-allowed'));
  }

  openSink(
    dir: string,
    entries: readonly ManifestEntry[],
    { notes, earlier }: { notes: SinkNotes; earlier?: EarlierSink },
  ): TransferSink {
    const checkFolder = () => this.checkFolder(dir);
    return new IndexedDbSink({ disk: this.#disk, dir, entries, notes, earlier, checkFolder });
  }

  #block(
    entry: ManifestEntry | undefined,
    origin: EntryOrigin | undefined,
    offsetBytes: number,
    lengthBytes: number,
  ): BlockSource {
    const { path: name, sizeBytes } = entry ?? { path: '', sizeBytes: 0 };
    if (origin?.kind === 'page')
      return { kind: 'page', sourceId: origin.sourceId, offsetBytes, lengthBytes, sizeBytes };
    const read = async (): Promise<Uint8Array<ArrayBuffer>> => {
      const file = origin?.kind === 'path' ? await this.#disk.find(origin.absolutePath) : null;
      if (file === null || entry === undefined) throw new HitherError('source-missing', { name });
      const bytes = await this.#disk.read(file.contentId, offsetBytes);
      if (!isAsPromised(file, entry) || bytes?.length !== lengthBytes)
        throw new HitherError('source-changed', { name });
      return bytes;
    };
    return { kind: 'bytes', lengthBytes, read };
  }
}

function isAsPromised(
  { sizeBytes, modifiedMs }: { sizeBytes: number; modifiedMs: number },
  entry: ManifestEntry,
): boolean {
  return sizeBytes === entry.sizeBytes && modifiedMs === (entry.modifiedMs ?? modifiedMs);
}
