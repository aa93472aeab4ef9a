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

  /** Counts one more; returns the function that takes it back (once), or `null` where there are too many. */
  enter(address: string): (() => void) | null {
    const count = this.#counts.get(address) ?? 0;
    if (this.#total >= this.#max || count >= this.#maxPerAddress) return null;
    this.#total += 1;
    this.#counts.set(address, count + 1);
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      this.#total -= 1;
      const left = (this.#counts.get(address) ?? 1) - 1;
      if (left === 0) this.#counts.delete(address);
      else this.#counts.set(address, left);
    };
  }
}
