import type { Invite, InviteEnd } from '../../shared/contract/invites';
import { HitherError } from '../../shared/errors';
import type { Auth } from '../../shared/identity/Handshake';
import type { RefuseReason } from '../../shared/identity/messages';
import type { MailboxOpening } from '../relay/MailboxClient';
import type { Carrier, Route } from '../sessions/carriers/Carrier';
import { Door, type DoorOptions } from '../sessions/relay/Door';
import type { DoorResult } from '../sessions/relay/answerAtDoor';
import { handshakeShare } from '../sessions/relay/handshakeShare';
import type { DoorGrant } from '../sessions/relay/RelayWay';
import type { Session } from '../sessions/Session';
import type { Cancel, Clock } from '../ports';
import { MAX_GUESSES } from './Guesses';

/** Sessions that one invite has at a time: as many as can be shown something, and half of all there may be. */
const MAX_SESSIONS_OF_INVITE = 16;
/** Who has come after which an invite for several is used up. */
const MAX_GUESTS = 256;
/** Somebody may be at the door for so long and not come in before the inviter is told that they are in the way, in ms. */
const IDLE_MS = 15_000;
/** Timers of Node and browsers overflow beyond 2³¹ ms; what is longer is looked at again. */
const LONGEST_WAIT_MS = 24 * 3600_000;

export interface OpenInviteOptions extends Pick<DoorOptions, 'openSocket' | 'clock' | 'random' | 'side'> {
  invite: Invite;
  opening: MailboxOpening;
  /** What somebody who comes has to know; made anew for each handshake. */
  auth: (mailbox: string) => Auth;
  answer: (carrier: Carrier & { route: Route }, auth: Auth, grant: DoorGrant) => Promise<DoorResult>;
  /** What is to be seen of it has changed. */
  onChange: () => void;
  onEnded: (end: InviteEnd, guest: string | null) => void;
}

/** One invite that somebody may come by: its door, its guesses, its end. */
export class OpenInvite {
  readonly #options: OpenInviteOptions;
  readonly #door: Door;
  readonly #clock: Clock;
  #invite: Invite;
  #mailbox = '';
  #guesses = 0;
  #sessionCount = 0;
  #hasEnded = false;
  /** Whoever is on the way in, and has no session yet. */
  readonly #callers = new Set<Carrier>();
  #cancelExpiry: Cancel = () => undefined;
  #cancelIdle: Cancel = () => undefined;
  readonly #mayBegin: () => boolean;
  /** When it ends by a clock that never goes back, in ms. */
  readonly #untilMs: number;
  #onPlace: (result: { nameplate: string } | { error: HitherError }) => void = () => undefined;

