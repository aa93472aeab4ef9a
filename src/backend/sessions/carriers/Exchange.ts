import type { SequencedFrame, SessionFrame } from '../../../shared/protocol/frames';
import { TokenBucket } from '../../../shared/TokenBucket';
import type { Cancel, Clock } from '../../ports';
import type { SessionLimits } from '../timings';

/** Share of the peer's message rate that fresh messages may use; the rest is for acknowledgements and pings. */
const OWN_RATE = 0.5;
/** Acknowledgements wait this long for company, in ms. */
const ACK_DELAY_MS = 100;
/** Messages that are acknowledged at once, without waiting for company, so that a fast sender need not stop. */
const ACK_EVERY = 64;
/**
 * A carrier that has been silent for so long, in ms, with something on it that waits for an acknowledgement, is passed over
 * while there is another. A blocked port is noticed so long before its socket counts as dead. Five times what an
 * acknowledgement takes on a round trip of 300 ms.
 */
const DOUBT_MS = 2_000;

/** Characters that may come before their turn from a peer that nobody has verified: it has one carrier, and little to say. */
const MAX_EARLY_UNVERIFIED = 64 * 1024;

/** The part of a sealed carrier that an exchange uses. */
export interface FrameCarrier {
  /** Lower is better. */
  readonly rank: number;
  /** @param text a frame as JSON */
  sendText(text: string): void;
}

export interface ExchangeOptions {
  clock: Clock;
  limits: SessionLimits;
  /** The next message of the peer's; each comes once, in the order it was sent. */
  onFrame: (frame: SequencedFrame) => void;
}

/** What is known of one carrier. */
interface CarrierState {
  /** The peer has told what it has seen, so that messages may go. */
  isReady: boolean;
  heardMs: number;
  isDoubted: boolean;
}

interface KeptFrame {
  seq: number;
  /** As JSON, made once. */
  text: string;
  /** The carrier that it went out on; `null` where it has to go out yet, or once more. */
  via: FrameCarrier | null;
  sentMs: number;
}

/**
 * One ordered, lossless exchange of messages with a peer over any number of carriers, which come, die and come back. Messages
 * are numbered and kept until the peer has acknowledged them; each goes out on the best carrier that is up, and once more
 * on the next one when that dies or goes silent. What comes twice is dropped, what comes early waits for its turn.
 */
export class Exchange {
  readonly #options: ExchangeOptions;
  readonly #carriers = new Map<FrameCarrier, CarrierState>();
  #kept: KeptFrame[] = [];
  #keptLength = 0;
  #bucket: TokenBucket;
  #maxEarlyLength = MAX_EARLY_UNVERIFIED;
  #nextSeq = 1;
  /** The highest number that ever went out. */
  #sentSeq = 0;
  #lastSeq = 0;
  /** Messages that came before their turn, by number, and their characters. */
  readonly #early = new Map<number, { frame: SequencedFrame; length: number }>();
  #earlyLength = 0;
  #unacknowledged = 0;
  /** Where the peer was heard last: the way back is open there. */
  #heardOn: FrameCarrier | null = null;
  #cancelAck: Cancel | null = null;
  #cancelFlush: Cancel | null = null;
  #cancelLook: Cancel | null = null;

  constructor(options: ExchangeOptions) {
    this.#options = options;
    const { messagesPerSecond, burstMessages } = options.limits;
    this.#bucket = this.#newBucket(messagesPerSecond, burstMessages);
  }

