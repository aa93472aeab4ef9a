import type { Cancel, Clock } from '../ports';

/** The time that a person is given: first for the answer, then for the comparing. */
export class PersonWait {
  readonly #clock: Clock;
  readonly #onOver: () => void;
  #cancel: Cancel | null = null;
  #untilMs: number | null = null;

  /** @param onOver the time is over, and nobody has stopped it */
  constructor(clock: Clock, onOver: () => void) {
    this.#clock = clock;
    this.#onOver = onOver;
  }

  /** When it is over, in ms since the epoch; `null` while nobody is waited for. To be shown: the timer goes by no such clock. */
  get untilMs(): number | null {
    return this.#untilMs;
  }

  /** Waits from now on; what was waited for before is no more. */
  start(timeoutMs: number): void {
    this.stop();
    this.#untilMs = this.#clock.now() + timeoutMs;
    this.#cancel = this.#clock.after(timeoutMs, this.#onOver);
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#untilMs = null;
  }
}
