import { MAX_SKIPPED_CODECS } from './screenEncoding';

/** The processor must have been too slow for so long, in ms: a start, or another program that starts, is over by then. */
const SLOW_MS = 6_000;
/** After a step the encoder begins anew; what it says in that time, in ms, is of the one before. */
const SETTLE_MS = 8_000;
/** How long a step stays at least, in ms, before a better codec is tried again; it doubles with each try that failed. */
const RETRY_MS = 120_000;
/** A better codec that needs this long to turn out too slow again has worked, in ms. */
const PROVEN_MS = 60_000;

/** How one look found the encoders. */
export interface LadderLook {
  /** In ms that only go up. */
  atMs: number;
  /** Whether a browser holds a picture back because of the processor. */
  isSlow: boolean;
}

/**
 * Which codecs the processor has the time for: steps down to a cheaper one after some seconds of `qualityLimitationReason: cpu`,
 * and tries the better one again after minutes, ever more rarely.
 */
export class CodecLadder {
  #skipped = 0;
  #slowSinceMs: number | null = null;
  #steppedMs = Number.NEGATIVE_INFINITY;
  #retryMs = RETRY_MS;
  #isRetrying = false;

  /** How many codecs of the order, from the best on, are too dear. */
  get skipped(): number {
    return this.#skipped;
  }

  reset(): void {
    this.#skipped = 0;
    this.#slowSinceMs = null;
    this.#steppedMs = Number.NEGATIVE_INFINITY;
    this.#retryMs = RETRY_MS;
    this.#isRetrying = false;
  }

  /** @returns whether it has stepped */
  look({ atMs, isSlow }: LadderLook): boolean {
    if (atMs - this.#steppedMs < SETTLE_MS) return false;
    if (!isSlow) {
      this.#slowSinceMs = null;
      return this.#tryBetter(atMs);
    }
    this.#slowSinceMs ??= atMs;
    if (atMs - this.#slowSinceMs < SLOW_MS || this.#skipped >= MAX_SKIPPED_CODECS) return false;
    if (this.#isRetrying && atMs - this.#steppedMs < PROVEN_MS) this.#retryMs *= 2;
    this.#isRetrying = false;
    this.#step(this.#skipped + 1, atMs);
    return true;
  }

  #tryBetter(atMs: number): boolean {
    if (this.#skipped === 0 || atMs - this.#steppedMs < this.#retryMs) return false;
    this.#isRetrying = true;
    this.#step(this.#skipped - 1, atMs);
    return true;
  }

  #step(skipped: number, atMs: number): void {
    this.#skipped = skipped;
    this.#steppedMs = atMs;
    this.#slowSinceMs = null;
  }
}
