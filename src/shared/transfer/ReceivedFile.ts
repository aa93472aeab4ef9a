import { HitherError } from '../errors';
import { toHex } from '../ids';
import { BlockMap } from './blocks';
import { fileDigest } from './fileDigest';
import type { Block } from './packets';
import type { Sha256, SinkFile } from './ports';

export interface ReceivedFileOptions {
  sizeBytes: number;
  /** For messages. */
  path: string;
  open: () => Promise<SinkFile>;
  sha256: Sha256;
}

/** One file of an incoming transfer, from its first block to its final name. */
export class ReceivedFile {
  readonly #options: ReceivedFileOptions;
  /** Blocks being written or written, and those written. */
  readonly #taken: BlockMap;
  readonly #written: BlockMap;
  readonly #digests: Uint8Array[] = [];
  #file: Promise<SinkFile> | null = null;
  #isCommitting = false;

  /** @param restored digests of blocks that an earlier run of this process wrote and this one found as they were */
  constructor(options: ReceivedFileOptions, restored: readonly (Uint8Array | undefined)[] = []) {
    this.#options = options;
    this.#taken = new BlockMap(options.sizeBytes);
    this.#written = new BlockMap(options.sizeBytes);
    for (const [index, digest] of restored.entries()) {
      if (!digest || index >= this.#taken.count) continue;
      this.#digests[index] = digest;
      this.#taken.add(index);
      this.#written.add(index);
    }
  }

  /** Whether every block is on disk. */
  get isWhole(): boolean {
    return this.#written.isComplete;
  }

  writtenRanges(): [number, number][] {
    return this.#written.ranges();
  }

  /**
   * Verifies and writes a block; `false` where it was here already. One that could not be written may come again.
   * @throws HitherError `corrupt-file` where the bytes don't match their digest, or what the disk says
   */
  async take(block: Block, offsetBytes: number): Promise<boolean> {
    if (this.#taken.has(block.blockIndex)) return false;
    this.#taken.add(block.blockIndex);
    try {
      const digest = await this.#options.sha256(block.bytes);
      if (toHex(digest) !== toHex(block.digest))
        throw new HitherError('corrupt-file', { name: this.#options.path });
      this.#digests[block.blockIndex] = digest;
      await (await this.#opened()).write(offsetBytes, block.bytes);
    } catch (error) {
      this.#taken.remove(block.blockIndex);
      throw error;
    }
    this.#written.add(block.blockIndex);
    return true;
  }

  /**
   * Gives the file its name if it is whole; `false` if there is more to come, or this is going on already.
   * @param announced the whole file's digest as the sender announced it, in hex
   * @throws HitherError `corrupt-file` where it is another one, or what the disk says: it may be tried again then
   */
  async commitIfWhole(announced: string): Promise<boolean> {
    if (!this.isWhole || this.#isCommitting) return false;
    this.#isCommitting = true;
    try {
      if (toHex(await fileDigest(this.#digests, this.#options.sha256)) !== announced)
        throw new HitherError('corrupt-file', { name: this.#options.path });
      const file = await this.#opened();
      await file.finish();
      await file.commit();
      return true;
    } catch (error) {
      this.#isCommitting = false;
      throw error;
    }
  }

  /** Closes what is open; what becomes of it is the sink's business. */
  async close(): Promise<void> {
    await (await this.#file)?.finish();
  }

  /** A file that could not be opened is tried again with its next block. */
  async #opened(): Promise<SinkFile> {
    this.#file ??= this.#options.open();
    try {
      return await this.#file;
    } catch (error) {
      this.#file = null;
      throw error;
    }
  }
}
