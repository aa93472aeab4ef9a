import type { ManifestEntry } from '../../protocol/transfer';
import { BlockMap, blockCount, blockLength } from '../blocks';

export interface PlannedBlock {
  fileIndex: number;
  blockIndex: number;
}

interface FilePlan {
  /** Blocks sent, or known to be at the receiver. */
  done: BlockMap;
  digests: (Uint8Array | undefined)[];
}

/**
 * What an outgoing transfer has still to send, in manifest order, with what came back from lost lanes first. Keeps
 * the block digests of every file (32 bytes a MiB) as long as the transfer lasts, so that nothing is read twice to be hashed.
 */
export class SendPlan {
  readonly #entries: readonly ManifestEntry[];
  readonly #files = new Map<number, FilePlan>();
  readonly #returned: PlannedBlock[] = [];
  /** Files that are gone: the receiver does without. */
  readonly #failed: ReadonlySet<number>;
  /** Blocks that the receiver said it had when there was a lane again. */
  #kept = new Map<number, BlockMap>();
  #cursor: PlannedBlock = { fileIndex: 0, blockIndex: 0 };
  /** Files all of whose blocks are with a lane or at the receiver. */
  #whole = new Set<number>();
  /** Files whose last block went out and whose digest has not been announced. */
  #ready: number[] = [];
  doneBytes = 0;
  /** Folders are no files. */
  doneFiles = 0;
  #doneEntries = 0;

  /**
   * @param digests of blocks that an earlier run sent, by file
   * @param failed files that can't be sent any more
   */
  constructor(
    entries: readonly ManifestEntry[],
    digests: ReadonlyMap<number, (Uint8Array | undefined)[]> = new Map(),
    failed: readonly { file: number }[] = [],
  ) {
    this.#entries = entries;
    this.#failed = new Set(failed.map(({ file }) => file));
    for (const [fileIndex, known] of digests) {
      this.#files.set(fileIndex, { done: new BlockMap(this.#size(fileIndex)), digests: known });
    }
    this.#skipEmpty();
  }

  /** The next block to send, or `null` when all have been consumed. */
  peek(): PlannedBlock | null {
    const returned = this.#returned[0];
    if (returned) return returned;
    return this.#cursor.fileIndex < this.#entries.length ? this.#cursor : null;
  }

  /** Consumes the block that `peek` gave. */
  consume(block: PlannedBlock): void {
    if (block === this.#returned[0]) this.#returned.shift();
    else this.#advance();
  }

  /** Gives a block back that its lane did not send, or accepted and died with. */
  putBack(block: PlannedBlock, lengthBytes: number): void {
    const { fileIndex, blockIndex } = block;
    const { done } = this.#plan(fileIndex);
    if (done.has(blockIndex)) {
      if (this.#whole.delete(fileIndex)) this.#count(fileIndex, -1);
      done.remove(blockIndex);
      this.doneBytes -= lengthBytes;
    }
    this.#returned.push(block);
  }

  /** Whether a block is with a lane or at the receiver. */
  hasSent({ fileIndex, blockIndex }: PlannedBlock): boolean {
    return this.#files.get(fileIndex)?.done.has(blockIndex) ?? false;
  }

  /** Notes that a lane has accepted a block. */
  sent(block: PlannedBlock, lengthBytes: number, digest: Uint8Array): void {
    const file = this.#plan(block.fileIndex);
    file.done.add(block.blockIndex);
    file.digests[block.blockIndex] = digest;
    this.doneBytes += lengthBytes;
    if (file.done.isComplete) this.#complete(block.fileIndex);
  }

  /** The files whose digest can be told now; one that is sent again is given again. */
  removeReadyFiles(): { fileIndex: number; digests: Uint8Array[] }[] {
    return this.#ready.splice(0).map((fileIndex) => ({
      fileIndex,
      digests: (this.#files.get(fileIndex)?.digests ?? []).filter((digest) => digest !== undefined),
    }));
  }

  /** Whether every entry has been sent, as far as lanes have told. */
  get isComplete(): boolean {
    return this.#doneEntries === this.#entries.length;
  }

