import type { PictureChange } from './ContentJudge';

/** Nothing has changed for so long, in ms: somebody reads, or is away. Whoever types or moves a pointer is not cut into. */
const STILL_MS = 3_000;

/** Tells a screen on which nothing changes from one that is in use. */
export class StillJudge {
  #changedMs: number | null = null;
  #isStill = false;

  get isStill(): boolean {
    return this.#isStill;
  }

  reset(): void {
    this.#changedMs = null;
    this.#isStill = false;
  }

  /** @returns whether it has changed its mind */
  look({ atMs, changed }: PictureChange): boolean {
    if (changed > 0 || this.#changedMs === null) this.#changedMs = atMs;
    const before = this.#isStill;
    this.#isStill = atMs - this.#changedMs >= STILL_MS;
    return this.#isStill !== before;
  }
}