  /** The number of the last message that came in. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Whether any carrier is up. */
  get isUp(): boolean {
    return [...this.#carriers.values()].some(({ isReady }) => isReady);
  }

  /** The peer has been verified and takes messages faster from now on. */
  trust(): void {
    const { verifiedMessagesPerSecond, verifiedBurstMessages, maxInFlightLength } = this.#options.limits;
    this.#maxEarlyLength = 2 * maxInFlightLength;
    this.#bucket = this.#newBucket(verifiedMessagesPerSecond, verifiedBurstMessages);
    this.#flush();
  }

  /**
   * Queues a message that is made with its number.
   * @returns `false` where too much waits for the peer already
   */
  push(frameOf: (seq: number) => SequencedFrame): boolean {
    const seq = this.#nextSeq;
    const text = JSON.stringify(frameOf(seq));
    if (this.#keptLength + text.length > this.#options.limits.maxWaitingLength) return false;
    this.#nextSeq++;
    this.#keptLength += text.length;
    this.#kept.push({ seq, text, via: null, sentMs: 0 });
    this.#flush();
    return true;
  }

  /**
   * A carrier is up.
   * @param peerLastSeq the last number that the peer has seen; `null` where its `resume` tells
   * @returns `false` where the peer can't have seen that: it was never sent
   */
  attach(carrier: FrameCarrier, peerLastSeq: number | null): boolean {
    const heardMs = this.#options.clock.monotonicMs();
    this.#carriers.set(carrier, { isReady: false, heardMs, isDoubted: false });
    return peerLastSeq === null || this.#ready(carrier, peerLastSeq);
  }

  /** A carrier is gone: what it may have swallowed goes out on the next one. */
  detach(carrier: FrameCarrier): void {
    this.#carriers.delete(carrier);
    if (this.#heardOn === carrier) this.#heardOn = null;
    this.#withdraw(carrier);
    this.#flush();
  }

  /**
   * Handles what a carrier brought.
   * @param length in characters
   * @returns `false` where it breaks the rules
   */
  handle(carrier: FrameCarrier, frame: Exclude<SessionFrame, { type: 'close' }>, length: number): boolean {
    const state = this.#carriers.get(carrier);
    if (!state) return true;
    state.heardMs = this.#options.clock.monotonicMs();
    state.isDoubted = false;
    this.#heardOn = carrier;
    switch (frame.type) {
      case 'ack':
        return this.#acknowledge(frame.seq);
      case 'resume':
        return !state.isReady && this.#ready(carrier, frame.seq);
      default:
        return this.#accept(frame, length);
    }
  }

  /**
   * Sends what is left without pause: the carriers are about to be closed in good order.
   * @returns the carrier that it went out on; `null` where none is up
   */
  flushAll(): FrameCarrier | null {
    const carrier = this.#best();
    if (carrier) for (const kept of this.#kept) if (kept.via === null) this.#send(kept, carrier);
    return carrier;
  }

  /** Lets go of everything; no timer is left. */
  close(): void {
    this.#carriers.clear();
    for (const cancel of [this.#cancelAck, this.#cancelFlush, this.#cancelLook]) cancel?.();
    this.#kept = [];
    this.#early.clear();
  }

  #newBucket(perSecond: number, burst: number): TokenBucket {
    return new TokenBucket(perSecond * OWN_RATE, burst * OWN_RATE, () => this.#options.clock.monotonicMs());
  }

  /** What the peer has not seen by now and no other carrier has in hand goes out on this one, or on a better. */
  #ready(carrier: FrameCarrier, peerLastSeq: number): boolean {
    const state = this.#carriers.get(carrier);
    if (!state || peerLastSeq > this.#sentSeq) return false;
    state.isReady = true;
    this.#forget(peerLastSeq);
    this.#flush();
    return true;
  }

  #acknowledge(seq: number): boolean {
    if (seq > this.#sentSeq) return false;
    this.#forget(seq);
    this.#flush();
    return true;
  }

  #forget(seq: number): void {
    let count = 0;
    for (const kept of this.#kept) {
      if (kept.seq > seq) break;
      this.#keptLength -= kept.text.length;
      count++;
    }
    if (count > 0) this.#kept = this.#kept.slice(count);
  }

  #accept(frame: SequencedFrame, length: number): boolean {
    if (frame.seq > this.#lastSeq + this.#options.limits.maxInFlight) return false;
    this.#acknowledgeSoon();
    if (frame.seq <= this.#lastSeq || this.#early.has(frame.seq)) return true;
    this.#early.set(frame.seq, { frame, length });
    this.#earlyLength += length;
    for (let next = this.#nextEarly(); next; next = this.#nextEarly()) this.#options.onFrame(next);
    return this.#earlyLength <= this.#maxEarlyLength;
  }

  /** The message whose turn it is, if it is here. */
  #nextEarly(): SequencedFrame | null {
    const next = this.#early.get(this.#lastSeq + 1);
    if (!next) return null;
    this.#lastSeq++;
    this.#early.delete(this.#lastSeq);
    this.#earlyLength -= next.length;
    return next.frame;
  }

  #acknowledgeSoon(): void {
    if (++this.#unacknowledged >= ACK_EVERY) this.#acknowledgeNow();
    else
      this.#cancelAck ??= this.#options.clock.after(ACK_DELAY_MS, () => {
        this.#acknowledgeNow();
      });
  }

  #acknowledgeNow(): void {
    this.#cancelAck?.();
    this.#cancelAck = null;
    this.#unacknowledged = 0;
    if (this.#lastSeq > 0)
      (this.#heardOn ?? this.#best())?.sendText(JSON.stringify({ type: 'ack', seq: this.#lastSeq }));
  }

  /** The best carrier that is up; one in doubt only where there is no other. */
  #best(): FrameCarrier | null {
    let best: FrameCarrier | null = null;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const [carrier, { isReady, isDoubted }] of this.#carriers) {
      const rank = carrier.rank + (isDoubted ? 1_000 : 0);
      if (!isReady || rank >= bestRank) continue;
      best = carrier;
      bestRank = rank;
    }
    return best;
  }

  #flush(): void {
    const carrier = this.#best();
    if (carrier === null) return;
    const { maxInFlight, maxInFlightLength } = this.#options.limits;
    let length = 0;
    for (const [index, kept] of this.#kept.entries()) {
      length += kept.text.length;
      if (index >= maxInFlight || (index > 0 && length > maxInFlightLength)) return;
      if (kept.via !== null) continue;
      if (!this.#bucket.consume()) {
        this.#cancelFlush?.();
        this.#cancelFlush = this.#options.clock.after(this.#bucket.waitMs, () => {
          this.#flush();
        });
        return;
      }
      this.#send(kept, carrier);
    }
  }

