import type { LaneOffer } from '../../../shared/protocol/transfer';
import { type Block, BlockAssembler } from '../../../shared/transfer/packets';
import type { Lane } from '../../../shared/transfer/ports';
import {
  type LanAccess,
  LanLaneConnector,
  type LanLaneConnectorOptions,
} from '../../../main/node/lanes/LanLaneConnector';
import type { PageLane } from './PageLane';

export interface PeerLanesOptions extends Pick<LanLaneConnectorOptions, 'sha256' | 'readPage' | 'send'> {
  /** `null` where there are to be no LAN lanes. */
  lan: LanAccess | null;
  /** Takes a block off a lane; resolves when it is on disk or was not wanted. */
  onBlock: (block: Block) => Promise<void>;
  /** The first lane of a new link is there, and messages go through. */
  onLinkUp: () => void;
  onLinkDown: () => void;
  onLane: (lane: Lane) => void;
  onLaneGone: (lane: Lane) => void;
}

/**
 * The lanes of one session. The page's data channels come and go with the link that messages travel on, and so a link is
 * there as long as one of them is; a LAN lane is opened beside them and ends with them.
 */
export class PeerLanes {
  readonly #options: PeerLanesOptions;
  readonly #pageLanes = new Map<string, { lane: PageLane; assembler: BlockAssembler }>();
  #lan: LanLaneConnector | null;
  #lanLane: Lane | null = null;

  constructor(options: PeerLanesOptions) {
    this.#options = options;
    this.#lan = this.#newLan();
  }

  /** Whether messages get through to the peer. */
  get isLinked(): boolean {
    return this.#pageLanes.size > 0;
  }

  get all(): Lane[] {
    const pageLanes = [...this.#pageLanes.values()].map(({ lane }) => lane);
    return this.#lanLane ? [this.#lanLane, ...pageLanes] : pageLanes;
  }

  /** The kinds of the lanes that bytes travel on at present. */
  get kinds(): Lane['kind'][] {
    if (this.#lanLane) return ['lan'];
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
    if (isNewLink) this.#lan?.linkUp();
  }

  close(laneId: string): void {
    const open = this.#pageLanes.get(laneId);
    if (!open) return;
    this.#pageLanes.delete(laneId);
    if (!this.isLinked) this.#lan?.linkDown();
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
    this.#lan = this.#newLan();
  }

  /** Takes a packet off a page's lane; resolves when the block it completes is on disk. */
  async handlePacket(laneId: string, packet: Uint8Array): Promise<void> {
    const block = this.#pageLanes.get(laneId)?.assembler.push(packet);
    if (block) await this.#options.onBlock(block);
  }

  handleOffer(offer: LaneOffer): void {
    this.#lan?.handleOffer(offer);
  }

  listeningChanged(): void {
    this.#lan?.listeningChanged();
  }

  #newLan(): LanLaneConnector | null {
    const { lan: access, onLane, onLaneGone } = this.#options;
    if (!access) return null;
    return new LanLaneConnector({
      ...this.#options,
      access,
      onUp: (lane) => {
        this.#lanLane = lane;
        onLane(lane);
      },
      onDown: (lane) => {
        this.#lanLane = null;
        onLaneGone(lane);
      },
    });
  }
}
