import type { BlockOrder } from '../../../src/shared/contract/transfers';
import { fromHex, toHex } from '../../../src/shared/ids';
import { packetsOf } from '../../../src/shared/transfer/packets';
import type { BackendPage } from './BackendPage';
import { browserSha256 } from './browserPorts';
import { LivePort } from './LivePort';

/** As a data channel's, where the browser allows large messages. */
const PACKET_BYTES = 256 * 1024;

export interface MessageChannelLaneOptions {
  page: BackendPage;
  sessionId: string;
  port: MessagePort;
  /** Files that this page has dropped on it, by source id. */
  files: ReadonlyMap<string, Blob>;
  /** A block goes out. */
  onBlock: (order: BlockOrder) => void;
}

/** What crosses the port: a packet, and that the other end's backend has consumed one. */
type Crossing = Uint8Array<ArrayBuffer> | 'consumed';

/** One end of a message channel as a lane of a page: it moves blocks between two backends until the other end is gone. */
export class MessageChannelLane {
  readonly #options: MessageChannelLaneOptions;
  readonly #port: LivePort<Crossing, Crossing>;
  readonly #laneId = crypto.randomUUID();
  readonly #waiting: (() => void)[] = [];
  #sending = Promise.resolve();

  constructor(options: MessageChannelLaneOptions) {
    this.#options = options;
    const { page, port, sessionId } = options;
    this.#port = new LivePort(port, {
      onMessage: (crossing) => {
        if (crossing === 'consumed') this.#waiting.shift()?.();
        else void this.#handlePacket(crossing);
      },
      onGone: () => void page.request('lanes:close', { laneId: this.#laneId }),
    });
    page.events.on('lanes:sendBlock', (order) => {
      if (order.laneId !== this.#laneId) return;
      // A data channel sends one block after the other.
      this.#sending = this.#sending.then(() => this.#send(order));
    });
    // A page that is gone has its links go with it, and so have sessions.
    page.events.on('gone', () => this.#port.close());
    page.events.on('sessions:ended', (ended) => {
      if (ended.sessionId === sessionId) this.#port.close();
    });
  }

  /** Tells the backend that the lane is there. */
  async open(): Promise<void> {
    const { page, sessionId } = this.#options;
    await page.request('lanes:open', { sessionId, laneId: this.#laneId, maxPacketBytes: PACKET_BYTES });
  }

  async #handlePacket(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.#options.page.request('lanes:packet', { laneId: this.#laneId, bytes });
    this.#port.send('consumed');
  }

  async #send(order: BlockOrder): Promise<void> {
    const { page, onBlock } = this.#options;
    const bytes = order.bytes ? new Uint8Array(order.bytes) : await this.#read(order.source);
    const digest = order.digest ?? toHex(await browserSha256(bytes));
    const consumed: Promise<void>[] = [];
    onBlock(order);
    for (const packet of packetsOf({ ...order, bytes, digest: fromHex(digest) }, PACKET_BYTES)) {
      if (!this.#port.isOpen) return;
      const copy = packet.slice();
      this.#port.send(copy, [copy.buffer]);
      consumed.push(new Promise((resolve) => this.#waiting.push(resolve)));
    }
    await Promise.all(consumed);
    await page.request('lanes:blockSent', { jobId: order.jobId, laneId: this.#laneId, digest });
  }

  async #read(source: BlockOrder['source']): Promise<Uint8Array<ArrayBuffer>> {
    const { sourceId = '', offsetBytes = 0, lengthBytes = 0 } = source ?? {};
    const slice = this.#options.files.get(sourceId)?.slice(offsetBytes, offsetBytes + lengthBytes);
    if (!slice) throw new Error('the page has no such file');
    return new Uint8Array(await slice.arrayBuffer());
  }
}
