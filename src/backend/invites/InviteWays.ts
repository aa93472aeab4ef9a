import { HitherError } from '../../shared/errors';
import type { Auth } from '../../shared/identity/Handshake';
import {
  inviteAuth,
  type InviteLink,
  inviteMailbox,
  inviterMark,
  parseInvite,
  type SpokenCode,
  spokenAuth,
} from '../../shared/identity/invite';
import { toHex } from '../../shared/ids';
import type { MailboxOpening } from '../relay/MailboxClient';
import { Door, type DoorOptions } from '../sessions/relay/Door';
import type { Carrier } from '../sessions/carriers/Carrier';
import { RefusedError } from '../sessions/dialing/dial';
import { orAborted } from '../sessions/relay/orAborted';
import type { RelayWay } from '../sessions/relay/RelayWay';
import type { Session } from '../sessions/Session';

import { Guesses, MAX_GUESSES } from './Guesses';

/** How long somebody may be waited for at a door, in ms: a relay says at once who is there, and a blip of a line is over by then. */
const PATIENCE_MS = 5_000;
/** Between the tries where somebody else is at the door, in ms. */
const CROWDED_PAUSE_MS = 1_000;
/** How long a code that was typed wrongly can be typed again, in ms: its number is gone at the relay as soon as it was used. */
const RETRY_MS = 120_000;

export interface InviteWaysOptions extends Pick<DoorOptions, 'openSocket' | 'clock' | 'random'> {
  /** The relay that codes are of; `null` where none is set. */
  relayUrl: () => string | null;
  /** This device's side in a mailbox. */
  sideOf: (mailbox: string, role: 'waits' | 'comes') => string;
}

/** The ways that invites lead which people paste or type here. */
export class InviteWays {
  readonly #options: InviteWaysOptions;
  /** Doors of codes that were typed wrongly, by relay and number. */
  readonly #known = new Map<string, GuestDoor>();
  /** Tries with the words of codes, by code and relay: a relay may lead the same number to another mailbox each time. */
  readonly #guesses: Guesses;

  constructor(options: InviteWaysOptions) {
    this.#options = options;
    this.#guesses = new Guesses(options.clock);
  }

  /** @throws HitherError `bad-invite`, `invite-expired`, `code-burned`, `no-relay` */
  wayOf(text: string): RelayWay {
    const invite = parseInvite(text);
    if (invite === null) throw new HitherError('bad-invite');
    return invite.kind === 'link' ? this.#linkWay(invite) : this.#codeWay(invite);
  }

  #linkWay({ relayUrl, secret, inviter, expiresMs }: InviteLink): RelayWay {
    if (this.#options.clock.now() >= expiresMs) throw new HitherError('invite-expired');
    const guest = new GuestDoor(this.#options, relayUrl, { type: 'join', mailbox: inviteMailbox(secret) });
    return {
      relayUrl,
      proof: 'invite',
      auth: () => inviteAuth(secret),
      // Others have the link as well, and can answer in the inviter's place.
      isMeant: (identityKey) => toHex(inviterMark(secret, identityKey)) === toHex(inviter),
      carrier: (signal) => guest.dial(signal),
      over: (result) => guest.over(result),
    };
  }

  #codeWay({ nameplate, words }: SpokenCode): RelayWay {
    const relayUrl = this.#options.relayUrl();
    if (relayUrl === null) throw new HitherError('no-relay');
    const [name, code] = [`${nameplate} ${relayUrl}`, `${nameplate} ${words} ${relayUrl}`];
    if (this.#guesses.at(code) >= MAX_GUESSES) throw new HitherError('code-burned');
    const guest =
      this.#known.get(name) ?? new GuestDoor(this.#options, relayUrl, { type: 'claim', nameplate });
    let hasGuessed = false;
    return {
      relayUrl,
      proof: 'spoken-code',
      auth: () => {
        hasGuessed = false;
        return withFinish(spokenAuth(words, guest.mailbox, 'initiator', this.#options.random), () => {
          hasGuessed = true;
        });
      },
      carrier: (signal) => guest.dial(signal),
      over: (result) => {
        this.#known.delete(name);
        const isSession = !(result instanceof HitherError);
        // A refusal that opens is of somebody who knows the words.
        if (isSession || !hasGuessed || result instanceof RefusedError) {
          if (isSession) this.#guesses.forget(code);
          return guest.over(result);
        }
        this.#guesses.add(code);
        const left = MAX_GUESSES - Math.max(++guest.guesses, this.#guesses.at(code));
        if (left > 0 && result.code === 'tampered') {
          this.#keep(name, guest);
          return new HitherError('wrong-code', { left });
        }
        const failure = guest.over(result);
        return left > 0 ? failure : new HitherError('code-burned');
      },
    };
  }

  #keep(name: string, guest: GuestDoor): void {
    this.#known.set(name, guest);
    this.#options.clock.after(RETRY_MS, () => {
      if (this.#known.get(name) !== guest) return;
      this.#known.delete(name);
      guest.over(new HitherError('timed-out'));
    });
  }
}

