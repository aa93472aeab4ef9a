/** Reloads of a crashed page: this many within the window, then the person is asked. */
const MAX_RESTARTS = 3;
const WINDOW_MS = 60_000;

/** Tells a page that crashed once from one that crashes whenever it is loaded. */
export class RestartLimit {
  readonly #now: () => number;
  #restartedMs: number[] = [];

  /** @param now a clock in ms that never runs backwards */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts one restart and says whether it may happen by itself. */
  tryRestart(): boolean {
    const nowMs = this.#now();
    this.#restartedMs = this.#restartedMs.filter((ms) => nowMs - ms < WINDOW_MS);
    if (this.#restartedMs.length >= MAX_RESTARTS) return false;
    this.#restartedMs.push(nowMs);
    return true;
  }
}
