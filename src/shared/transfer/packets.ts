import { HitherError } from '../errors';
import { type Allocate, freshMemory } from '../memory';
import { BLOCK_BYTES } from './blocks';

/**
 * The binary packets of a lane. A block goes out as one or more packets, in order, on one lane:
 *
 *     0  u8   kind, 1
 *     1  u8   zero, and two more
 *     4  u32  stream: the transfer, as its offer named it
 *     8  u32  file: index in the manifest
 *    12  u32  block: index in the file
 *    16  u32  offset of this packet's bytes in the block
 *    20  u32  length of the block
 *    24       SHA-256 of the block, 32 bytes, only where the offset is 0
 *             bytes of the file
 *
 * Numbers are big-endian.
 */
const KIND_BLOCK = 1;
const HEADER_BYTES = 24;
const DIGEST_BYTES = 32;

/** What is in front of a whole block that goes out as one packet. */
export const BLOCK_HEAD_BYTES = HEADER_BYTES + DIGEST_BYTES;

/** Which block of which transfer. */
export interface BlockId {
  streamNo: number;
  fileIndex: number;
  blockIndex: number;
}

/** A block with its bytes and the digest that the sender gave it. */
export interface Block extends BlockId {
  bytes: Uint8Array<ArrayBuffer>;
  digest: Uint8Array;
}

/** Writes what is in front of the first packet of a block, digest included; the block's bytes follow. */
export function writeBlockHead(
  head: Uint8Array,
  { streamNo, fileIndex, blockIndex }: BlockId,
  lengthBytes: number,
  digest: Uint8Array,
): void {
  const view = new DataView(head.buffer, head.byteOffset, BLOCK_HEAD_BYTES);
  view.setUint32(0, 0);
  view.setUint8(0, KIND_BLOCK);
  view.setUint32(4, streamNo);
  view.setUint32(8, fileIndex);
  view.setUint32(12, blockIndex);
  view.setUint32(16, 0);
  view.setUint32(20, lengthBytes);
  head.set(digest, HEADER_BYTES);
}

/**
 * Reads the numbers in front of a packet's bytes; `length` is that of the whole block.
 * @throws HitherError `protocol-violation` where it is no packet
 */
export function readBlockHead(packet: Uint8Array): BlockId & { offset: number; length: number } {
  if (packet.length <= HEADER_BYTES || packet[0] !== KIND_BLOCK) throw new HitherError('protocol-violation');
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
  return {
    streamNo: view.getUint32(4),
    fileIndex: view.getUint32(8),
    blockIndex: view.getUint32(12),
    offset: view.getUint32(16),
    length: view.getUint32(20),
  };
}

/**
 * Cuts a block into packets. All of them use the same memory: each is good until the next one is asked for.
 * @param maxPacketBytes largest packet, header included; at least 1 KiB
 * @param allocate gives that memory
 * @param packetBytes how large the next one is to be at most, header included, at least 1 KiB; asked before each
 */
export function* packetsOf(
  block: Block,
  maxPacketBytes: number,
  allocate: Allocate = freshMemory,
  packetBytes: () => number = () => maxPacketBytes,
): Generator<Uint8Array<ArrayBuffer>> {
  const memory = allocate(Math.min(maxPacketBytes, HEADER_BYTES + DIGEST_BYTES + block.bytes.length));
  let offset = 0;
  do {
    const head = offset === 0 ? HEADER_BYTES + DIGEST_BYTES : HEADER_BYTES;
    const chunk = block.bytes.subarray(offset, offset + Math.min(maxPacketBytes, packetBytes()) - head);
    const packet = memory.subarray(0, head + chunk.length);
    const view = new DataView(packet.buffer, packet.byteOffset, HEADER_BYTES);
    view.setUint32(0, 0);
    view.setUint8(0, KIND_BLOCK);
    view.setUint32(4, block.streamNo);
    view.setUint32(8, block.fileIndex);
    view.setUint32(12, block.blockIndex);
    view.setUint32(16, offset);
    view.setUint32(20, block.bytes.length);
    if (offset === 0) packet.set(block.digest, HEADER_BYTES);
    packet.set(chunk, head);
    yield packet;
    offset += chunk.length;
  } while (offset < block.bytes.length);
}

/**
 * Joins the packets of one lane to packets of whole blocks. Holds at most one block; a new block drops an unfinished one,
 * which is what a sender leaves when its source fails in mid-block.
 */
export class PacketJoiner {
  readonly #allocate: Allocate;
  #id: BlockId | null = null;
  #whole = new Uint8Array();
  #filled = 0;

  /** @param allocate gives the memory of each whole block */
  constructor(allocate: Allocate = freshMemory) {
    this.#allocate = allocate;
  }

  /**
   * Accepts one packet; returns the one packet of the block that it completes, or `null`. A packet that is a whole block comes
   * back as it is.
   * @throws HitherError `protocol-violation` where the packet is malformed or out of order
   */
  push(packet: Uint8Array): Uint8Array<ArrayBuffer> | null {
    const { offset, length, ...id } = readBlockHead(packet);
    const head = offset === 0 ? BLOCK_HEAD_BYTES : HEADER_BYTES;
    const end = offset + packet.length - head;
    if (length === 0 || length > BLOCK_BYTES || packet.length <= head || end > length)
      throw new HitherError('protocol-violation');
    if (offset === 0) {
      this.#id = null;
      // No lane brings memory that is shared with another thread.
      if (end === length) return packet as Uint8Array<ArrayBuffer>;
      this.#id = id;
      this.#whole = this.#allocate(BLOCK_HEAD_BYTES + length);
      this.#whole.set(packet);
      this.#filled = end;
      return null;
    }
    const isNext = this.#id !== null && sameBlock(this.#id, id) && offset === this.#filled;
    if (!isNext || this.#whole.length !== BLOCK_HEAD_BYTES + length)
      throw new HitherError('protocol-violation');
    this.#whole.set(packet.subarray(head), BLOCK_HEAD_BYTES + offset);
    this.#filled = end;
    if (end < length) return null;
    this.#id = null;
    return this.#whole;
  }
}

/** Puts the packets of one lane together to blocks, as `PacketJoiner` does. */
export class BlockAssembler {
  readonly #joiner = new PacketJoiner();

  /**
   * Accepts one packet; returns the block it completes, or `null`. Its bytes may be a view of the packet.
   * @throws HitherError as `PacketJoiner.push`
   */
  push(packet: Uint8Array): Block | null {
    const whole = this.#joiner.push(packet);
    if (!whole) return null;
    const { streamNo, fileIndex, blockIndex } = readBlockHead(whole);
    const bytes = whole.subarray(BLOCK_HEAD_BYTES);
    return { streamNo, fileIndex, blockIndex, bytes, digest: whole.slice(HEADER_BYTES, BLOCK_HEAD_BYTES) };
  }
}

function sameBlock(a: BlockId, b: BlockId): boolean {
  return a.streamNo === b.streamNo && a.fileIndex === b.fileIndex && a.blockIndex === b.blockIndex;
}
