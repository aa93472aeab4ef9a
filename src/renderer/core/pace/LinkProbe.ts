import { decodeProbe, encodeProbe, type ProbeMessage } from '../../../shared/protocol/probe';
import { TokenBucket } from '../../../shared/TokenBucket';
import type { DelayMeter } from './DelayMeter';

/** Questions of the peer's that are answered: an honest one has twenty a second. */
const ANSWERS_PER_SECOND = 40;
const ANSWERS_AT_ONCE = 80;
/** What may wait in the channel, in bytes: a question that waits here measures nothing. */
const MOST_WAITING_BYTES = 256;

export type ProbeChannel = Pick<
  RTCDataChannel,
  'readyState' | 'bufferedAmount' | 'send' | 'addEventListener' | 'removeEventListener'
>;

/** One end of a probe channel: asks for this side's meter, and answers the peer. What is no message of it is ignored. */
export class LinkProbe {
  readonly #channel: ProbeChannel;
  readonly #meter: DelayMeter;
  readonly #now: () => number;
  readonly #answers: TokenBucket;
  readonly #listener = (event: MessageEvent<unknown>): void => this.#handle(event.data);

  /** @param now a clock in ms that never goes back */
  constructor(channel: ProbeChannel, meter: DelayMeter, now: () => number = () => performance.now()) {
    this.#channel = channel;
    this.#meter = meter;
    this.#now = now;
    this.#answers = new TokenBucket(ANSWERS_PER_SECOND, ANSWERS_AT_ONCE, now);
    channel.addEventListener('message', this.#listener);
  }

  /** Asks the peer once. */
  ask(): void {
    const askedMs = this.#now();
    this.#meter.asked(askedMs);
    this.#send({ type: 'ask', askedMs });
  }

  /** Neither asks nor answers any more. */
  close(): void {
    this.#channel.removeEventListener('message', this.#listener);
  }

  #handle(data: unknown): void {
    const answeredMs = this.#now();
    const message = data instanceof ArrayBuffer ? decodeProbe(data) : null;
    if (message?.type === 'answer')
      this.#meter.answered({ askedMs: message.askedMs, peerMs: message.cameMs, answeredMs });
    else if (message && this.#answers.consume())
      this.#send({ type: 'answer', askedMs: message.askedMs, cameMs: answeredMs });
  }

  #send(message: ProbeMessage): void {
    const { readyState, bufferedAmount } = this.#channel;
    if (readyState === 'open' && bufferedAmount < MOST_WAITING_BYTES)
      this.#channel.send(encodeProbe(message));
  }
}
