/** Allows bursts, and beyond them so many a second. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  #tokens: number;
  #filledMs: number;

  /** @param now a clock in ms that never goes back */
  constructor(perSecond: number, burst: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#now = now;
    this.#tokens = burst;
    this.#filledMs = now();
  }

  /** Uses so many up if they are there. */
  consume(count = 1): boolean {
    const now = this.#now();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#filledMs) / 1000) * this.#perSecond);
    this.#filledMs = now;
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** Time until the next one, in ms, after `consume` said no. */
  get waitMs(): number {
    return Math.ceil(((1 - this.#tokens) / this.#perSecond) * 1000);
  }
}
