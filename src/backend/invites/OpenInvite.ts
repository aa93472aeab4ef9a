import type { Invite, InviteEnd } from '../../shared/contract/invites';
import type { HitherError } from '../../shared/errors';
import type { Auth } from '../../shared/identity/Handshake';
import type { RefuseReason } from '../../shared/identity/messages';
import type { MailboxOpening } from '../relay/MailboxClient';
import type { Carrier, Route } from '../sessions/carriers/Carrier';
import { Door, type DoorOptions } from '../sessions/relay/Door';
import type { DoorResult } from '../sessions/relay/answerAtDoor';
import type { DoorGrant } from '../sessions/relay/RelayWay';
import type { Cancel, Clock } from '../ports';
import { MAX_GUESSES } from './Guesses';

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
  #hasEnded = false;
  /** Whoever is on the way in, and has no session yet. */
  readonly #callers = new Set<Carrier>();
  #cancelExpiry: Cancel = () => undefined;
  #onPlace: (result: { nameplate: string } | { error: HitherError }) => void = () => undefined;

  constructor(options: OpenInviteOptions) {
    this.#options = options;
    this.#invite = options.invite;
    this.#clock = options.clock;
    this.#door = new Door({
      ...options,
      relayUrl: options.invite.relayUrl,
      onJoined: ({ mailbox, nameplate }) => {
        this.#mailbox = mailbox;
        this.#setTrouble(null);
        if (nameplate !== null) this.#onPlace({ nameplate });
      },
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
      refusal: () => this.#refusal(),
      used: ({ peer }) => {
        this.#callers.delete(carrier);
        this.#used(peer.name);
      },
    };
    this.#callers.add(carrier);
    const result = await answer(carrier, auth(this.#mailbox), grant);
    this.#callers.delete(carrier);
    if (result === 'failed' && way.kind === 'code' && ++this.#guesses >= MAX_GUESSES) this.#end('burned');
  }

  /** A timer is late where the machine slept, so the time is looked at again. */
  #refusal(): RefuseReason | null {
    return this.#hasEnded || this.#clock.now() >= this.#invite.expiresMs ? 'not-taking' : null;
  }

  #used(guest: string): void {
    this.update({ guests: [...this.#invite.guests, guest] });
    if (this.#invite.isSingleUse) this.#end('used', guest);
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
    const leftMs = this.#invite.expiresMs - this.#clock.now();
    this.#cancelExpiry = this.#clock.after(Math.max(0, Math.min(leftMs, LONGEST_WAIT_MS)), () => {
      if (this.#clock.now() >= this.#invite.expiresMs) this.#end('expired');
      else this.#watchExpiry();
    });
  }
}
