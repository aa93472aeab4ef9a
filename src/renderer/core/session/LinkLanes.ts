import type { Backend } from '../../../shared/contract/backend';
import type { BlockOrder } from '../../../shared/contract/transfers';
import type { SideAnswer, SideOffer } from '../../../shared/protocol/sideLink';
import type { LaneLink } from '../peer/laneChannel';
import type { PeerLink } from '../peer/PeerLink';
import type { SideLink } from '../peer/SideLink';
import { Pacer } from '../../../shared/transfer/sending/Pacer';
import { LinkPace } from '../pace/LinkPace';
import { SessionLane, type SessionLaneOptions } from './SessionLane';
import { SideLinks } from './SideLinks';

export interface LinkLanesOptions {
  backend: Backend;
  sessionId: string;
  link: Pick<PeerLink, 'roundTripMs' | 'probeChannel' | 'mediaStats'> & LaneLink;
  /** Whether this side made the peer link, and makes the side links. */
  isInitiator: boolean;
  createSideLink: () => SideLink;
  readSource: SessionLaneOptions['readSource'];
  send: (message: SideOffer | SideAnswer) => void;
  /** Checks an SDP of a side link; the session is over where it is `false`. */
  isSafe: (sdp: string) => boolean;
  /** The peer sent what breaks the protocol. */
  onViolation: () => void;
}

/** The lanes of one peer link: its own data channel, and those of the side links beside it. */
export class LinkLanes {
  readonly #options: LinkLanesOptions;
  readonly #sides: SideLinks;
  readonly #lanes = new Map<LaneLink, SessionLane>();
  readonly #pacer = new Pacer();
  readonly #pace: LinkPace;

  constructor(options: LinkLanesOptions) {
    this.#options = options;
    const { backend, sessionId, link } = options;
    this.#pace = new LinkPace({ backend, sessionId, link, pacer: this.#pacer });
    this.#open(link);
    const { isInitiator, createSideLink, send, isSafe, onViolation } = options;
    this.#sides = new SideLinks({
      ...{ isInitiator, createLink: createSideLink, send, isSafe, onViolation },
      roundTripMs: () => options.link.roundTripMs(),
      onLink: (link) => this.#open(link),
      onGone: (link) => this.#close(link),
    });
  }

  /** Sends a block; `false` where the order is for another link's lane. */
  send(order: BlockOrder): boolean {
    for (const lane of this.#lanes.values()) if (lane.send(order)) return true;
    return false;
  }

  handleSide(message: SideOffer | SideAnswer): void {
    void (message.type === 'side-offer'
      ? this.#sides.handleOffer(message)
      : this.#sides.handleAnswer(message));
  }

  /** Whether media run on the link, in either direction: files then take what media leave, over one connection. */
  setMedia(hasMedia: boolean): void {
    this.#pace.setMedia(hasMedia);
    if (hasMedia) this.#sides.rest();
    else this.#sides.wake();
  }

  /** The peer link takes another path: what was measured of the old one is worth nothing, and side links lead along it. */
  rerouted(): void {
    this.#pace.rerouted();
    this.#sides.replace();
  }

  /** Announces all lanes to a backend that knows of none, the peer link's first. */
  reopen(): void {
    const links = [...this.#lanes.keys()];
    for (const link of links) this.#close(link);
    for (const link of links) this.#open(link);
  }

  close(): void {
    this.#pace.close();
    this.#sides.close();
    this.#close(this.#options.link);
  }

  #open(link: LaneLink): void {
    const onMoved = (bytes: number): void => this.#sides.moved(bytes);
    const { backend, sessionId, readSource, onViolation } = this.#options;
    const pacer = this.#pacer;
    this.#lanes.set(
      link,
      new SessionLane({ backend, sessionId, readSource, onViolation, link, onMoved, pacer }),
    );
  }

  #close(link: LaneLink): void {
    this.#lanes.get(link)?.close();
    this.#lanes.delete(link);
  }
}
