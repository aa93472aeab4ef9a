import { networkOf } from './networkOf';

/** Counts connections that have no session yet, in all and by address. */
export class StrangerCap {
  readonly #max: number;
  readonly #maxPerAddress: number;
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(max: number, maxPerAddress: number) {
    this.#max = max;
    this.#maxPerAddress = maxPerAddress;
  }

  /**
   * Counts one more; returns the function that takes it back (once), or `null` where there are too many.
   * @param isKnown a session lives with this address: strangers elsewhere can't keep it out
   */
  enter(address: string, isKnown: boolean): (() => void) | null {
    const network = networkOf(address);
    const count = this.#counts.get(network) ?? 0;
    if (count >= this.#maxPerAddress || (this.#total >= this.#max && !isKnown)) return null;
    this.#total += 1;
    this.#counts.set(network, count + 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#total -= 1;
      const left = (this.#counts.get(network) ?? 1) - 1;
      if (left === 0) this.#counts.delete(network);
      else this.#counts.set(network, left);
    };
  }
}
