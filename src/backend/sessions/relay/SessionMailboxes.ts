import { sessionMailbox } from '../../../shared/identity/keySchedule';
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
/** Credentials are not fetched more often than that, whatever a relay says, in ms. */
const MIN_REFRESH_MS = 30_000;

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
  #round = 0;

  constructor(session: Session, relayUrl: string, options: SessionMailboxesOptions) {
    this.#session = session;
    this.#options = options;
    const mailbox = sessionMailbox(session.exporter);
    const [opening, side] = [{ type: 'join', mailbox } as const, options.sideOf(mailbox)];
    this.#client = new MailboxClient(
      { ...options, relayUrl, opening, side },
      {
        onMeeting: (isThere) => void this.#begin(isThere),
        onReset: () => void this.#begin(this.#client.isMeeting),
        onMessage: (payload) => this.#wire?.deliver(payload),
        onClosed: () => void this.#begin(false),
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
    void this.#begin(this.#client.isMeeting);
  }

  end(): void {
    void this.#begin(false);
    this.#client.leave();
  }

  /** A new wire where both are there, and none where not: what an older one had under way is lost. */
  async #begin(isThere: boolean): Promise<void> {
    const round = ++this.#round;
    this.#wire?.close();
    this.#wire = null;
    this.#cancelRefresh?.();
    this.#cancelRefresh = null;
    if (!isThere || this.#session.ended.aborted) return;
    await this.#refresh(round);
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

  /** Asks for ICE servers, now and before their credentials run out. */
  async #refresh(round: number): Promise<void> {
    const answer = await this.#client.ice();
    if (!this.#isCurrent(round) || answer === null) return;
    this.#route = relayRoute(answer.servers);
    this.#session.updateRelayRoute(this.#route);
    const inMs = Math.max(MIN_REFRESH_MS, answer.ttlS * 1000 * REFRESH_SHARE);
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
