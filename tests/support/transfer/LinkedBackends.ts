import { fromHex, toHex } from '../../../src/shared/ids';
import { packetsOf } from '../../../src/shared/transfer/packets';
import type { EventMap } from '../../../src/shared/contract/contract';
import type { KillableBackend } from './KillableBackend';

/** As large as a packet can be: a whole block goes in one. */
const PACKET_BYTES = 2 * 1024 * 1024;

/** The two pages and what is between them: carries messages both ways and blocks from the first backend to the second. */
export class LinkedBackends {
  /** How often each block went out. */
  readonly sent = new Map<string, number>();
  readonly sessionId = toHex(crypto.getRandomValues(new Uint8Array(16)));
  readonly #stops: (() => void)[] = [];
  #isUp = true;
  /** Said before both have the session, which no session would hand on; `null` from then on. */
  #early: (() => void)[] | null = [];
  #tail = Promise.resolve();

  constructor(
    readonly sender: KillableBackend,
    readonly receiver: KillableBackend,
    readonly onBlock: (count: number) => void,
    sent: Map<string, number>,
  ) {
    this.sent = sent;
    for (const [from, to] of [
      [sender, receiver],
      [receiver, sender],
    ] as const) {
      this.#stops.push(
        from.events.on('message', ({ sessionId, message }) => {
          if (!this.#isUp || sessionId !== this.sessionId) return;
          const pass = (): void => void to.receive(sessionId, message);
          if (this.#early) this.#early.push(pass);
          else pass();
        }),
      );
    }
    this.#stops.push(
      sender.events.on('lanes:sendBlock', (order) => {
        this.#tail = this.#tail.then(() => this.#carry(order));
      }),
    );
  }

  /** Begins the session, with a lane. */
  async open(): Promise<void> {
    for (const backend of [this.sender, this.receiver]) await backend.openSession(this.sessionId);
    const early = this.#early ?? [];
    this.#early = null;
    for (const pass of early) pass();
    const lane = { sessionId: this.sessionId, laneId: this.sessionId, maxPacketBytes: PACKET_BYTES };
    await Promise.all([this.sender.request('lanes:open', lane), this.receiver.request('lanes:open', lane)]);
  }

  /** The link and the session are gone. */
  async close(): Promise<void> {
    this.#isUp = false;
    for (const stop of this.#stops) stop();
    await Promise.all([this.sender, this.receiver].map((backend) => backend.endSession(this.sessionId)));
  }

  async #carry(order: EventMap['lanes:sendBlock']): Promise<void> {
    if (!this.#isUp || !order.bytes || order.digest === undefined) return;
    const { jobId, laneId, digest, fileIndex, blockIndex } = order;
    const key = `${String(fileIndex)}:${String(blockIndex)}`;
    this.sent.set(key, (this.sent.get(key) ?? 0) + 1);
    const block = { ...order, bytes: new Uint8Array(order.bytes), digest: fromHex(digest) };
    for (const packet of packetsOf(block, PACKET_BYTES)) {
      // The next block goes when this one is on disk, which is slower than a lane: kills then fall on any state of it.
      await this.receiver.request('lanes:packet', { laneId, bytes: packet });
    }
    await this.sender.request('lanes:blockSent', { jobId, laneId, digest });
    this.onBlock([...this.sent.values()].reduce((sum, count) => sum + count, 0));
  }
}
