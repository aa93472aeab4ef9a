/** Time of doing nothing that may be made up for, in ms: timers of a busy machine come late by about so much. */
const SLACK_MS = 50;
/** A piece lasts so long at the speed in force, in ms: what other traffic waits for on the line while it goes. */
const PIECE_MS = 20;
const LEAST_PIECE_BYTES = 2 * 1024;
const LARGEST_PIECE_BYTES = 256 * 1024;

interface Waiting {
  bytes: number;
  resolve: () => void;
}

/**
 * Holds bytes back on their last step to the network, so that they go in small pieces at a speed which may change at any
 * time. (`SendScheduler` has whole blocks, each of which lasts for seconds where the line is narrow.) Without a speed all
 * go at once.
 */
export class Pacer {
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];
  #bytesPerSecond: number | null = null;
  /** Until when the line is busy, on the clock of `now`. */
  #freeMs = 0;
  #passedBytes = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now a clock in ms that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @param bytesPerSecond `null` for as fast as it goes; counts from now on, for those that wait as well */
  setSpeed(bytesPerSecond: number | null): void {
    const now = this.#now();
    const before = this.#bytesPerSecond;
    this.#bytesPerSecond = bytesPerSecond;
    // What is busy stays busy for as many bytes as before.
    if (before !== null && bytesPerSecond !== null && this.#freeMs > now)
      this.#freeMs = now + ((this.#freeMs - now) * before) / bytesPerSecond;
    else if (before === null || bytesPerSecond === null) this.#freeMs = now;
    this.#pump();
  }

  /** Most that is to be handed over at once, in bytes; `Infinity` without a speed. */
  get pieceBytes(): number {
    if (this.#bytesPerSecond === null) return Number.POSITIVE_INFINITY;
    const bytes = Math.round((this.#bytesPerSecond * PIECE_MS) / 1000);
    return Math.min(LARGEST_PIECE_BYTES, Math.max(LEAST_PIECE_BYTES, bytes));
  }

  /** What has passed so far, in bytes. */
  get passedBytes(): number {
    return this.#passedBytes;
  }

  /** When some bytes may go: `null` for now, so that nobody waits for nothing. Those that wait go in the order they came. */
  pass(bytes: number): Promise<void> | null {
    if (this.#waiting.length === 0 && this.#consume(bytes)) return null;
    return new Promise((resolve) => {
      this.#waiting.push({ bytes, resolve });
      if (this.#timer === undefined) this.#pump();
    });
  }

  #pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      if (!this.#consume(next.bytes)) {
        this.#timer = setTimeout(() => this.#pump(), Math.max(1, Math.ceil(this.#freeMs - this.#now())));
        return;
      }
      this.#waiting.shift();
      next.resolve();
    }
  }

  /** Uses the line for some bytes, if it is free. */
  #consume(bytes: number): boolean {
    if (this.#bytesPerSecond !== null) {
      const now = this.#now();
      if (this.#freeMs > now) return false;
      this.#freeMs = Math.max(this.#freeMs, now - SLACK_MS) + (bytes * 1000) / this.#bytesPerSecond;
    }
    this.#passedBytes += bytes;
    return true;
  }
}
