import { HitherError } from '../errors';
import { toHex } from '../ids';
import { BlockMap } from './blocks';
import { fileDigest } from './fileDigest';
import type { Block } from './packets';
import type { Sha256, SinkFile } from './ports';

/** One file of an incoming transfer, from its first block to its final name. */
export class ReceivedFile {
  /** The whole file's digest as the sender announced it, in hex. */
  announced: string | null = null;
  readonly #path: string;
  readonly #open: () => Promise<SinkFile>;
  readonly #sha256: Sha256;
  /** Blocks being written or written, and those written. */
  readonly #taken: BlockMap;
  readonly #written: BlockMap;
  readonly #digests: Uint8Array[] = [];
  #file: Promise<SinkFile> | null = null;
  #isCommitting = false;

  constructor(sizeBytes: number, path: string, open: () => Promise<SinkFile>, sha256: Sha256) {
    this.#path = path;
    this.#open = open;
    this.#sha256 = sha256;
    this.#taken = new BlockMap(sizeBytes);
    this.#written = new BlockMap(sizeBytes);
  }

  /** Whether every block is on disk. */
  get isWhole(): boolean {
    return this.#written.isComplete;
  }

  writtenRanges(): [number, number][] {
    return this.#written.ranges();
  }

  /**
   * Verifies and writes a block; `false` where it was here already.
   * @throws HitherError `corrupt-file` where the bytes don't match their digest, or what the disk says
   */
  async take(block: Block, offsetBytes: number): Promise<boolean> {
    if (this.#taken.has(block.blockIndex)) return false;
    this.#taken.add(block.blockIndex);
    const digest = await this.#sha256(block.bytes);
    if (toHex(digest) !== toHex(block.digest)) throw new HitherError('corrupt-file', { name: this.#path });
    this.#digests[block.blockIndex] = digest;
    this.#file ??= this.#open();
    await (await this.#file).write(offsetBytes, block.bytes);
    this.#written.add(block.blockIndex);
    return true;
  }

  /**
   * Gives the file its name if it is whole and its digest has been announced; `false` if there is more to come.
   * @throws HitherError `corrupt-file` where the digest does not match
   */
  async commitIfWhole(sha256: Sha256): Promise<boolean> {
    if (this.announced === null || !this.isWhole || this.#isCommitting) return false;
    this.#isCommitting = true;
    if (toHex(await fileDigest(this.#digests, sha256)) !== this.announced) {
      throw new HitherError('corrupt-file', { name: this.#path });
    }
    this.#file ??= this.#open();
    const file = await this.#file;
    await file.finish();
    await file.commit();
    return true;
  }

  /** Closes what is open; the sink removes what is not complete. */
  async close(): Promise<void> {
    await (await this.#file)?.finish();
  }
}
