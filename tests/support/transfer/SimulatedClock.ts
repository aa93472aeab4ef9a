/** Time that passes as fast as the code under test can follow; the same seed gives the same run. */
export class SimulatedClock {
  nowMs = 0;
  readonly #events: { atMs: number; order: number; run: () => void }[] = [];
  #order = 0;
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** A number from 0 up to 1 (mulberry32). */
  random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from `min` to `max`. */
  between(min: number, max: number): number {
    return min + Math.floor(this.random() * (max - min + 1));
  }

  after(ms: number, run: () => void): void {
    const event = { atMs: this.nowMs + ms, order: this.#order++, run };
    const at = this.#events.findIndex(({ atMs }) => atMs > event.atMs);
    this.#events.splice(at === -1 ? this.#events.length : at, 0, event);
  }

  async sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.after(ms, resolve));
  }

  /** Lets time pass until nothing is left to happen, or `isOver`. */
  async run(isOver: () => boolean): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = isOver() ? undefined : this.#events.shift();
      if (!next) return;
      this.nowMs = next.atMs;
      next.run();
    }
  }
}
