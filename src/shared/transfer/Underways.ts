import type { ManifestEntry } from '../protocol/transfer';
import { BlockNumbers } from './blocks';
import type { Lane } from './ports';
import type { PlannedBlock } from './SendPlan';

/** A block between this side's disk and the receiver's. */
export interface Underway {
  lane: Lane;
  block: PlannedBlock;
  lengthBytes: number;
  /** The lane has taken it over, and loses it if it dies. */
  isTaken: boolean;
  /** It came damaged, and has to go once more as soon as the lane has taken it. */
  isLost: boolean;
}

/** Blocks handed out that the receiver has not told of; the credit bounds them. */
export class Underways {
  readonly #numbers: BlockNumbers;
  readonly #byNumber = new Map<number, Underway>();

  constructor(entries: readonly ManifestEntry[]) {
    this.#numbers = new BlockNumbers(entries);
  }

  add(underway: Underway): void {
    this.#byNumber.set(this.#numberOf(underway), underway);
  }

  has(underway: Underway): boolean {
    return this.#byNumber.get(this.#numberOf(underway)) === underway;
  }

  of(block: PlannedBlock): Underway | undefined {
    return this.#byNumber.get(this.#numberOf({ block }));
  }

  remove(underway: Pick<Underway, 'block'>): void {
    this.#byNumber.delete(this.#numberOf(underway));
  }

  clear(): void {
    this.#byNumber.clear();
  }

  /** Those that a lane has taken over. */
  takenBy(lane: Lane): Underway[] {
    return [...this.#byNumber.values()].filter((each) => each.lane === lane && each.isTaken);
  }

  /** Forgets blocks that the receiver has; numbers of others mean nothing. */
  acknowledge(ranges: readonly (readonly [number, number])[]): void {
    for (const [from, to] of ranges) {
      if (to - from > this.#byNumber.size) {
        for (const number of this.#byNumber.keys())
          if (number >= from && number < to) this.#byNumber.delete(number);
      } else for (let number = from; number < to; number++) this.#byNumber.delete(number);
    }
  }

  #numberOf({ block }: Pick<Underway, 'block'>): number {
    return this.#numbers.of(block.fileIndex, block.blockIndex);
  }
}
