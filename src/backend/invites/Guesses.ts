import type { Cancel, Clock } from '../ports';

/** Wrong guesses at a spoken code after which it is used up. */
export const MAX_GUESSES = 3;
/** A code is good for as long as a relay keeps its number (PROTOCOL.md §5), in ms. */
export const CODE_MS = 600_000;

/**
 * Handshakes that were tried with the words of codes and brought no session: each was a guess for whoever answered, which may
 * have been the relay. What was tried is remembered for as long as its code can live.
 */
export class Guesses {
  readonly #clock: Clock;
  readonly #counts = new Map<string, { count: number; cancel: Cancel }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many there were. */
  at(code: string): number {
    return this.#counts.get(code)?.count ?? 0;
  }

  /** There was one more. */
  add(code: string): void {
    const count = this.at(code) + 1;
    this.forget(code);
    const cancel = this.#clock.after(CODE_MS, () => this.#counts.delete(code));
    this.#counts.set(code, { count, cancel });
  }

  /** It brought a session. */
  forget(code: string): void {
    this.#counts.get(code)?.cancel();
    this.#counts.delete(code);
  }
}
