import type { SequencedFrame } from '../../shared/protocol/lan';
import type { SealedCarrier } from './SealedCarrier';
import type { SessionLimits } from './timings';
import { TokenBucket } from '../../shared/TokenBucket';

/** Share of the peer's message rate that fresh messages may use; the rest is for acknowledgements and pings. */
const OWN_RATE = 0.5;

/**
 * Messages to one peer, kept until it has acknowledged them: what a broken socket swallowed is sent again on the next
 * one. Sends no faster than the peer's limits allow.
 */
export class Outbox {
  readonly #maxKept: number;
  readonly #bucket: TokenBucket;
  readonly #kept: SequencedFrame[] = [];
  #socket: SealedCarrier | null = null;
  #nextSeq = 1;
  /** Every message up to this one went out on the present socket. */
  #sentSeq = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: SessionLimits) {
    this.#maxKept = limits.maxUnacknowledged;
    this.#bucket = new TokenBucket(limits.messagesPerSecond * OWN_RATE, limits.burstMessages * OWN_RATE);
  }

  /** Queues a message that is made with its number; `false` where too many wait for the peer. */
  push(frameOf: (seq: number) => SequencedFrame): boolean {
    if (this.#kept.length >= this.#maxKept) return false;
    this.#kept.push(frameOf(this.#nextSeq++));
    this.#flush();
    return true;
  }

  /** Goes on over `socket` after the last message that the peer has seen; `false` where that one was never sent. */
  attach(socket: SealedCarrier, peerLastSeq: number): boolean {
    if (peerLastSeq >= this.#nextSeq) return false;
    this.#forget(peerLastSeq);
    this.#socket = socket;
    this.#sentSeq = peerLastSeq;
    this.#flush();
    return true;
  }

  detach(): void {
    this.#socket = null;
    clearTimeout(this.#timer);
  }

  /** The peer has seen everything up to `seq`; `false` where it can't have. */
  acknowledge(seq: number): boolean {
    if (seq > this.#sentSeq) return false;
    this.#forget(seq);
    return true;
  }

  /** Sends what is left without pause: the socket is about to be closed in good order. */
  flushAll(): void {
    for (const frame of this.#unsent()) this.#socket?.send(frame);
  }

  #unsent(): SequencedFrame[] {
    return this.#kept.filter(({ seq }) => seq > this.#sentSeq);
  }

  #forget(seq: number): void {
    while (this.#kept[0] !== undefined && this.#kept[0].seq <= seq) this.#kept.shift();
  }

  #flush(): void {
    if (this.#socket === null) return;
    for (const frame of this.#unsent()) {
      if (!this.#bucket.consume()) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
          this.#flush();
        }, this.#bucket.waitMs);
        return;
      }
      this.#sentSeq = frame.seq;
      this.#socket.send(frame);
    }
  }
}
