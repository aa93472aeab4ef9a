import type { BlockOrder, BlockReport } from '../../../shared/contract/transfers';
import { failureOf, HitherError } from '../../../shared/errors';
import { fromHex, toHex } from '../../../shared/ids';
import { sameMemory } from '../../../shared/memory';
import { packetsOf } from '../../../shared/transfer/packets';
import type { Pacer } from '../../../shared/transfer/sending/Pacer';

/**
 * Bytes in the channel's send buffer above which packets wait, and below which they go on. 1 MiB lasts 40 ms at the 25 MB/s
 * that one connection does at best, which is several turns of a busy event loop, and 512 KiB half of that. With 4 MiB and
 * 1 MiB one connection is no faster, and side links get their first blocks later: docs/performance.md.
 */
const HIGH_WATER_BYTES = 1024 * 1024;
const LOW_WATER_BYTES = 512 * 1024;
/** With a speed no more than so many pieces wait in the channel: what is there goes without regard for others. */
const MOST_PIECES = 4;

export interface DataChannelLaneOptions {
  channel: RTCDataChannel;
  maxPacketBytes: number;
  /** Reads from a page's `File`; rejects with HitherError. */
  readSource: (
    sourceId: string,
    offsetBytes: number,
    lengthBytes: number,
  ) => Promise<Uint8Array<ArrayBuffer>>;
  report: (report: BlockReport) => void;
  /** What every packet passes, those of the other lanes beside this one too. */
  pacer: Pacer;
}

/** Sends blocks over one data channel, one after the other, with backpressure. */
export class DataChannelLane {
  readonly #options: DataChannelLaneOptions;
  /** A channel copies what it is given, and blocks go one after the other. */
  readonly #memory = sameMemory();
  /** Resolves when the last block ordered so far has gone out. */
  #tail: Promise<void> = Promise.resolve();

  constructor(options: DataChannelLaneOptions) {
    this.#options = options;
  }

  /** Queues a block. Reading and hashing begin at once, while earlier blocks are still on their way. */
  send(order: BlockOrder): void {
    const prepared = this.#prepare(order);
    prepared.catch(() => undefined);
    this.#tail = this.#tail.then(async () => {
      const { jobId, laneId } = order;
      try {
        const { bytes, digest } = await prepared;
        await this.#transmit(order, bytes, digest);
        this.#options.report({ jobId, laneId, digest: toHex(digest) });
      } catch (error) {
        this.#options.report({ jobId, laneId, failure: failureOf(error) });
      }
    });
  }

  async #prepare(order: BlockOrder): Promise<{ bytes: Uint8Array<ArrayBuffer>; digest: Uint8Array }> {
    if (order.bytes && order.digest) {
      return { bytes: order.bytes, digest: fromHex(order.digest) };
    }
    if (!order.source) throw new HitherError('internal');
    const { sourceId, offsetBytes, lengthBytes } = order.source;
    const bytes = await this.#options.readSource(sourceId, offsetBytes, lengthBytes);
    return { bytes, digest: new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)) };
  }

  async #transmit(order: BlockOrder, bytes: Uint8Array<ArrayBuffer>, digest: Uint8Array): Promise<void> {
    const { channel, maxPacketBytes, pacer } = this.#options;
    const { streamNo, fileIndex, blockIndex } = order;
    const block = { streamNo, fileIndex, blockIndex, bytes, digest };
    for (const packet of packetsOf(block, maxPacketBytes, this.#memory, () => pacer.pieceBytes)) {
      const turn = pacer.pass(packet.length);
      if (turn) await turn;
      const most = MOST_PIECES * pacer.pieceBytes;
      if (channel.bufferedAmount > Math.min(HIGH_WATER_BYTES, most))
        await roomIn(channel, Math.min(LOW_WATER_BYTES, most / 2));
      if (channel.readyState !== 'open') throw new HitherError('connection-lost');
      channel.send(packet);
    }
  }
}

/** Resolves when the channel's buffer has drained down to some bytes, or when it closed. */
function roomIn(channel: RTCDataChannel, lowBytes: number): Promise<void> {
  channel.bufferedAmountLowThreshold = lowBytes;
  return new Promise((resolve) => {
    const done = (): void => {
      channel.removeEventListener('bufferedamountlow', done);
      channel.removeEventListener('close', done);
      resolve();
    };
    channel.addEventListener('bufferedamountlow', done);
    channel.addEventListener('close', done);
    if (channel.readyState !== 'open') done();
  });
}
