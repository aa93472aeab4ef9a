import { networkOf } from './networkOf';

/** Counts what is open at a time, such as connections of strangers, in all and by address (IPv6: by /64 network). */
export class AddressCap {
  readonly #max: number;
  readonly #maxPerAddress: number;
  readonly #counts = new Map<string, number>();
  #total = 0;

  constructor(max: number, maxPerAddress: number) {
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
