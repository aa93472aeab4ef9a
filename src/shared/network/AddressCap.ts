import { byNetwork, type CountAs } from './countAs';

/** Counts what is open at a time, such as connections of strangers, in all and by address. */
export class AddressCap {
  readonly #max: number;
  readonly #maxPerAddress: number;
  readonly #countAs: CountAs;
  readonly #counts = new Map<string, number>();
  #total = 0;

  /** @param countAs what counts as one address */
  constructor(max: number, maxPerAddress: number, countAs: CountAs = byNetwork) {
    this.#countAs = countAs;
    this.#max = max;
    this.#maxPerAddress = maxPerAddress;
  }

  /** Whether there are as many as may be in all. */
  get isFull(): boolean {
    return this.#total >= this.#max;
  }

  /**
   * Counts one more; returns the function that takes it back (once), or `null` where there are too many.
   * @param isKnown something better vouches for this address: strangers elsewhere can't keep it out
   */
  enter(address: string, isKnown = false): (() => void) | null {
    const counted = this.#countAs(address);
    // The first is the address itself: its neighbours can't keep it out either where something vouches for it.
    const isFull = counted.some(
      ({ name, share }, index) =>
        (index === 0 || !isKnown) && (this.#counts.get(name) ?? 0) >= this.#maxPerAddress * share,
    );
    if (isFull || (this.#total >= this.#max && !isKnown)) return null;
    const change = (by: number): void => {
      this.#total += by;
      for (const { name } of counted) {
        const count = (this.#counts.get(name) ?? 0) + by;
        if (count === 0) this.#counts.delete(name);
        else this.#counts.set(name, count);
      }
    };
    change(1);
    let isIn = true;
    return () => {
      if (isIn) change(-1);
      isIn = false;
    };
  }
}
