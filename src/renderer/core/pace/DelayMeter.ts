/** Of how long ago a delay still counts, in ms: of several, the least is the one that no busy machine has added to. */
const RECENT_MS = 220;
/** Without an answer for so long, in ms, it counts how long the question has been on its way. */
const SILENT_MS = 700;
/** The path without a queue is the least delay of so long ago, in ms: routes change, and two clocks drift by 6 ms a minute at most. */
const BASE_SPAN_MS = 30_000;
const BASE_SPANS = 4;

/** Question and answer of one measurement: times of this side's clock, and of the peer's, in ms. */
export interface Probe {
  askedMs: number;
  /** When the peer got the question, on its own clock. */
  peerMs: number;
  answeredMs: number;
}

/**
 * How long packets wait in the queues on their way to the peer. The two clocks need not agree: the least difference seen is the
 * path itself, and what is above that is queue. Only this direction counts, whatever waits in the other.
 */
export class DelayMeter {
  /** Newest last. */
  #recent: { atMs: number; delayMs: number }[] = [];
  /** Least delays, the span of now last. */
  #bases: number[] = [];
  #baseBeganMs = 0;
  #leastRoundTripMs = Number.POSITIVE_INFINITY;
  #lastAnswerMs: number | null = null;
  #firstAskedMs: number | null = null;

  /** Forgets everything: the path is another one. */
  reset(): void {
    this.#recent = [];
    this.#bases = [];
    this.#leastRoundTripMs = Number.POSITIVE_INFINITY;
    this.#lastAnswerMs = null;
    this.#firstAskedMs = null;
  }

  /** A question goes out. */
  asked(nowMs: number): void {
    this.#firstAskedMs ??= nowMs;
  }

  /** An answer came; one with times that can't be is dropped. */
  answered({ askedMs, peerMs, answeredMs }: Probe): void {
    const roundTripMs = answeredMs - askedMs;
    const delayMs = peerMs - askedMs;
    if (!Number.isFinite(delayMs) || !(roundTripMs >= 0)) return;
    this.#leastRoundTripMs = Math.min(this.#leastRoundTripMs, roundTripMs);
    this.#lastAnswerMs = answeredMs;
    this.#recent = this.#recent.filter(({ atMs }) => answeredMs - atMs < RECENT_MS);
    this.#recent.push({ atMs: answeredMs, delayMs });
    this.#noteBase(delayMs, answeredMs);
  }

  /** The round trip of the path without queues, in ms; `null` before the first answer. */
  get roundTripMs(): number | null {
    return Number.isFinite(this.#leastRoundTripMs) ? this.#leastRoundTripMs : null;
  }

  /** What the queue adds to the way at present, in ms; `null` where it isn't known. */
  queueMs(nowMs: number): number | null {
    if (this.#firstAskedMs === null) return null;
    if (this.#lastAnswerMs === null)
      return nowMs - this.#firstAskedMs > SILENT_MS ? nowMs - this.#firstAskedMs : null;
    const silentMs = nowMs - this.#lastAnswerMs - this.#leastRoundTripMs;
    if (silentMs > SILENT_MS) return silentMs;
    const delays = this.#recent.filter(({ atMs }) => nowMs - atMs < RECENT_MS);
    const least = Math.min(
      ...(delays.length > 0 ? delays : this.#recent.slice(-1)).map(({ delayMs }) => delayMs),
    );
    return least - Math.min(...this.#bases);
  }

  #noteBase(delayMs: number, nowMs: number): void {
    if (this.#bases.length === 0 || nowMs - this.#baseBeganMs > BASE_SPAN_MS) {
      this.#bases = [...this.#bases, delayMs].slice(-BASE_SPANS);
      this.#baseBeganMs = nowMs;
    }
    const last = this.#bases.length - 1;
    this.#bases[last] = Math.min(this.#bases[last] ?? delayMs, delayMs);
  }
}
