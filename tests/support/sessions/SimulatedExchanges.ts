import { Exchange, type FrameCarrier } from '../../../src/backend/sessions/carriers/Exchange';
import { DEFAULT_LIMITS } from '../../../src/backend/sessions/timings';
import { SessionFrame } from '../../../src/shared/protocol/frames';
import type { ManualClock } from '../ManualClock';

/** One end of a simulated session: its exchange, and what it was told. */
export class SimulatedEnd {
  readonly heard: unknown[] = [];
  readonly exchange: Exchange;
  hasBrokenRules = false;

  constructor(clock: ManualClock) {
    this.exchange = new Exchange({
      clock,
      limits: DEFAULT_LIMITS,
      onFrame: (frame) => this.heard.push(frame.type === 'message' ? frame.body : frame),
    });
    this.exchange.trust();
  }

  say(body: unknown): void {
    const isKept = this.exchange.push((seq) => ({ type: 'message', seq, feature: 'test', body }));
    if (!isKept) throw new Error('too much waits');
  }
}

/** One wire between two ends: it delays, may swallow everything without a word, and dies on both sides at different times. */
export class SimulatedWire {
  readonly #clock: ManualClock;
  readonly #ends: readonly [SimulatedEnd, SimulatedEnd];
  readonly #carriers: readonly [FrameCarrier, FrameCarrier];
  readonly #delayMs: () => number;
  readonly #lastArrivalMs = [0, 0];
  #isDead = false;
  /** What is sent is lost without a sign, as behind a firewall. */
  isBlocked = false;

  /** @param rank lower is better */
  constructor(
    clock: ManualClock,
    ends: readonly [SimulatedEnd, SimulatedEnd],
    rank: number,
    delayMs: () => number,
  ) {
    this.#clock = clock;
    this.#ends = ends;
    this.#delayMs = delayMs;
    const carrierOf = (side: 0 | 1): FrameCarrier => ({
      rank,
      sendText: (text) => this.#transmit(side, text),
    });
    this.#carriers = [carrierOf(0), carrierOf(1)];
    for (const side of [0, 1] as const) {
      const { exchange } = ends[side];
      exchange.attach(this.#carriers[side], null);
      this.#carriers[side].sendText(JSON.stringify({ type: 'resume', seq: exchange.lastSeq }));
    }
  }

  /** Ends it: what is on its way is lost, and each side notices in its own time. */
  die(noticedAfterMs: () => number): void {
    if (this.#isDead) return;
    this.#isDead = true;
    for (const side of [0, 1] as const)
      this.#clock.after(noticedAfterMs(), () => this.#ends[side].exchange.detach(this.#carriers[side]));
  }

  #transmit(from: 0 | 1, text: string): void {
    if (this.#isDead || this.isBlocked) return;
    const to = from === 0 ? 1 : 0;
    // In order, however long each takes.
    const atMs = Math.max(this.#clock.monotonicMs() + this.#delayMs(), this.#lastArrivalMs[to] ?? 0);
    this.#lastArrivalMs[to] = atMs;
    this.#clock.after(atMs - this.#clock.monotonicMs(), () => {
      if (this.#isDead) return;
      const frame = SessionFrame.parse(JSON.parse(text));
      const end = this.#ends[to];
      if (frame.type !== 'close' && !end.exchange.handle(this.#carriers[to], frame, text.length))
        end.hasBrokenRules = true;
    });
  }
}
