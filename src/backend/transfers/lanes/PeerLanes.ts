import type { LaneOffer } from '../../../shared/protocol/transfer';
import { type Block, BlockAssembler } from '../../../shared/transfer/packets';
import type { Lane, PageSource } from '../../../shared/transfer/ports';
import { Pacer } from '../../../shared/transfer/sending/Pacer';
import type { CreateLaneConnector, LaneConnector } from '../../ports';
import type { PageLane } from './PageLane';

export interface PeerLanesOptions {
  /** `null` where there are to be no lanes between the two backends. */
  createLaneConnector: CreateLaneConnector;
  /** Tells the peer, over the verified session. */
  send: (offer: LaneOffer) => void;
  /** Reads a page's `File`; rejects with HitherError. */
  readPage: (source: PageSource) => Promise<Uint8Array>;
  /** Consumes a block that came over a lane; resolves when it is on disk or was not wanted. */
  onBlock: (block: Block) => Promise<void>;
  /** Whether this session's route, or discovery, vouches for an address that the peer names. */
  mayDial: (address: string) => boolean;
  /** There is a lane after there was none. */
  onFirstLane: () => void;
  /** There is no lane any more. */
  onNoLane: () => void;
  onLane: (lane: Lane) => void;
  onLaneGone: (lane: Lane) => void;
}

/**
 * The lanes of one session: data channels, which come and go with the page's peer link, and the lane between the two backends,
 * which is there as long as the session is. Each dies and comes back on its own.
 */
export class PeerLanes {
  readonly #options: PeerLanesOptions;
  readonly #pageLanes = new Map<string, { lane: PageLane; assembler: BlockAssembler }>();
  #connector: LaneConnector | null;
  #backendLane: Lane | null = null;
  /** What the lane between the backends sends through; a page paces its own. */
  readonly #pacer = new Pacer();

  constructor(options: PeerLanesOptions) {
    this.#options = options;
    this.#connector = this.#newConnector();
  }

  get all(): Lane[] {
    const pageLanes = [...this.#pageLanes.values()].map(({ lane }) => lane);
    return this.#backendLane ? [this.#backendLane, ...pageLanes] : pageLanes;
  }

  /** The kinds of the lanes that bytes travel on at present. */
  get kinds(): Lane['kind'][] {
    if (this.#backendLane) return [this.#backendLane.kind];
    return this.#pageLanes.size > 0 ? ['data-channel'] : [];
  }

  pageLane(laneId: string): PageLane | null {
    return this.#pageLanes.get(laneId)?.lane ?? null;
  }

  open(lane: PageLane): void {
    const isFirst = this.all.length === 0;
    this.#pageLanes.set(lane.laneId, { lane, assembler: new BlockAssembler() });
    this.#added(lane, isFirst);
  }

  close(laneId: string): void {
    const open = this.#pageLanes.get(laneId);
    if (!open) return;
    this.#pageLanes.delete(laneId);
    open.lane.close();
    this.#removed(open.lane);
  }

  /**
   * Lets the lane between the backends go so fast, in bytes a second, from now on; `null` for as fast as it goes.
   * @returns what has gone over it so far, in bytes
   */
  pace(bytesPerSecond: number | null): number {
    this.#pacer.setSpeed(bytesPerSecond);
    return this.#pacer.passedBytes;
  }

  /** The page is gone, and its data channels and media with it. */
  closePageLanes(): void {
    this.pace(null);
    for (const laneId of [...this.#pageLanes.keys()]) this.close(laneId);
  }

  /** Messages get through to the peer: the lane between the backends may be made. */
  beginSession(): void {
    this.#connector?.sessionOpened();
  }

  /** Closes all; the next session has certificates of its own. */
  endSession(): void {
    this.closePageLanes();
    this.#connector?.sessionClosed();
    this.#connector = this.#newConnector();
  }

  /** Handles a packet of a page's lane; resolves when the block it completes is on disk. */
  async handlePacket(laneId: string, packet: Uint8Array): Promise<void> {
    const block = this.#pageLanes.get(laneId)?.assembler.push(packet);
    if (block) await this.#options.onBlock(block);
  }

  handleOffer(offer: LaneOffer): void {
    this.#connector?.handleOffer(offer);
  }

  listeningChanged(): void {
    this.#connector?.listeningChanged();
  }

  cameNear(): void {
    this.#connector?.cameNear();
  }

  #newConnector(): LaneConnector | null {
    const { createLaneConnector, send, readPage, onBlock, mayDial } = this.#options;
    if (!createLaneConnector) return null;
    return createLaneConnector({
      send,
      readPage,
      onBlock,
      mayDial,
      pacer: this.#pacer,
      onUp: (lane) => {
        const isFirst = this.all.length === 0;
        this.#backendLane = lane;
        this.#added(lane, isFirst);
      },
      onDown: (lane) => {
        this.#backendLane = null;
        this.#removed(lane);
      },
    });
  }

  #added(lane: Lane, isFirst: boolean): void {
    if (isFirst) this.#options.onFirstLane();
    this.#options.onLane(lane);
  }

  #removed(lane: Lane): void {
    this.#options.onLaneGone(lane);
    if (this.all.length === 0) this.#options.onNoLane();
  }
}
