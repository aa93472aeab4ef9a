import { toHex } from '../../ids';
import { blockLength, BlockMap } from '../blocks';
import { fileDigest, isSameDigest } from '../fileDigest';
import type { Block } from '../packets';
import type { Sha256, SinkFile } from '../ports';

/** What became of a block: it is on disk now, it was here already, or it does not match its digest. */
export type BlockOutcome = 'written' | 'known' | 'damaged';

/** One file of an incoming transfer, from its first block to its final name. */
export class ReceivedFile {
  readonly #sizeBytes: number;
  readonly #open: () => Promise<SinkFile>;
  readonly #sha256: Sha256;
  /** Blocks being written or written, and those written. */
  readonly #accepted: BlockMap;
  readonly #written: BlockMap;
  readonly #digests: Uint8Array[] = [];
  #file: Promise<SinkFile> | null = null;
  #finishing: Promise<void> | null = null;
  #isCommitting = false;

  /**
   * @param open creates it under its temporary name; called again where that failed
   * @param restored digests of blocks that an earlier run of this process wrote and this one found as they were
   */
  constructor(
    sizeBytes: number,
    open: () => Promise<SinkFile>,
    sha256: Sha256,
    restored: readonly (Uint8Array | undefined)[] = [],
  ) {
    this.#sizeBytes = sizeBytes;
    this.#open = open;
    this.#sha256 = sha256;
    this.#accepted = new BlockMap(sizeBytes);
    this.#written = new BlockMap(sizeBytes);
    for (const [index, digest] of restored.entries()) {
      if (!digest || index >= this.#accepted.count) continue;
      this.#digests[index] = digest;
      this.#accepted.add(index);
      this.#written.add(index);
    }
  }

  /** Whether every block is on disk. */
  get isWhole(): boolean {
    return this.#written.isComplete;
  }

  /** Bytes on disk. */
  get writtenBytes(): number {
    let bytes = 0;
    for (const [from, to] of this.#written.ranges())
      for (let block = from; block < to; block++) bytes += blockLength(this.#sizeBytes, block);
    return bytes;
  }

  writtenRanges(): [number, number][] {
    return this.#written.ranges();
  }

  /**
   * Verifies and writes a block. One that was damaged, or could not be written, may come again.
   * @throws HitherError with what the disk says
   */
  async accept(block: Block, offsetBytes: number): Promise<BlockOutcome> {
    if (this.#accepted.has(block.blockIndex)) return 'known';
    this.#accepted.add(block.blockIndex);
    try {
      const digest = await this.#sha256(block.bytes);
      if (!isSameDigest(digest, block.digest)) {
        this.#accepted.remove(block.blockIndex);
        return 'damaged';
      }
      this.#digests[block.blockIndex] = digest;
      await (await this.#opened()).write(offsetBytes, block.bytes);
    } catch (error) {
      this.#accepted.remove(block.blockIndex);
      throw error;
    }
    this.#written.add(block.blockIndex);
    // Not only once its name may be given: a sender that never tells the digests would have every file stay open.
    if (this.isWhole) await this.#finish();
    return 'written';
  }

  /**
   * Gives the file its name if it is whole.
   * @param announced the whole file's digest as the sender announced it, in hex; `null` where its one block's is all there is
   * @returns `unfinished` where there is more to come or this is going on already; after `damaged` the file has to start over
   * @throws HitherError with what the disk says: it may be tried again then
   */
  async commitIfWhole(announced: string | null): Promise<'named' | 'unfinished' | 'damaged'> {
    if (!this.isWhole || this.#isCommitting) return 'unfinished';
    this.#isCommitting = true;
    try {
      if (announced !== null && (await this.#digest()) !== announced) return 'damaged';
      const file = await this.#opened();
      await this.#finish();
      await file.commit();
      return 'named';
    } catch (error) {
      this.#isCommitting = false;
      throw error;
    }
  }

  /** Closes what is open; what becomes of it is the sink's business. */
  async close(): Promise<void> {
    await (await this.#file)?.finish();
  }

  async #digest(): Promise<string> {
    return toHex(await fileDigest(this.#digests, this.#sha256));
  }

  /** Flushes and closes, once; where that fails it may be tried again. */
  async #finish(): Promise<void> {
    this.#finishing ??= this.#opened().then((file) => file.finish());
    try {
      await this.#finishing;
    } catch (error) {
      this.#finishing = null;
      throw error;
    }
  }

  /** A file that could not be opened is tried again with its next block. */
  async #opened(): Promise<SinkFile> {
    this.#file ??= this.#open();
    try {
      return await this.#file;
    } catch (error) {
      this.#file = null;
      throw error;
    }
  }
}
