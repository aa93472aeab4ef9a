import { HitherError } from '../../../shared/errors';
import { toHex } from '../../../shared/ids';
import type { ControlMessage } from '../../../shared/protocol/control';
import { fitsInMessage } from '../../../shared/protocol/text';
import { TokenBucket } from '../../../shared/TokenBucket';

/** Texts kept of one session, and their characters in all; beyond either, the oldest go. */
const MAX_TEXTS = 200;
const MAX_LENGTH = 2 * 1024 * 1024;
/** Ids of received texts that are remembered, so that a repetition is known: more than a sender may have on its way. */
const MAX_KNOWN = 400;
/** Texts a second, and how many at once: as a person who holds the paste key down for a moment. */
const SEND_RATE = { perSecond: 4, burst: 20 };
/** The same of a peer, with room for what it repeats after a lost link. */
const RECEIVE_RATE = { perSecond: 8, burst: 60 };

/** A text of one session, in either direction. */
export interface TextView {
  textId: string;
  direction: 'in' | 'out';
  /** As it was sent: whoever shows it takes care of what hides in it. */
  text: string;
  /** `sending` until the other side has it, or, with the end of the session, `failed`. */
  state: 'sending' | 'delivered' | 'failed' | 'received';
  atMs: number;
}

export interface SessionTextsOptions {
  /** Sends over the link of the moment; without one it is dropped, and sent again when there is one. */
  send: (message: Extract<ControlMessage, { type: 'text' | 'text-received' }>) => void;
  onChange: () => void;
  now: () => number;
}

/**
 * The texts two people send each other in a session. Each is told of until the other side says that it has it, so none
 * is lost with a link. They live in the page alone: nothing is written down, and a reload forgets them.
 */
export class SessionTexts {
  readonly #options: SessionTextsOptions;
  readonly #sendBucket: TokenBucket;
  readonly #receiveBucket: TokenBucket;
  readonly #known = new Set<string>();
  #texts: readonly TextView[] = [];

  constructor(options: SessionTextsOptions) {
    this.#options = options;
    this.#sendBucket = new TokenBucket(SEND_RATE.perSecond, SEND_RATE.burst);
    this.#receiveBucket = new TokenBucket(RECEIVE_RATE.perSecond, RECEIVE_RATE.burst);
  }

  /** Oldest first; a new list whenever something changed. */
  get views(): readonly TextView[] {
    return this.#texts;
  }

  /**
   * Sends a text.
   * @throws HitherError `text-too-long` for one that `fitsInMessage` refuses, `too-fast` for too many at once
   */
  send(text: string): void {
    if (!fitsInMessage(text)) throw new HitherError('text-too-long');
    if (!this.#sendBucket.consume()) throw new HitherError('too-fast');
    const textId = toHex(crypto.getRandomValues(new Uint8Array(16)));
    this.#add({ textId, direction: 'out', text, state: 'sending', atMs: this.#options.now() });
    this.#options.send({ type: 'text', textId, text });
  }

  /** A text of the peer's. One that comes faster than a person writes is dropped, and not told of as received. */
  handleText({ textId, text }: { textId: string; text: string }): void {
    if (!this.#known.has(textId)) {
      if (!this.#receiveBucket.consume()) return;
      this.#know(textId);
      this.#add({ textId, direction: 'in', text, state: 'received', atMs: this.#options.now() });
    }
    this.#options.send({ type: 'text-received', textId });
  }

  /** The peer has one of ours. */
  handleReceived(textId: string): void {
    this.#mark((each) => each.textId === textId && each.direction === 'out', 'delivered');
  }

  /** A new link: the old one may have lost what is not known to have arrived. */
  repeat(): void {
    for (const { textId, text, state } of this.#texts)
      if (state === 'sending') this.#options.send({ type: 'text', textId, text });
  }

  /** The session is over: what has not arrived by now never will. */
  end(): void {
    this.#mark(({ state }) => state === 'sending', 'failed');
  }

  #know(textId: string): void {
    this.#known.add(textId);
    const oldest = this.#known.size > MAX_KNOWN ? this.#known.values().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  #add(text: TextView): void {
    const kept = [...this.#texts, text].slice(-MAX_TEXTS);
    let length = kept.reduce((sum, each) => sum + each.text.length, 0);
    while (length > MAX_LENGTH) length -= kept.shift()?.text.length ?? length;
    this.#texts = kept;
    this.#options.onChange();
  }

  #mark(isMeant: (text: TextView) => boolean, state: TextView['state']): void {
    if (!this.#texts.some((each) => isMeant(each) && each.state !== state)) return;
    this.#texts = this.#texts.map((each) => (isMeant(each) ? { ...each, state } : each));
    this.#options.onChange();
  }
}
