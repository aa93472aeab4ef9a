import { HitherError, type Failure } from '../../errors';
import type { ManifestEntry } from '../../protocol/transfer';
import { blockCount, blockLength } from '../blocks';

/** Files named in what a person is told; the others are counted. */
const MAX_NAMED = 20;
/** How much an accepted offer may grow by files that changed at the sender: as much again, and one block. */
const MAX_GROWTH = 2;
const GROWTH_FLOOR_BYTES = 1024 * 1024;

/**
 * How often bytes of one transfer may come damaged before it fails. Lanes are authenticated, so what damages them is bad
 * memory or a hostile sender; 64 blocks are 64 MiB that such a one can have sent in vain.
 */
const MAX_DAMAGES = 64;

/** What a run finds on disk of an earlier one. */
export interface RecoveredProgress {
  complete: readonly number[];
  /** Digests of blocks that are on disk as they were written, by file. */
  blocks: ReadonlyMap<number, readonly (Uint8Array | undefined)[]>;
  /** Blocks that had been written and are damaged or gone, and so are fetched again. */
  lostBlocks: number;
}

/** What happened to single files of a transfer. */
export interface FileTroubles {
  /** Names of files that changed at the sender and started over, at most 20. */
  restarted: string[];
  failed: { path: string; failure: Failure }[];
  failedCount: number;
  /** Blocks that came damaged, or were damaged or gone on disk, and were fetched again. */
  lostBlocks: number;
}

/** The account of an incoming transfer: its manifest, and which entries are done. */
export class ReceiveProgress {
  readonly entries: ManifestEntry[];
  readonly troubles: FileTroubles = { restarted: [], failed: [], failedCount: 0, lostBlocks: 0 };
  readonly #complete: boolean[];
  readonly #limitBytes: number;
  readonly #damagedFiles = new Set<number>();
  readonly #changedFiles = new Set<number>();
  #damages = 0;
  #totalBytes: number;
  /** Every entry before this one is complete. */
  completeBefore = 0;
  /** Folders are no files. */
  doneFiles = 0;
  doneBytes = 0;
  readonly #fileCount: number;
  #doneEntries = 0;

  constructor(entries: readonly ManifestEntry[]) {
    this.entries = [...entries];
    this.#complete = entries.map(() => false);
    this.#fileCount = entries.filter(({ kind }) => kind === 'file').length;
    this.#totalBytes = entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    this.#limitBytes = this.#totalBytes * MAX_GROWTH + GROWTH_FLOOR_BYTES;
  }

  /** Gives entries the paths that they have on this disk, by file number. */
  rename(paths: readonly string[]): void {
    for (const [index, path] of paths.entries()) {
      const entry = this.entries[index];
      if (entry && entry.path !== path) this.entries[index] = { ...entry, path };
    }
  }

  /** Of all files as they are now, in bytes. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  isComplete(index: number): boolean {
    return this.#complete[index] ?? false;
  }

  get isWhole(): boolean {
    return this.#doneEntries === this.entries.length;
  }

  /** Why no file came, where every one failed. */
  get failure(): Failure | null {
    const hasFailed = this.troubles.failedCount > 0 && this.troubles.failedCount === this.#fileCount;
    return hasFailed ? (this.troubles.failed[0]?.failure ?? null) : null;
  }

