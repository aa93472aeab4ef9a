import { randomUUID } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { HitherError } from '../../../shared/errors';
import { BLOCK_BYTES } from '../../../shared/transfer/blocks';
import { CREDIT_WINDOW_BYTES } from '../../../shared/transfer/receiving/CreditLedger';
import { type Block, BLOCK_HEAD_BYTES, type BlockId, writeBlockHead } from '../../../shared/transfer/packets';
import { weightOf } from '../../../shared/transfer/sending/laneChoice';
import type { Pacer } from '../../../shared/transfer/sending/Pacer';
import type { BlockSource, Lane, PageSource, Sha256 } from '../../../shared/transfer/ports';
import { BlockReader, LENGTH_BYTES, type ReadBlock } from './BlockReader';
import { BufferPool } from './BufferPool';
import { PacketWriter } from './PacketWriter';

const HEAD_BYTES = LENGTH_BYTES + BLOCK_HEAD_BYTES;
/** Blocks of full size that may be on their way to disk; credit keeps honest peers far below, others are read no further. */
const MAX_HELD_BLOCKS = 64;
/**
 * What a block adds to them at least. A small file under way is some KB of objects whatever its size, and the collector copies thousands
 * of those again and again: with 4,096 of them a file cost a third more of the processor than with 512.
 */
const LEAST_HELD = 1 / 8;
const SIGN_OF_LIFE = Buffer.alloc(LENGTH_BYTES);

/** How often a lane that has nothing to say says so, and how long one may be silent before it is given up, in ms. */
export interface LaneTimings {
  readonly heartbeatMs: number;
  readonly silenceMs: number;
}

export interface LanLaneOptions extends LaneTimings {
  socket: TLSSocket;
  sha256: Sha256;
  /** Reads a page's `File`; rejects with HitherError. */
  readPage: (source: PageSource) => Promise<Uint8Array>;
  /** Takes a block; resolves when its bytes are not needed any more. */
  onBlock: (block: Block) => Promise<void>;
  /** What everything sent passes. */
  pacer: Pacer;
  /** The lane is gone, for whatever reason; called once. */
  onClosed: () => void;
}

/** Blocks over one TLS socket between two backends, in both directions. */
export class LanLane implements Lane {
  readonly laneId = randomUUID();
  readonly kind = 'lan';
  /** So many blocks are read, hashed and encrypted at a time; not measured against other depths yet. */
  readonly depth = 6;
  readonly #options: LanLaneOptions;
  readonly #outgoing = new BufferPool(HEAD_BYTES + BLOCK_BYTES, this.depth);
  readonly #incoming = new BufferPool(BLOCK_BYTES, CREDIT_WINDOW_BYTES / BLOCK_BYTES);
  readonly #reader = new BlockReader(this.#incoming);
  readonly #heartbeat: NodeJS.Timeout;
  readonly #writer: PacketWriter;
  #heldBlocks = 0;
  #heardMs = performance.now();
  #saidMs = this.#heardMs;
  #checkedMs = this.#heardMs;
  #isClosed = false;

  constructor(options: LanLaneOptions) {
    this.#options = options;
    const { socket, pacer } = options;
    this.#writer = new PacketWriter(socket, pacer, () => (this.#saidMs = performance.now()));
    socket.on('data', (chunk: Buffer) => this.#hear(chunk));
    socket.on('close', () => this.#closed());
    // A close event follows every error.
    socket.on('error', () => undefined);
    // It was paused so that nothing is lost between the handshake and here.
    socket.resume();
    this.#heartbeat = setInterval(() => this.#check(), options.heartbeatMs);
    if (socket.destroyed) this.#closed();
  }

  async sendBlock(id: BlockId, source: BlockSource): Promise<Uint8Array> {
    if (this.#isClosed) throw new HitherError('connection-lost');
    const memory = this.#outgoing.allocate(HEAD_BYTES + source.lengthBytes);
    try {
      const bytes = await this.#read(source, memory);
      const digest = await this.#options.sha256(bytes);
      const packet = memory.subarray(0, HEAD_BYTES + bytes.length);
      new DataView(memory.buffer, memory.byteOffset).setUint32(0, BLOCK_HEAD_BYTES + bytes.length);
      writeBlockHead(packet.subarray(LENGTH_BYTES), id, bytes.length, digest);
      await this.#writer.write(packet);
      return digest;
    } finally {
      this.#outgoing.giveBack(memory);
    }
  }

  /** Closes at once; what was not taken over by the system fails with `connection-lost`. */
  close(): void {
    this.#options.socket.destroy();
    this.#closed();
  }

  /** Reads the block to where its packet has it, so that it need not be copied there. */
  async #read(source: BlockSource, memory: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
    const place = memory.subarray(HEAD_BYTES);
    const bytes = await (source.kind === 'bytes' ? source.read(place) : this.#options.readPage(source));
    if (bytes.buffer !== memory.buffer) place.set(bytes);
    return place.subarray(0, bytes.length);
  }

  #hear(chunk: Uint8Array): void {
    this.#heardMs = performance.now();
    try {
      for (const read of this.#reader.push(chunk)) void this.#deliver(read);
    } catch {
      this.close();
    }
  }

  async #deliver({ block, memory }: ReadBlock): Promise<void> {
    const { socket, onBlock } = this.#options;
    const weight = Math.max(LEAST_HELD, weightOf(block.bytes.length));
    this.#heldBlocks += weight;
    if (!this.#isReading) socket.pause();
    try {
      await onBlock(block);
    } finally {
      const wasReading = this.#isReading;
      this.#heldBlocks -= weight;
      if (this.#isReading && !wasReading) {
        this.#heardMs = performance.now();
        socket.resume();
      }
      this.#incoming.giveBack(memory);
    }
  }

  get #isReading(): boolean {
    return this.#heldBlocks < MAX_HELD_BLOCKS;
  }

  /** Says a sign of life where nothing else was said, and gives up a peer that says none. */
  #check(): void {
    const { heartbeatMs, silenceMs, socket } = this.#options;
    const now = performance.now();
    // After a busy spell of this process what was said to it is still unread.
    const wasBusy = now - this.#checkedMs > 2 * heartbeatMs;
    this.#checkedMs = now;
    if (now - this.#saidMs >= heartbeatMs && socket.writableLength === 0) socket.write(SIGN_OF_LIFE);
    if (this.#isReading && !wasBusy && now - this.#heardMs > silenceMs) this.close();
  }

  #closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#heartbeat);
    this.#reader.close();
    this.#options.onClosed();
  }
}
