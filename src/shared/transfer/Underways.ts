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
  /** The lane that carries it a second time, as its own is late. */
  repeatedBy: Lane | null;
  /** Which one it was of all that were handed out. */
  order: number;
}

/** How many blocks a lane has to bring that were handed out after another lane's, for that one to count as late. */
const OVERTAKING_BLOCKS = 2;

/** Blocks handed out that the receiver has not told of; the credit bounds them. */
export class Underways {
  readonly #numbers: BlockNumbers;
  /** In the order in which they were handed out. */
  readonly #byNumber = new Map<number, Underway>();
  /** The latest that each lane brought, latest first. */
  readonly #brought = new Map<Lane, number[]>();
  #handedOut = 0;

  constructor(entries: readonly ManifestEntry[]) {
    this.#numbers = new BlockNumbers(entries);
  }

  /** A block is handed to a lane. */
  add(handed: Pick<Underway, 'lane' | 'block' | 'lengthBytes'>): Underway {
    const order = this.#handedOut++;
    const underway = { ...handed, isTaken: false, isLost: false, repeatedBy: null, order };
    this.#byNumber.set(this.#numberOf(underway), underway);
    return underway;
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
    this.#brought.clear();
  }

  /** Forgets a lane that is gone; blocks that it carried a second time may be carried so again. */
  forget(lane: Lane): void {
    this.#brought.delete(lane);
    for (const underway of this.#byNumber.values())
      if (underway.repeatedBy === lane) underway.repeatedBy = null;
  }

  /** The oldest block of another lane that this one has overtaken, unless a lane carries it a second time already. */
  overtakenBy(lane: Lane): Underway | null {
    const threshold = this.#brought.get(lane)?.[OVERTAKING_BLOCKS - 1] ?? 0;
    for (const underway of this.#byNumber.values()) {
      if (underway.order >= threshold) return null;
      if (underway.lane !== lane && underway.repeatedBy === null) return underway;
    }
    return null;
  }

  /** Those that a lane has taken over. */
  takenBy(lane: Lane): Underway[] {
    return [...this.#byNumber.values()].filter((each) => each.lane === lane && each.isTaken);
  }

  /** Forgets blocks that the receiver has; numbers of others mean nothing. */
  acknowledge(ranges: readonly (readonly [number, number])[]): void {
    for (const [from, to] of ranges) {
      if (to - from > this.#byNumber.size) {
        for (const number of this.#byNumber.keys()) if (number >= from && number < to) this.#arrived(number);
      } else for (let number = from; number < to; number++) this.#arrived(number);
    }
  }

  #arrived(number: number): void {
    const underway = this.#byNumber.get(number);
    if (!underway) return;
    this.#byNumber.delete(number);
    const brought = [...(this.#brought.get(underway.lane) ?? []), underway.order];
    this.#brought.set(underway.lane, brought.sort((a, b) => b - a).slice(0, OVERTAKING_BLOCKS));
  }

  #numberOf({ block }: Pick<Underway, 'block'>): number {
    return this.#numbers.of(block.fileIndex, block.blockIndex);
  }
}