  /** Notes that an entry is done; `false` where it was. */
  complete(index: number): boolean {
    if (this.#complete[index] !== false) return false;
    this.#complete[index] = true;
    this.#doneEntries++;
    if (this.entries[index]?.kind === 'file') this.doneFiles++;
    while (this.#complete[this.completeBefore]) this.completeBefore++;
    return true;
  }

  /** Counts what an earlier run left. */
  recovered({ complete, blocks, lostBlocks }: RecoveredProgress): void {
    this.doneBytes = 0;
    this.troubles.lostBlocks += lostBlocks;
    for (const index of complete) {
      if (this.complete(index)) this.doneBytes += this.entries[index]?.sizeBytes ?? 0;
    }
    for (const [index, digests] of blocks) this.doneBytes += this.#bytesOf(index, digests);
  }

  /**
   * A file is another one now. Returns whether it was complete, in which case it stays as it came.
   * @throws HitherError `protocol-violation`, or `source-changed` where the transfer grows far beyond what was accepted
   */
  change(index: number, { sizeBytes, modifiedMs }: { sizeBytes: number; modifiedMs: number }): boolean {
    const entry = this.entries[index];
    if (entry?.kind !== 'file') throw new HitherError('protocol-violation');
    this.#totalBytes += sizeBytes - entry.sizeBytes;
    if (this.#totalBytes > this.#limitBytes) throw new HitherError('source-changed', { name: entry.path });
    this.entries[index] = { ...entry, sizeBytes, modifiedMs };
    this.#changedFiles.add(index);
    if (this.isComplete(index)) return true;
    this.restarted(index);
    return false;
  }

  /**
   * Notes that blocks of a file came damaged and are fetched again.
   * @throws HitherError `corrupt-file` where that happens too often
   */
  damaged(index: number, blocks = 1): void {
    this.troubles.lostBlocks += blocks;
    if (++this.#damages > MAX_DAMAGES) throw this.#corrupt(index);
  }

  /**
   * Notes that a file whose blocks were all as they should be is another one than announced, and starts over.
   * @throws HitherError `corrupt-file` the second time, or where too much came damaged
   */
  damagedFile(index: number): void {
    if (this.#damagedFiles.has(index)) throw this.#corrupt(index);
    this.#damagedFiles.add(index);
    this.damaged(index, blockCount(this.entries[index]?.sizeBytes ?? 0));
  }

  /** Notes that a file is another one now, and starts over. */
  restarted(index: number): void {
    this.#changedFiles.add(index);
    const path = this.entries[index]?.path;
    if (path !== undefined && this.troubles.restarted.length < MAX_NAMED) this.troubles.restarted.push(path);
  }

  /** Whether a file is not what was offered, so that blocks may still come of what it was. */
  hasChanged(index: number): boolean {
    return this.#changedFiles.has(index);
  }

  /**
   * Whether the sender tells a file's digest when it is sent: not where the file is one block, whose own digest says as much. Of a
   * file that changed, blocks of what it was may still come.
   */
  awaitsDigest(index: number): boolean {
    return this.hasChanged(index) || blockCount(this.entries[index]?.sizeBytes ?? 0) !== 1;
  }

  /** Whether a change is known already. */
  isAs(index: number, { sizeBytes, modifiedMs }: { sizeBytes: number; modifiedMs: number }): boolean {
    const entry = this.entries[index];
    return entry?.sizeBytes === sizeBytes && entry.modifiedMs === modifiedMs;
  }

  failed(index: number, failure: Failure): void {
    this.troubles.failedCount++;
    if (this.troubles.failed.length < MAX_NAMED)
      this.troubles.failed.push({ path: this.entries[index]?.path ?? '', failure });
  }

  /** Complete files from `from` on, as a `resume` names them. */
  completeAfter(from: number, limit: number): { file: number; ranges: [number, number][] }[] {
    const found: { file: number; ranges: [number, number][] }[] = [];
    for (let file = from; file < this.entries.length && found.length < limit; file++) {
      const blocks = blockCount(this.entries[file]?.sizeBytes ?? 0);
      if (this.#complete[file] && blocks > 0) found.push({ file, ranges: [[0, blocks]] });
    }
    return found;
  }

  #corrupt(index: number): HitherError {
    return new HitherError('corrupt-file', { name: this.entries[index]?.path ?? '' });
  }

  #bytesOf(index: number, digests: readonly (Uint8Array | undefined)[]): number {
    const sizeBytes = this.entries[index]?.sizeBytes ?? 0;
    return digests.reduce((sum, digest, block) => sum + (digest ? blockLength(sizeBytes, block) : 0), 0);
  }
}
