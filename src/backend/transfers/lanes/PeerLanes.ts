import type { LaneOffer } from '../../../shared/protocol/transfer';
import { type Block, BlockAssembler } from '../../../shared/transfer/packets';
import type { Lane, PageSource } from '../../../shared/transfer/ports';
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
  /** The first lane of a new link is there, and messages go through. */
  onLinkUp: () => void;
  onLinkDown: () => void;
  onLane: (lane: Lane) => void;
  onLaneGone: (lane: Lane) => void;
}

/**
 * The lanes of one session. The page's data channels come and go with the link that messages travel on, and so a link is
 * there as long as one of them is; the lane between the backends is opened beside them and ends with them.
 */
export class PeerLanes {
  readonly #options: PeerLanesOptions;
  readonly #pageLanes = new Map<string, { lane: PageLane; assembler: BlockAssembler }>();
  #connector: LaneConnector | null;
  #backendLane: Lane | null = null;

  constructor(options: PeerLanesOptions) {
    this.#options = options;
    this.#connector = this.#newConnector();
  }

  /** Whether messages get through to the peer. */
  get isLinked(): boolean {
    return this.#pageLanes.size > 0;
  }

  get all(): Lane[] {
    const pageLanes = [...this.#pageLanes.values()].map(({ lane }) => lane);
    return this.#backendLane ? [this.#backendLane, ...pageLanes] : pageLanes;
  }

  /** The kinds of the lanes that bytes travel on at present. */
  get kinds(): Lane['kind'][] {
    if (this.#backendLane) return [this.#backendLane.kind];
    return this.isLinked ? ['data-channel'] : [];
  }

  pageLane(laneId: string): PageLane | null {
    return this.#pageLanes.get(laneId)?.lane ?? null;
  }

  open(lane: PageLane): void {
    const isNewLink = !this.isLinked;
    this.#pageLanes.set(lane.laneId, { lane, assembler: new BlockAssembler() });
    if (isNewLink) this.#options.onLinkUp();
    this.#options.onLane(lane);
    if (isNewLink) this.#connector?.linkUp();
  }

  close(laneId: string): void {
    const open = this.#pageLanes.get(laneId);
    if (!open) return;
    this.#pageLanes.delete(laneId);
    if (!this.isLinked) this.#connector?.linkDown();
    open.lane.close();
    this.#options.onLaneGone(open.lane);
    if (!this.isLinked) this.#options.onLinkDown();
  }

  closeAll(): void {
    for (const laneId of [...this.#pageLanes.keys()]) this.close(laneId);
  }

  /** Closes all; the next session has certificates of its own. */
  endSession(): void {
    this.closeAll();
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

  #newConnector(): LaneConnector | null {
    const { createLaneConnector, send, readPage, onBlock, onLane, onLaneGone } = this.#options;
    if (!createLaneConnector) return null;
    return createLaneConnector({
      send,
      readPage,
      onBlock,
      onUp: (lane) => {
        this.#backendLane = lane;
        onLane(lane);
      },
      onDown: (lane) => {
        this.#backendLane = null;
        onLaneGone(lane);
      },
    });
  }
}
