import type { Backend } from '../../../shared/contract/backend';
import type { RequestArgs } from '../../../shared/contract/contract';
import type { BlockOrder } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { DataChannelLane } from '../lanes/DataChannelLane';
import type { LaneLink } from '../peer/laneChannel';

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
}

/** The data channel of one connection, as a lane of the backend's engine: announces it, and passes packets both ways. */
export class SessionLane {
  readonly #options: SessionLaneOptions;
  readonly #laneId = crypto.randomUUID();
  readonly #lane: DataChannelLane;
  #isClosed = false;

  constructor(options: SessionLaneOptions) {
    this.#options = options;
    const { backend, sessionId, link, readSource } = options;
    const channel = link.laneChannel;
    this.#lane = new DataChannelLane({
      channel,
      maxPacketBytes: link.maxPacketBytes,
      readSource,
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

  #receive(bytes: Uint8Array<ArrayBuffer>): void {
    if (this.#isClosed) return;
    this.#options.onMoved(bytes.length);
    this.#options.backend.request('lanes:packet', { laneId: this.#laneId, bytes }).catch((error: unknown) => {
      if (error instanceof HitherError && error.code === 'protocol-violation') this.#options.onViolation();
    });
  }

  /** A backend that is gone has lost its lanes by itself. */
  #tell<N extends 'lanes:blockSent' | 'lanes:close'>(name: N, args: RequestArgs<N>): void {
    void this.#options.backend.request(name, args).catch(() => undefined);
  }
}
