import {
  MAX_SIDE_LINKS,
  MAX_SIDE_SDP,
  type SideAnswer,
  type SideOffer,
} from '../../../shared/protocol/sideLink';
import type { SideLink } from '../peer/SideLink';

/**
 * From this round trip on, in ms, one connection is too slow: what Chromium has under way at a time does not fill it.
 * Measured: docs/performance.md.
 */
const SLOW_ROUND_TRIP_MS = 5;
/** Bytes over the lanes between two looks at the round trip; less than that is sent before more connections are up. */
const LOOK_BYTES = 2 * 1024 * 1024;

/** What is used of a side link; `SideLink` is one. */
export type KeptSideLink = Pick<
  SideLink,
  'events' | 'laneChannel' | 'maxPacketBytes' | 'offer' | 'answer' | 'handleAnswer' | 'close'
>;

export interface SideLinksOptions {
  /** Whether this side makes the offers, as it does for the peer link. */
  isInitiator: boolean;
  createLink: () => KeptSideLink;
  /** The peer link's, in ms; `null` where it isn't known. */
  roundTripMs: () => Promise<number | null>;
  send: (message: SideOffer | SideAnswer) => void;
  /** Checks an SDP of the peer's; where it may not reach a browser, the session is over when this returns `false`. */
  isSafe: (sdp: string) => boolean;
  /** A link is there; its channel may have to open yet. */
  onLink: (link: KeptSideLink) => void;
  onGone: (link: KeptSideLink) => void;
  /** The peer sent what breaks the protocol. */
  onViolation: () => void;
}

/**
 * Further connections beside one peer link, for lanes only. The initiator opens all of them when bytes are moving and
 * the round trip is long; the other side takes what is offered. Each number is used once, so a peer link has no more
 * than `MAX_SIDE_LINKS` in its whole life, whatever the peer says. All end with it.
 */
export class SideLinks {
  readonly #options: SideLinksOptions;
  /** By number; `null` for one that is gone. */
  readonly #links = new Map<number, KeptSideLink | null>();
  readonly #unanswered = new Set<number>();
  #leastMs = Number.POSITIVE_INFINITY;
  #bytes = 0;
  #isClosed = false;

  constructor(options: SideLinksOptions) {
    this.#options = options;
    // Before bytes move, the round trip is that of the path; later it has the queues in it.
    if (options.isInitiator) void this.#look();
  }

  /** Every link that is not gone. */
  get all(): KeptSideLink[] {
    return [...this.#links.values()].filter((link) => link !== null);
  }

  /** Bytes went over a data channel, in either direction. */
  moved(bytes: number): void {
    if (!this.#options.isInitiator || this.#links.size > 0 || this.#isClosed) return;
    this.#bytes += bytes;
    if (this.#bytes < LOOK_BYTES) return;
    this.#bytes = 0;
    void this.#look().then(() => this.#openAll());
  }

  /** The peer wants one more. */
  async handleOffer({ side, sdp }: SideOffer): Promise<void> {
    const { isInitiator, onViolation, isSafe, send } = this.#options;
    if (isInitiator || this.#links.has(side)) onViolation();
    else if (isSafe(sdp)) {
      const answer = await this.#create(side).answer(sdp);
      if (answer !== null && !this.#isClosed) send({ type: 'side-answer', side, sdp: answer });
    }
  }

  /** The peer's answer; one that comes after its link was given up is nothing to complain of. */
  async handleAnswer({ side, sdp }: SideAnswer): Promise<void> {
    if (!this.#unanswered.delete(side)) this.#options.onViolation();
    else if (this.#options.isSafe(sdp)) await this.#links.get(side)?.handleAnswer(sdp);
  }

  /** Closes all for good. */
  close(): void {
    this.#isClosed = true;
    for (const link of this.all) link.close();
  }

  async #look(): Promise<void> {
    const latestMs = (await this.#options.roundTripMs()) ?? Number.POSITIVE_INFINITY;
    this.#leastMs = Math.min(this.#leastMs, latestMs);
  }

  #openAll(): void {
    const isSlow = Number.isFinite(this.#leastMs) && this.#leastMs >= SLOW_ROUND_TRIP_MS;
    if (!isSlow || this.#isClosed || this.#links.size > 0) return;
    for (let side = 1; side <= MAX_SIDE_LINKS; side++) void this.#open(side);
  }

  async #open(side: number): Promise<void> {
    const link = this.#create(side);
    const sdp = await link.offer();
    if (sdp === null || this.#isClosed) return;
    // A machine with so many addresses has to do with one connection.
    if (sdp.length > MAX_SIDE_SDP) {
      link.close();
      return;
    }
    this.#unanswered.add(side);
    this.#options.send({ type: 'side-offer', side, sdp });
  }

  #create(side: number): KeptSideLink {
    const { createLink, onLink, onGone } = this.#options;
    const link = createLink();
    this.#links.set(side, link);
    link.events.on('closed', () => {
      this.#links.set(side, null);
      onGone(link);
    });
    onLink(link);
    return link;
  }
}
