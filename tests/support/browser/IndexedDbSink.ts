import type { ClaimedFiles, Digest, EarlierSink, SinkNotes, TransferSink } from '../../../src/backend/ports';
import { HitherError } from '../../../src/shared/errors';
import type { ManifestEntry } from '../../../src/shared/protocol/transfer';
import { BLOCK_BYTES } from '../../../src/shared/transfer/blocks';
import { isSameDigest } from '../../../src/shared/transfer/fileDigest';
import { totalBytesOf } from '../../../src/shared/transfer/manifest/offer';
import type { SinkFile } from '../../../src/shared/transfer/ports';
import type { RecoveredProgress } from '../../../src/shared/transfer/receiving/ReceiveProgress';
import type { IndexedDbDisk } from './IndexedDbDisk';

export interface IndexedDbSinkOptions {
  disk: IndexedDbDisk;
  /** Absolute path. */
  dir: string;
  entries: readonly ManifestEntry[];
  notes: SinkNotes;
  earlier: EarlierSink | undefined;
  /** @throws HitherError where the folder can't be written to */
  checkFolder: () => Promise<{ freeBytes: number }>;
}

/** Receives a manifest onto such a disk. What a file is received under, and noted as, is the id of its content. */
export class IndexedDbSink implements TransferSink {
  readonly #options: IndexedDbSinkOptions;
  /** Contents that have no path yet, by file. */
  readonly #parts: Map<number, string>;
  #firstPath: string | null = null;

  constructor(options: IndexedDbSinkOptions) {
    this.#options = options;
    this.#parts = new Map(options.earlier?.parts);
  }

  get revealPath(): string {
    return this.#firstPath ?? this.#options.dir;
  }

  async prepare(): Promise<void> {
    const { dir, entries, checkFolder } = this.#options;
    const { freeBytes } = await checkFolder();
    const neededBytes = totalBytesOf(entries);
    if (neededBytes > freeBytes) throw new HitherError('disk-full', { name: dir, neededBytes, freeBytes });
  }

  open(fileIndex: number): Promise<SinkFile> {
    const { disk, notes } = this.#options;
    const contentId = this.#parts.get(fileIndex) ?? this.#newPart(fileIndex);
    return Promise.resolve({
      write: async (offsetBytes, bytes) => {
        await disk.write(contentId, offsetBytes, bytes).catch((error: unknown) => {
          throw writeError(error, this.#entry(fileIndex).path);
        });
        notes.wrote(bytes.length);
      },
      finish: () => Promise.resolve(),
      commit: () => this.#commit(fileIndex, contentId),
    });
  }

  makeFolder(): Promise<void> {
    return Promise.resolve();
  }

  dateFolders(): Promise<void> {
    return Promise.resolve();
  }

  async drop(fileIndex: number): Promise<void> {
    const contentId = this.#parts.get(fileIndex);
    this.#parts.delete(fileIndex);
    if (contentId !== undefined) await this.#options.disk.discard(contentId);
  }

  async abandon(): Promise<void> {
    for (const fileIndex of [...this.#parts.keys()]) await this.drop(fileIndex);
  }

  async sync(): Promise<void> {
    await this.#options.disk.sync().catch(() => undefined);
  }

  async recover({ complete, blocks, notes }: ClaimedFiles, digest: Digest): Promise<RecoveredProgress> {
    const { disk, checkFolder } = this.#options;
    await checkFolder();
    const found = { complete: [...complete], blocks: new Map<number, Uint8Array[]>(), lostBlocks: 0 };
    for (const [file, digests] of blocks) {
      const contentId = notes.parts.get(file);
      const named = notes.namings.get(file);
      const isNamed = named !== undefined && (await disk.find(named))?.contentId === contentId;
      if (isNamed) {
        found.complete.push(file);
        this.#parts.delete(file);
        continue;
      }
      const good: Uint8Array[] = [];
      for (const [block, claimed] of digests.entries()) {
        if (claimed === undefined) continue;
        const bytes = contentId === undefined ? null : await disk.read(contentId, block * BLOCK_BYTES);
        if (bytes !== null && isSameDigest(await digest(bytes), claimed)) good[block] = claimed;
        else found.lostBlocks++;
      }
      found.blocks.set(file, good);
    }
    return found;
  }

  #newPart(fileIndex: number): string {
    const contentId = crypto.randomUUID();
    this.#parts.set(fileIndex, contentId);
    void this.#options.notes.part(fileIndex, contentId);
    return contentId;
  }

  /** Nothing that is there already is replaced. */
  async #commit(fileIndex: number, contentId: string): Promise<void> {
    const { disk, dir, notes } = this.#options;
    const { path, sizeBytes, modifiedMs = Date.now() } = this.#entry(fileIndex);
    for (let n = 0; this.#parts.has(fileIndex); n++) {
      const name = `${dir}/${n === 0 ? path : path.replace(/(\.[^./]*)?$/, ` (${n})$1`)}`;
      if ((await disk.find(name)) !== null) continue;
      await notes.naming(fileIndex, name);
      if (!(await disk.name(name, { contentId, sizeBytes, modifiedMs }))) continue;
      this.#parts.delete(fileIndex);
      this.#firstPath ??= name;
    }
  }

  #entry(fileIndex: number): ManifestEntry {
    const entry = this.#options.entries[fileIndex];
    if (!entry) throw new HitherError('protocol-violation');
    return entry;
  }
}

function writeError(error: unknown, name: string): HitherError {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return new HitherError(isFull ? 'disk-full' : 'disk-error', { name }, error);
}