/** The door that an invite leads to, from the first try on. */
class GuestDoor {
  readonly #options: InviteWaysOptions;
  readonly #relayUrl: string;
  readonly #opening: MailboxOpening;
  #door: Door | null = null;
  #failure: HitherError | null = null;
  /** Where it is; empty until the relay has said so. */
  mailbox = '';
  /** Handshakes so far that brought no session. */
  guesses = 0;

  constructor(options: InviteWaysOptions, relayUrl: string, opening: MailboxOpening) {
    this.#options = options;
    this.#relayUrl = relayUrl;
    this.#opening = opening;
  }

  /** @throws HitherError, or the signal's reason */
  async dial(signal: AbortSignal): Promise<Carrier> {
    const patience = new AbortController();
    const cancel = this.#options.clock.after(PATIENCE_MS, () => patience.abort(this.#nobody()));
    try {
      return await this.#tryUntil(AbortSignal.any([signal, patience.signal]));
    } finally {
      cancel();
    }
  }

  /** Somebody else may be at the door, and through it in a moment. */
  async #tryUntil(signal: AbortSignal): Promise<Carrier> {
    for (;;) {
      try {
        this.#door ??= this.#open();
        return await this.#door.dial(signal);
      } catch (error) {
        signal.throwIfAborted();
        if (this.#failure?.code !== 'mailbox-crowded') throw error;
        this.#door = null;
        await orAborted(this.#pause(), signal);
      }
    }
  }

  async #pause(): Promise<void> {
    await new Promise<void>((resolve) => this.#options.clock.after(CROWDED_PAUSE_MS, resolve));
  }

  #nobody(): HitherError {
    return this.#failure ?? new HitherError('inviter-away', { relay: this.#relayUrl });
  }

  /** A try is over: nothing more comes of this door. @returns what a failure means where somebody was invited */
  over(result: Session | HitherError): HitherError | null {
    if (!(result instanceof HitherError)) {
      // The place is free for the next one as soon as the session has a mailbox of its own.
      this.#door?.leave();
      return null;
    }
    this.#door?.close();
    return inviteError(this.#failure ?? result);
  }

  #open(): Door {
    const opening = this.#opening;
    const door: Door = new Door({
      ...this.#options,
      ...{ relayUrl: this.#relayUrl, opening },
      ...(opening.type === 'join' ? { side: this.#options.sideOf(opening.mailbox, 'comes') } : {}),
      // An inviter has nothing to ask of a guest in this way.
      onCaller: (carrier) => carrier.close(),
      onJoined: ({ mailbox }) => (this.mailbox = mailbox),
      onTrouble: (error) => {
        this.#failure = error;
        // Somebody waits: one try tells enough.
        door.close();
      },
      onClosed: (error) => (this.#failure = error),
    });
    return door;
  }
}

/** Has somebody told when keys are made of the words: what is sealed with them next lets whoever answered test a guess. */
function withFinish(auth: Auth, onFinish: () => void): Auth {
  if (auth.mode !== 'pake') return auth;
  return {
    ...auth,
    finish: (peerShare) => {
      const key = auth.finish(peerShare);
      onFinish();
      return key;
    },
  };
}

/** What a failure of the way means where somebody was invited. */
function inviteError(error: HitherError): HitherError {
  // Nobody came to the mailbox, though the relay did answer.
  if (error.code === 'timed-out') return new HitherError('inviter-away', error.facts);
  if (error.code === 'wrong-device') return new HitherError('not-the-inviter', {});
  return error.code === 'not-taking' ? new HitherError('invite-refused') : error;
}