  /**
   * Whether the receiver can have everything: what a lane has in hand may be there before the lane has told, and what a dead one gave
   * back may have arrived all the same.
   */
  get isHandedOut(): boolean {
    return this.#cursor.fileIndex >= this.#entries.length;
  }

  /** The receiver has everything. */
  finish(): void {
    this.#restartCounts(this.#entries.length);
  }

  /** Starts over from what the receiver has once there is a lane again. */
  restart(
    completeBefore: number,
    partial: readonly { file: number; ranges: readonly (readonly [number, number])[] }[],
  ): void {
    this.#returned.length = 0;
    this.#ready = [];
    this.#kept = new Map(partial.map(({ file, ranges }) => [file, this.#mapOf(file, ranges)]));
    this.#whole = new Set();
    for (const fileIndex of this.#files.keys()) if (fileIndex < completeBefore) this.#files.delete(fileIndex);
    this.#restartCounts(completeBefore);
    this.#cursor = { fileIndex: completeBefore, blockIndex: -1 };
    for (const [fileIndex, file] of this.#files)
      file.done = this.#kept.get(fileIndex) ?? new BlockMap(this.#size(fileIndex));
    for (const [fileIndex, kept] of this.#kept) {
      for (let block = 0; block < kept.count; block++) {
        if (kept.has(block)) this.doneBytes += blockLength(this.#size(fileIndex), block);
      }
    }
    this.#advance();
  }

  /** Blocks that the receiver claims and whose digest was never computed here are not believed. */
  #mapOf(fileIndex: number, ranges: readonly (readonly [number, number])[]): BlockMap {
    const map = new BlockMap(this.#size(fileIndex));
    const digests = this.#files.get(fileIndex)?.digests ?? [];
    for (const [from, to] of ranges) {
      for (let block = from; block < Math.min(to, map.count); block++) if (digests[block]) map.add(block);
    }
    return map;
  }

  #advance(): void {
    this.#cursor = { fileIndex: this.#cursor.fileIndex, blockIndex: this.#cursor.blockIndex + 1 };
    this.#skipEmpty();
  }

  /** Moves the cursor to the next block that has to be sent, completing files on the way that need none. */
  #skipEmpty(): void {
    for (;;) {
      const { fileIndex, blockIndex } = this.#cursor;
      if (fileIndex >= this.#entries.length) return;
      if (this.#failed.has(fileIndex) || blockIndex >= blockCount(this.#size(fileIndex))) {
        if (this.#failed.has(fileIndex) || this.#plan(fileIndex).done.isComplete) this.#complete(fileIndex);
        this.#cursor = { fileIndex: fileIndex + 1, blockIndex: 0 };
      } else if (this.#kept.get(fileIndex)?.has(blockIndex)) {
        this.#cursor = { fileIndex, blockIndex: blockIndex + 1 };
      } else return;
    }
  }

  #complete(fileIndex: number): void {
    if (this.#whole.has(fileIndex)) return;
    this.#whole.add(fileIndex);
    this.#count(fileIndex, 1);
    if (this.#entries[fileIndex]?.kind === 'file' && !this.#failed.has(fileIndex))
      this.#ready.push(fileIndex);
  }

  #count(fileIndex: number, step: 1 | -1): void {
    this.#doneEntries += step;
    if (this.#entries[fileIndex]?.kind === 'file') this.doneFiles += step;
  }

  /** Everything before this entry is done, and nothing else. */
  #restartCounts(completeBefore: number): void {
    const done = this.#entries.slice(0, completeBefore);
    this.#doneEntries = done.length;
    this.doneFiles = done.filter(({ kind }) => kind === 'file').length;
    this.doneBytes = done.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  #plan(fileIndex: number): FilePlan {
    const known = this.#files.get(fileIndex);
    if (known) return known;
    const plan = { done: new BlockMap(this.#size(fileIndex)), digests: [] };
    this.#files.set(fileIndex, plan);
    return plan;
  }

  #size(fileIndex: number): number {
    return this.#entries[fileIndex]?.sizeBytes ?? 0;
  }
}
