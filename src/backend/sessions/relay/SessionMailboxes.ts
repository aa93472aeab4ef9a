import { sessionMailbox } from '../../../shared/identity/keySchedule';
import { TokenBucket } from '../../../shared/TokenBucket';
import { MailboxClient } from '../../relay/MailboxClient';
import type { Cancel, Clock, OpenRelaySocket, Random } from '../../ports';
import { relayRoute, type Route } from '../carriers/Carrier';
import { KeyedWire } from '../carriers/KeyedWire';
import type { Session } from '../Session';
import type { SessionLimits } from '../timings';

/** A session that has found its mailbox keeps the door open for so long, in ms: the other side may not be so far. */
const DOOR_LINGER_MS = 250;
/** A carrier that broke while both are there gets new keys after so long, in ms. */
const RESTART_MS = 1_000;
/** Share of the life of credentials after which new ones are fetched. */
const REFRESH_SHARE = 0.6;
/** ICE servers are not asked for more often than that, whatever a relay says and however often the two meet, in ms. */
const MIN_REFRESH_MS = 30_000;
/**
 * Meetings that get keys at once, and a second after that: a relay can say without end that the peer came and went. A network that
 * comes and goes has a few; each costs both sides keys, and the page a change.
 */
const MAX_BEGINS = 10;
const BEGINS_PER_SECOND = 0.5;

export interface SessionMailboxesOptions {
  openSocket: OpenRelaySocket;
  /** This device's side in a mailbox. */
  sideOf: (mailbox: string) => string;
  clock: Clock;
  random: Random;
  limits: SessionLimits;
}

/** The mailbox of one session at a relay: a carrier whenever both are there. */
class SessionMailbox {
  readonly #options: SessionMailboxesOptions;
  readonly #session: Session;
  readonly #client: MailboxClient;
  #wire: KeyedWire | null = null;
  #route: Route = relayRoute([]);
  #cancelRefresh: Cancel | null = null;
  #cancelBegin: Cancel | null = null;
  readonly #begins: TokenBucket;
  /** When the relay last told its ICE servers, on the clock that never goes back; and when it is to be asked again. */
  #toldMs = Number.NEGATIVE_INFINITY;
  #refreshAtMs = Number.NEGATIVE_INFINITY;
  #round = 0;

  constructor(session: Session, relayUrl: string, options: SessionMailboxesOptions) {
    this.#session = session;
    this.#options = options;
    this.#begins = new TokenBucket(BEGINS_PER_SECOND, MAX_BEGINS, () => options.clock.monotonicMs());
    const mailbox = sessionMailbox(session.exporter);
    const [opening, side] = [{ type: 'join', mailbox } as const, options.sideOf(mailbox)];
    this.#client = new MailboxClient(
      { ...options, relayUrl, opening, side },
      {
        onMeeting: (isThere) => this.#begin(isThere),
        onReset: () => this.#begin(this.#client.isMeeting),
        onMessage: (payload) => this.#wire?.deliver(payload),
        onClosed: () => this.#begin(false),
      },
    );
  }

  get relayUrl(): string {
    return this.#client.relayUrl;
  }

  hurry(): void {
    this.#client.hurry();
  }

  /** Agrees on keys anew, if both are there. */
  restart(): void {
    this.#begin(this.#client.isMeeting);
  }

  end(): void {
    this.#begin(false);
    this.#client.leave();
  }

  /**
   * A new wire where both are there, at once or as soon as there may be another one; none where not: what an older one had under way
   * is lost.
   */
  #begin(isThere: boolean): void {
    this.#round++;
    this.#wire?.close();
    this.#wire = null;
    for (const cancel of [this.#cancelRefresh, this.#cancelBegin]) cancel?.();
    this.#cancelRefresh = null;
    this.#cancelBegin = null;
    if (!isThere || this.#session.ended.aborted) return;
    if (this.#begins.consume()) void this.#open(this.#round);
    else this.#cancelBegin = this.#options.clock.after(this.#begins.waitMs, () => this.restart());
  }

  async #open(round: number): Promise<void> {
    if (this.#nowMs - this.#toldMs >= MIN_REFRESH_MS) await this.#refresh(round);
    else this.#refreshLater(round);
    if (!this.#isCurrent(round)) return;
    this.#wire = new KeyedWire({
      ...this.#options,
      session: this.#session,
      kind: 'relay',
      route: () => this.#route,
      send: (bytes) => this.#client.send(bytes),
    });
  }

  #isCurrent(round: number): boolean {
    return round === this.#round && !this.#session.ended.aborted;
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }

  /** Asks for ICE servers, now and before their credentials run out. */
  async #refresh(round: number): Promise<void> {
    const answer = await this.#client.ice();
    if (answer === null) return;
    // What a round that is over has asked for counts as well: a relay that ends it with its answer would be asked without end.
    this.#toldMs = this.#nowMs;
    this.#refreshAtMs = this.#nowMs + Math.max(MIN_REFRESH_MS, answer.ttlS * 1000 * REFRESH_SHARE);
    this.#route = relayRoute(answer.servers);
    if (!this.#isCurrent(round)) return;
    this.#session.updateRelayRoute(this.#route);
    this.#refreshLater(round);
  }

  #refreshLater(round: number): void {
    const inMs = this.#refreshAtMs - this.#nowMs;
    this.#cancelRefresh = this.#options.clock.after(inMs, () => void this.#refresh(round));
  }
}

/** Gives sessions a mailbox of their own at a relay, beside whatever else leads to the peer. */
export class SessionMailboxes {
  readonly #options: SessionMailboxesOptions;
  readonly #mailboxes = new Map<Session, SessionMailbox>();

  constructor(options: SessionMailboxesOptions) {
    this.#options = options;
  }

  /** Has a session meet at a relay from now on, in place of another one where it had one. */
  use(session: Session, relayUrl: string): void {
    const before = this.#mailboxes.get(session);
    if (before?.relayUrl === relayUrl || session.ended.aborted) return;
    before?.end();
    if (before === undefined) this.#follow(session);
    this.#mailboxes.set(session, new SessionMailbox(session, relayUrl, this.#options));
  }

  /** Whether a session meets at a relay, now or as soon as it can be reached. */
  has(session: Session): boolean {
    return this.#mailboxes.has(session);
  }

  /** The network has changed: looks at once which ways are open. */
  hurry(): void {
    for (const mailbox of this.#mailboxes.values()) mailbox.hurry();
  }

  #follow(session: Session): void {
    session.events.on('carrier', ({ kind, isUp }) => {
      if (kind !== 'relay' || isUp) return;
      // Somebody in between touched what passed: new keys may pass.
      this.#options.clock.after(RESTART_MS, () => {
        if (!session.isUpBy('relay')) this.#mailboxes.get(session)?.restart();
      });
    });
    session.events.on('ready', ({ kind }) => {
      if (kind !== 'relay') return;
      this.#options.clock.after(DOOR_LINGER_MS, () => {
        if (session.isUpBy('relay')) session.retire('door');
      });
    });
    session.events.on('ended', () => {
      this.#mailboxes.get(session)?.end();
      this.#mailboxes.delete(session);
    });
  }
}
