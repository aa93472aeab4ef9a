import { HitherError } from '../../../shared/errors';
import { BLOCK_BYTES } from '../../../shared/transfer/blocks';
import { type Block, BLOCK_HEAD_BYTES, readBlockHead } from '../../../shared/transfer/packets';
import type { BufferPool } from './BufferPool';

/** In front of each packet: its length. */
export const LENGTH_BYTES = 4;
const DIGEST_BYTES = 32;
const HEAD_BYTES = LENGTH_BYTES + BLOCK_HEAD_BYTES;

/** A block, and the memory to give back to the pool when nobody needs its bytes any more. */
export interface ReadBlock {
  block: Block;
  memory: Uint8Array<ArrayBuffer>;
}

/** Cuts what a socket brings into blocks, each copied once, to where it will be hashed and written from. */
export class BlockReader {
  readonly #pool: BufferPool;
  readonly #head = Buffer.alloc(HEAD_BYTES);
  #headFilled = 0;
  #current: ReadBlock | null = null;
  #filled = 0;

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  /**
   * Takes some bytes of the stream, which may be overwritten afterwards, and gives the blocks that they complete.
   * @throws HitherError `protocol-violation` where they are no packets
   */
  *push(chunk: Uint8Array): Generator<ReadBlock> {
    for (let at = 0; at < chunk.length;) {
      const current = this.#current;
      if (!current) {
        at = this.#readHead(chunk, at);
        continue;
      }
      const { bytes } = current.block;
      const part = chunk.subarray(at, at + bytes.length - this.#filled);
      bytes.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < bytes.length) continue;
      this.#current = null;
      yield current;
    }
  }

  /** Gives back the memory of an unfinished block. */
  close(): void {
    if (this.#current) this.#pool.giveBack(this.#current.memory);
    this.#current = null;
  }

  #readHead(chunk: Uint8Array, from: number): number {
    const wanted = (this.#headFilled < LENGTH_BYTES ? LENGTH_BYTES : HEAD_BYTES) - this.#headFilled;
    const part = chunk.subarray(from, from + wanted);
    this.#head.set(part, this.#headFilled);
    this.#headFilled += part.length;
    const at = from + part.length;
    if (this.#headFilled === LENGTH_BYTES && this.#packetBytes === 0) this.#headFilled = 0; // A sign of life.
    if (this.#headFilled < HEAD_BYTES) return at;
    this.#headFilled = 0;
    this.#begin();
    return at;
  }

  get #packetBytes(): number {
    return this.#head.readUInt32BE(0);
  }

  #begin(): void {
    const head = readBlockHead(this.#head.subarray(LENGTH_BYTES));
    const isWhole = head.offset === 0 && this.#packetBytes === BLOCK_HEAD_BYTES + head.length;
    if (!isWhole || head.length === 0 || head.length > BLOCK_BYTES)
      throw new HitherError('protocol-violation');
    const memory = this.#pool.allocate(head.length);
    const { streamNo, fileIndex, blockIndex, length } = head;
    const digest = Uint8Array.from(this.#head.subarray(HEAD_BYTES - DIGEST_BYTES));
    const bytes = memory.subarray(0, length);
    this.#current = { block: { streamNo, fileIndex, blockIndex, bytes, digest }, memory };
    this.#filled = 0;
  }
}
