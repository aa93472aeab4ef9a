import {
  MAX_SIDE_LINKS,
  MAX_SIDE_SDP,
  type SideAnswer,
  type SideOffer,
} from '../../../shared/protocol/sideLink';
import { TokenBucket } from '../../../shared/TokenBucket';
import type { SideLink } from '../peer/SideLink';

/**
 * From this round trip on, in ms, one connection is too slow: what Chromium has under way at a time does not fill it.
 * Measured: docs/performance.md.
 */
const SLOW_ROUND_TRIP_MS = 5;
/** Bytes over the lanes between two looks at the round trip; less than that is sent before more connections are up. */
const LOOK_BYTES = 2 * 1024 * 1024;
/**
 * Offers that are taken: each costs the browser a connection. An honest peer makes seven, and again after each share that a person
 * has ended.
 */
const OFFERS_AT_ONCE = 4 * MAX_SIDE_LINKS;
const OFFERS_PER_SECOND = 1;

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
 * the round trip is long; the other side takes what is offered, `MAX_SIDE_LINKS` at a time, whatever the peer says. All
 * end with the peer link, and while media run there are none: what waits in so many connections would be in their way for seconds.
 */
export class SideLinks {
  readonly #options: SideLinksOptions;
  /** Those that are not gone; the oldest first. */
  readonly #links = new Set<KeptSideLink>();
  /** By number, those that the peer has been offered. */
  readonly #unanswered = new Map<number, KeptSideLink>();
  readonly #offers = new TokenBucket(OFFERS_PER_SECOND, OFFERS_AT_ONCE);
  /** Of the last offer, made or taken. */
  #lastNumber = 0;
  #leastMs = Number.POSITIVE_INFINITY;
  #bytes = 0;
  #hasOpened = false;
  #isResting = false;
  #isClosed = false;

  constructor(options: SideLinksOptions) {
    this.#options = options;
    // Before bytes move, the round trip is that of the path; later it has the queues in it.
    if (options.isInitiator) void this.#look();
  }

  /** Every link that is not gone. */
  get all(): KeptSideLink[] {
    return [...this.#links];
  }

  /** Bytes went over a data channel, in either direction. */
  moved(bytes: number): void {
    if (!this.#options.isInitiator || this.#hasOpened || this.#isClosed) return;
    this.#bytes += bytes;
    if (this.#bytes < LOOK_BYTES || this.#isResting) return;
    this.#bytes = 0;
    void this.#look().then(() => this.#openAll());
  }

  /** Closes all for as long as media run; what they had not delivered goes over the peer link. */
  rest(): void {
    this.#isResting = true;
    // The first bytes after it have their connections back.
    if (this.#hasOpened) this.#bytes = LOOK_BYTES;
    this.#hasOpened = false;
    for (const link of this.all) link.close();
  }

  /**
   * Closes all, as the way to the peer has changed; the next bytes have new ones, if the new way is long as well. The initiator
   * alone does that: the other side would close what was made since.
   */
  replace(): void {
    if (!this.#options.isInitiator) return;
    this.#leastMs = Number.POSITIVE_INFINITY;
    void this.#look();
    const wasResting = this.#isResting;
    this.rest();
    this.#isResting = wasResting;
  }

  /** No media run any more: opens them again as soon as bytes move. */
  wake(): void {
    this.#isResting = false;
  }

  /** The peer wants one more. */
  async handleOffer({ side, sdp }: SideOffer): Promise<void> {
    const { isInitiator, onViolation, isSafe, send } = this.#options;
    if (isInitiator || side <= this.#lastNumber) {
      onViolation();
      return;
    }
    this.#lastNumber = side;
    if (this.#isClosed || !this.#offers.consume()) return;
    if (!isSafe(sdp)) return;
    // The peer has closed it: its own bound is the same.
    if (this.#links.size >= MAX_SIDE_LINKS) this.all[0]?.close();
    const link = this.#create();
    const answer = await link.answer(sdp);
    if (answer !== null && this.#links.has(link)) send({ type: 'side-answer', side, sdp: answer });
  }

  /** The peer's answer; one that comes after its link was given up is nothing to complain of. */
  async handleAnswer({ side, sdp }: SideAnswer): Promise<void> {
    const link = this.#unanswered.get(side);
    this.#unanswered.delete(side);
    if (!link) this.#options.onViolation();
    else if (this.#options.isSafe(sdp) && this.#links.has(link)) await link.handleAnswer(sdp);
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
    if (!isSlow || this.#isClosed || this.#isResting || this.#hasOpened) return;
    this.#hasOpened = true;
    for (let count = 0; count < MAX_SIDE_LINKS; count++) void this.#open();
  }

  async #open(): Promise<void> {
    const link = this.#create();
    const sdp = await link.offer();
    if (sdp === null || !this.#links.has(link)) return;
    // A machine with so many addresses has to do with one connection.
    if (sdp.length > MAX_SIDE_SDP) {
      link.close();
      return;
    }
    const side = ++this.#lastNumber;
    this.#unanswered.set(side, link);
    this.#options.send({ type: 'side-offer', side, sdp });
  }

  #create(): KeptSideLink {
    const { createLink, onLink, onGone } = this.#options;
    const link = createLink();
    this.#links.add(link);
    link.events.on('closed', () => {
      this.#links.delete(link);
      onGone(link);
    });
    onLink(link);
    return link;
  }
}
