import { TokenBucket } from '../../../shared/TokenBucket';
import { Backoff, type BackoffTimes } from '../../../shared/Backoff';
import type { RtcSignal } from '../../../shared/protocol/links';
import { MAX_MEDIA_SECTIONS } from '../../../shared/protocol/sdp';
import type { PeerLinkEvents } from '../peer/PeerLink';
import type { Emitter } from '../../../shared/Emitter';

/** How long one attempt to build a link may take, in ms; ICE on a LAN needs well under a second. */
const ATTEMPT_MS = 8_000;
/** Between attempts that end before their time, as where the peer's signals are of no use. */
const EARLY_ENDS: BackoffTimes = { firstMs: 250, longestMs: ATTEMPT_MS };
/**
 * How long a restart of ICE has to find a path for a link that fell silent, in ms, before the link is replaced. On a LAN it takes
 * 0.2 s; over a relay two round trips of signals, and TURN over TLS some more.
 */
const RESTART_MS = 6_000;
/** A link that falls silent just after a restart, in ms, has that one: it began when the network changed. */
const JUST_RESTARTED_MS = 2_500;

/**
 * How often a link is looked after without its own time being up, at once and a second after that. A network that changes tells of
 * a few addresses one by one. A relay can name other servers, and a peer be silent and come back, without end; each restart costs both
 * browsers new candidates, and each link a connection, of which a page has 500.
 */
const MAX_LOOKS = 6;
const LOOKS_PER_SECOND = 0.2;

/** What a keeper needs of a link; `PeerLink` is one. */
export interface KeptLink {
  readonly events: Emitter<PeerLinkEvents>;
  signal(signal: RtcSignal): void;
  close(): void;
}

export interface LinkKeeperOptions<L extends KeptLink> {
  /** Whether this side makes the links; the other one asks for them. */
  isInitiator: boolean;
  createLink: () => L;
  /** Has a connected link look for its path anew. */
  restart: (link: L) => void;
  sendSignal: (link: number, signal: RtcSignal) => void;
  /** Asks the initiator to replace `link`. */
  sendRelink: (link: number) => void;
  /** A new link is connected. */
  onLinked: (link: L) => void;
  /** The link that was connected is broken, or silent; it may come back (`onRecovered`). */
  onLost: () => void;
  onRecovered: () => void;
  /** The connected link is gone for good; what was bound to it must go, too. */
  onClosed: (link: L) => void;
  /** Names a new link. */
  newNumber?: () => number;
}

/**
 * Keeps a session linked: builds the peer link, notices when its path breaks, has it restarted, and where that does not help
 * rebuilt, until it is told to stop. How long that may go on is the session's business.
 */
export class LinkKeeper<L extends KeptLink> {
  readonly #options: LinkKeeperOptions<L>;
  readonly #backoff = new Backoff(EARLY_ENDS);
  /** Links that the peer may have made anew: each costs the browser a connection. */
  readonly #replacements = new TokenBucket(1, 10);
  #link: L | null = null;
  /** Media sections that the peer has asked of the link. */
  #askedSections = 0;
  #number = 0;
  #isConnected = false;
  /** Connected, and nothing comes. */
  #isUnstable = false;
  #restartedMs = Number.NEGATIVE_INFINITY;
  #isStopped = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #looks = new TokenBucket(LOOKS_PER_SECOND, MAX_LOOKS);
  #lookTimer: ReturnType<typeof setTimeout> | undefined;
  /** What the look that waits is for: the network has changed. */
  #isRenewDue = false;

  constructor(options: LinkKeeperOptions<L>) {
    this.#options = options;
  }

  /** The connected link, or `null`. */
  get link(): L | null {
    return this.#isConnected ? this.#link : null;
  }

