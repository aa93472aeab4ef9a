/** How long tries are apart: the first pause, the longest one, and by how much each is longer than the one before. */
export interface BackoffTimes {
  readonly firstMs: number;
  readonly longestMs: number;
  /** 2 where nothing is said. */
  readonly factor?: number;
}

/** The pauses of one thing that is tried again and again: each longer than the one before, up to a longest one. */
export class Backoff {
  readonly #times: BackoffTimes;
  #nextMs: number;

  constructor(times: BackoffTimes) {
    this.#times = times;
    this.#nextMs = times.firstMs;
  }

  /** The pause before the next try, in ms. */
  next(): number {
    const { longestMs, factor = 2 } = this.#times;
    const pauseMs = this.#nextMs;
    this.#nextMs = Math.min(longestMs, pauseMs * factor);
    return pauseMs;
  }

  /** It worked: the next pause is the first one again. */
  reset(): void {
    this.#nextMs = this.#times.firstMs;
  }
}