  constructor(options: OpenInviteOptions) {
    this.#options = options;
    this.#invite = options.invite;
    this.#clock = options.clock;
    this.#mayBegin = handshakeShare(options.clock);
    const { createdMs, expiresMs } = options.invite;
    // However the system's clock is set, it lives no longer than it was made for.
    const lifeMs = expiresMs - Math.max(createdMs, this.#clock.now());
    this.#untilMs = this.#clock.monotonicMs() + lifeMs;
    this.#door = new Door({
      ...options,
      relayUrl: options.invite.relayUrl,
      isOwner: true,
      onJoined: ({ mailbox, nameplate }) => {
        this.#mailbox = mailbox;
        this.#setTrouble(null);
        if (nameplate !== null) this.#onPlace({ nameplate });
      },
      onMeeting: (isThere) => this.#watchIdle(isThere),
      onTrouble: (error) => {
        this.#setTrouble(error);
        this.#onPlace({ error });
      },
      onClosed: (error) => {
        this.#onPlace({ error });
        this.#end(error.code === 'invite-expired' ? 'expired' : 'refused');
      },
      onCaller: (carrier) => void this.#answer(carrier),
    });
    this.#watchExpiry();
  }

  get view(): Invite {
    return this.#invite;
  }

  /** The number that leads to the invite. @throws HitherError what keeps the relay from giving one */
  async nameplate(): Promise<string> {
    const result = await new Promise<{ nameplate: string } | { error: HitherError }>((resolve) => {
      this.#onPlace = resolve;
    });
    if ('error' in result) throw result.error;
    return result.nameplate;
  }

  /** Changes what is shown of it. */
  update(change: Partial<Invite>): void {
    this.#invite = { ...this.#invite, ...change };
    this.#options.onChange();
  }

  hurry(): void {
    this.#door.hurry();
  }

  /** Nobody comes by it any more: whoever is on the way in is sent away, and sessions that it began go on. */
  close(): void {
    this.#hasEnded = true;
    this.#cancelExpiry();
    this.#cancelIdle();
    for (const carrier of this.#callers) carrier.close();
    this.#door.leave();
  }

  async #answer(carrier: Carrier & { route: Route }): Promise<void> {
    const { answer, auth } = this.#options;
    const { relayUrl, rights, way } = this.#invite;
    if (this.#hasEnded) {
      carrier.close();
      return;
    }
    const proof = way.kind === 'link' ? 'invite' : 'spoken-code';
    const grant: DoorGrant = {
      ...{ relayUrl, rights, proof },
      peerKey: null,
      isInvited: true,
      mayBegin: this.#mayBegin,
      refusal: () => this.#refusal(),
      used: (session) => {
        this.#callers.delete(carrier);
        this.#used(session);
      },
    };
    this.#callers.add(carrier);
    const result = await answer(carrier, auth(this.#mailbox), grant);
    this.#callers.delete(carrier);
    if (result === 'failed' && way.kind === 'code' && ++this.#guesses >= MAX_GUESSES) this.#end('burned');
  }

  /** A timer is late where the machine slept, so the time is looked at again. */
  #refusal(): RefuseReason | null {
    if (this.#hasEnded || this.#isExpired) return 'not-taking';
    return this.#sessionCount >= MAX_SESSIONS_OF_INVITE ? 'busy' : null;
  }

  #used({ peer, events }: Pick<Session, 'peer' | 'events'>): void {
    this.#sessionCount += 1;
    events.on('ended', () => (this.#sessionCount -= 1));
    this.update({ guests: [...this.#invite.guests, peer.name] });
    const isUsedUp = this.#invite.isSingleUse || this.#invite.guests.length >= MAX_GUESTS;
    if (isUsedUp) this.#end('used', peer.name);
  }

  #end(end: InviteEnd, guest: string | null = null): void {
    if (this.#hasEnded) return;
    this.close();
    this.#options.onEnded(end, guest);
  }

  #setTrouble(error: HitherError | null): void {
    const trouble = error?.toFailure() ?? null;
    if (trouble?.code !== this.#invite.trouble?.code) this.update({ trouble });
  }

  #watchExpiry(): void {
    this.#cancelExpiry = this.#clock.after(Math.max(0, Math.min(this.#leftMs, LONGEST_WAIT_MS)), () => {
      if (this.#isExpired) this.#end('expired');
      else this.#watchExpiry();
    });
  }

  get #leftMs(): number {
    return Math.min(this.#invite.expiresMs - this.#clock.now(), this.#untilMs - this.#clock.monotonicMs());
  }

  get #isExpired(): boolean {
    return this.#leftMs <= 0;
  }

  /** Nobody can be sent away from the other place of a mailbox; the person can make another invite. */
  #watchIdle(isThere: boolean): void {
    const crowded = new HitherError('mailbox-crowded', { relay: this.#invite.relayUrl });
    this.#cancelIdle();
    if (isThere) this.#cancelIdle = this.#clock.after(IDLE_MS, () => this.#setTrouble(crowded));
    else if (this.#invite.trouble?.code === crowded.code) this.#setTrouble(null);
  }
}