  /** Makes the first link, or waits for the initiator's. */
  start(): void {
    if (this.#options.isInitiator) this.#build();
    else this.#askLater();
  }

  /**
   * Sees to the link, as the session is back or the page was reloaded: one that is silent is restarted, and where there
   * is none, one is made or asked for. At once, or where that was done too often, as soon as it may be again.
   */
  retry(): void {
    if (this.#isMissing) this.#look('retry');
  }

  /** The network has changed, here or as the route tells: the path may be another one, whether the old one is missed yet or not. */
  renew(): void {
    this.#look('renew');
  }

  /** Takes a signal that belongs to the link `number`. The initiator's offer begins a link; signals come in the order they were made. */
  signal(number: number, signal: RtcSignal): void {
    if (this.#isStopped) return;
    if (number !== this.#number) {
      const isBeginning = signal.type === 'offer' && !this.#options.isInitiator;
      if (!isBeginning || !this.#replacements.consume()) return;
      this.#replace(number);
    }
    // A link with more would make offers that no peer accepts, and each costs the browser memory for as long as the link lives.
    if (signal.type === 'transceiverRequest' && ++this.#askedSections > MAX_MEDIA_SECTIONS) return;
    this.#link?.signal(signal);
  }

  /** The other side can't use the link `number`; 0: it has none. */
  relink(number: number): void {
    if (this.#isStopped || !this.#options.isInitiator) return;
    if ((number === 0 || number === this.#number) && this.#replacements.consume()) this.#build();
  }

  /** Closes the link for good. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#forgetLook();
    this.#dropLink();
  }

  get #isMissing(): boolean {
    return !this.#isConnected || this.#isUnstable;
  }

  #look(wish: 'retry' | 'renew'): void {
    if (this.#isStopped) return;
    if (!this.#looks.consume()) this.#lookLater(wish);
    else if (this.#isConnected) this.#restart();
    else if (this.#options.isInitiator) this.#build();
    else this.#ask();
  }

  /** Where a link came back by then, it is the network's news alone that is still worth a look. */
  #lookLater(wish: 'retry' | 'renew'): void {
    if (wish === 'renew') this.#isRenewDue = true;
    clearTimeout(this.#lookTimer);
    this.#lookTimer = setTimeout(() => {
      const isDue = this.#isRenewDue || this.#isMissing;
      const again = this.#isRenewDue ? 'renew' : 'retry';
      this.#isRenewDue = false;
      if (isDue) this.#look(again);
    }, this.#looks.waitMs);
  }

  #forgetLook(): void {
    clearTimeout(this.#lookTimer);
    this.#isRenewDue = false;
  }

  #build(): void {
    this.#replace((this.#options.newNumber ?? newLinkNumber)());
  }

  #replace(number: number): void {
    this.#dropLink();
    // A new link goes the way that is known now.
    this.#forgetLook();
    this.#number = number;
    this.#askedSections = 0;
    const link = this.#options.createLink();
    this.#link = link;
    const ifCurrent =
      <T>(handler: (data: T) => void) =>
      (data: T): void => {
        if (this.#link === link) handler(data);
      };
    link.events.on(
      'signal',
      ifCurrent((signal) => this.#options.sendSignal(number, signal)),
    );
    link.events.on(
      'connected',
      ifCurrent(() => this.#connected(link)),
    );
    link.events.on(
      'unstable',
      ifCurrent(() => this.#unstable()),
    );
    link.events.on(
      'stable',
      ifCurrent(() => this.#stable()),
    );
    link.events.on(
      'closed',
      ifCurrent(() => this.#closed()),
    );
    this.#after(ATTEMPT_MS, () => this.#broken());
  }

  #connected(link: L): void {
    clearTimeout(this.#timer);
    this.#isConnected = true;
    this.#isUnstable = false;
    this.#backoff.reset();
    this.#options.onLinked(link);
  }

  #unstable(): void {
    if (!this.#isConnected || this.#isUnstable) return;
    this.#isUnstable = true;
    this.#options.onLost();
    this.#replaceLater();
    if (performance.now() - this.#restartedMs >= JUST_RESTARTED_MS) this.#look('retry');
  }

  #stable(): void {
    if (!this.#isConnected || !this.#isUnstable) return;
    this.#isUnstable = false;
    clearTimeout(this.#timer);
    this.#options.onRecovered();
  }

  #restart(): void {
    if (!this.#link) return;
    this.#restartedMs = performance.now();
    this.#options.restart(this.#link);
    if (this.#isUnstable) this.#replaceLater();
  }

  #replaceLater(): void {
    this.#after(RESTART_MS, () => this.#broken());
  }

  #closed(): void {
    if (this.#isConnected) {
      this.#broken();
      return;
    }
    this.#dropLink();
    this.#after(this.#backoff.next(), () => this.#broken());
  }

  #broken(): void {
    if (this.#isConnected) this.#options.onLost();
    if (this.#options.isInitiator) {
      // At once after a loss, and after an attempt that has had its time.
      this.#build();
    } else {
      this.#dropLink();
      this.#ask();
    }
  }

  #ask(): void {
    this.#options.sendRelink(this.#number);
    this.#askLater();
  }

  /** The answer to a request may be lost, too. */
  #askLater(): void {
    this.#after(ATTEMPT_MS, () => this.#ask());
  }

  #dropLink(): void {
    const link = this.#link;
    const wasConnected = this.#isConnected;
    this.#link = null;
    this.#isConnected = false;
    this.#isUnstable = false;
    if (link && wasConnected) this.#options.onClosed(link);
    link?.close();
  }

  #after(delayMs: number, action: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (!this.#isStopped) action();
    }, delayMs);
  }
}

/** Names a new link; 0 is no link. */
function newLinkNumber(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] || 1;
}