  #send(kept: KeptFrame, carrier: FrameCarrier): void {
    kept.via = carrier;
    kept.sentMs = this.#options.clock.monotonicMs();
    this.#sentSeq = Math.max(this.#sentSeq, kept.seq);
    carrier.sendText(kept.text);
    this.#lookLater();
  }

  /** What went out on a carrier has to go out once more. */
  #withdraw(carrier: FrameCarrier): void {
    for (const kept of this.#kept) if (kept.via === carrier) kept.via = null;
  }

  #lookLater(): void {
    if (this.#carriers.size < 2) return;
    this.#cancelLook ??= this.#options.clock.after(DOUBT_MS / 4, () => {
      this.#cancelLook = null;
      this.#look();
    });
  }

  /** Passes over carriers that have swallowed messages: what they have goes out on another one that is not in doubt. */
  #look(): void {
    const nowMs = this.#options.clock.monotonicMs();
    for (const [carrier, state] of this.#carriers) {
      const isWaiting = this.#kept.some(({ via, sentMs }) => via === carrier && nowMs - sentMs > DOUBT_MS);
      if (isWaiting && nowMs - state.heardMs > DOUBT_MS) state.isDoubted = true;
      const best = this.#best();
      if (state.isDoubted && best !== null && best !== carrier) this.#withdraw(carrier);
    }
    this.#flush();
    if (this.#kept.some(({ via }) => via !== null)) this.#lookLater();
  }
}
