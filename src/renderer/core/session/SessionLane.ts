import type { Backend } from '../../../shared/contract/backend';
import type { RequestArgs } from '../../../shared/contract/contract';
import type { BlockOrder } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { sameMemory } from '../../../shared/memory';
import { PacketJoiner } from '../../../shared/transfer/packets';
import { DataChannelLane } from '../lanes/DataChannelLane';
import type { LaneLink } from '../peer/laneChannel';
import type { Pacer } from '../../../shared/transfer/sending/Pacer';

export interface SessionLaneOptions {
  backend: Backend;
  sessionId: string;
  link: LaneLink;
  readSource: (
    sourceId: string,
    offsetBytes: number,
    lengthBytes: number,
  ) => Promise<Uint8Array<ArrayBuffer>>;
  /** The peer sent what is no packet. */
  onViolation: () => void;
  /** Bytes of files went over it, in either direction. */
  onMoved: (bytes: number) => void;
  /** What everything sent passes. */
  pacer: Pacer;
}

/** The data channel of one connection, as a lane of the backend's engine: announces it, and passes packets both ways. */
export class SessionLane {
  readonly #options: SessionLaneOptions;
  readonly #laneId = crypto.randomUUID();
  readonly #lane: DataChannelLane;
  /** A request has copied its bytes once it is made, so the next block may have the same memory. */
  readonly #joiner = new PacketJoiner(sameMemory());
  #isClosed = false;

  constructor(options: SessionLaneOptions) {
    this.#options = options;
    const { backend, sessionId, link, readSource, pacer } = options;
    const channel = link.laneChannel;
    this.#lane = new DataChannelLane({
      channel,
      maxPacketBytes: link.maxPacketBytes,
      readSource,
      pacer,
      report: (report) => this.#tell('lanes:blockSent', report),
    });
    channel.addEventListener('message', (event: MessageEvent<unknown>) => {
      if (event.data instanceof ArrayBuffer) this.#receive(new Uint8Array(event.data));
      else options.onViolation();
    });
    const open = (): void => {
      if (this.#isClosed) return;
      const { maxPacketBytes } = link;
      void backend
        .request('lanes:open', { sessionId, laneId: this.#laneId, maxPacketBytes })
        .catch(() => undefined);
    };
    if (channel.readyState === 'open') open();
    else channel.addEventListener('open', open, { once: true });
  }

  /** Sends a block; `false` where the order is for another lane. */
  send(order: BlockOrder): boolean {
    if (order.laneId !== this.#laneId) return false;
    this.#options.onMoved(order.bytes?.length ?? order.source?.lengthBytes ?? 0);
    this.#lane.send(order);
    return true;
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#tell('lanes:close', { laneId: this.#laneId });
  }

  /** Packets go on as whole blocks: a way between page and backend costs more for many than for one, docs/performance.md. */
  #receive(packet: Uint8Array<ArrayBuffer>): void {
    if (this.#isClosed) return;
    const { backend, onMoved } = this.#options;
    onMoved(packet.length);
    try {
      const whole = this.#joiner.push(packet);
      if (whole === null) return;
      backend
        .request('lanes:packet', { laneId: this.#laneId, bytes: whole })
        .catch((error: unknown) => this.#violated(error));
    } catch (error) {
      this.#violated(error);
    }
  }

  #violated(error: unknown): void {
    if (error instanceof HitherError && error.code === 'protocol-violation') this.#options.onViolation();
  }

  /** A backend that is gone has lost its lanes by itself. */
  #tell<N extends 'lanes:blockSent' | 'lanes:close'>(name: N, args: RequestArgs<N>): void {
    void this.#options.backend.request(name, args).catch(() => undefined);
  }
}
