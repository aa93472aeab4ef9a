import type { ManifestEntry } from '../../protocol/transfer';
import { BlockNumbers } from '../blocks';
import type { Lane } from '../ports';
import type { PlannedBlock } from './SendPlan';

/** A block between this side's disk and the receiver's. */
export interface InFlightBlock {
  lane: Lane;
  block: PlannedBlock;
  lengthBytes: number;
  /** The lane has accepted it, and loses it if it dies. */
  isSent: boolean;
  /** It came damaged, and has to go once more as soon as the lane has accepted it. */
  isLost: boolean;
  /** The lane that carries it a second time, as its own is late. */
  repeatedBy: Lane | null;
  /** Which one it was of all that were handed out, and when, in ms. */
  order: number;
  sinceMs: number;
}

/** How many blocks a lane has to bring that were handed out after another lane's, for that one to count as late. */
const OVERTAKING_BLOCKS = 2;
/** Without that, a block is late that is under way for so much longer than the latest of a lane with nothing to do... */
const LATE_FACTOR = 2;
/** ... and for so long, in ms: twice what SCTP first waits before it sends again what was lost (RFC 9260, RTO.Initial: 1 s). */
const LATE_MS = 2_000;

/** What a lane has brought: the orders of its latest blocks, latest first, and how long the last one took, in ms. */
interface Brought {
  orders: number[];
  durationMs: number;
}

/** Blocks handed out that the receiver has not told of; the credit bounds them. */
export class InFlightBlocks {
  readonly #numbers: BlockNumbers;
  /** In the order in which they were handed out. */
  readonly #byNumber = new Map<number, InFlightBlock>();
  readonly #brought = new Map<Lane, Brought>();
  #handedOut = 0;

  constructor(entries: readonly ManifestEntry[]) {
    this.#numbers = new BlockNumbers(entries);
  }

  /** A block is handed to a lane. */
  add(lane: Lane, block: PlannedBlock, lengthBytes: number): InFlightBlock {
    const order = this.#handedOut++;
    const sinceMs = performance.now();
    const handed = {
      lane,
      block,
      lengthBytes,
      isSent: false,
      isLost: false,
      repeatedBy: null,
      order,
      sinceMs,
    };
    this.#byNumber.set(this.#numberOf(block), handed);
    return handed;
  }

  /** Whether this one is still under way, and no later one of the same block. */
  has(handed: InFlightBlock): boolean {
    return this.of(handed.block) === handed;
  }

  of(block: PlannedBlock): InFlightBlock | undefined {
    return this.#byNumber.get(this.#numberOf(block));
  }

  remove(block: PlannedBlock): void {
    this.#byNumber.delete(this.#numberOf(block));
  }

  clear(): void {
    this.#byNumber.clear();
    this.#brought.clear();
  }

  /** Forgets a lane that is gone; blocks that it carried a second time may be carried so again. */
  forget(lane: Lane): void {
    this.#brought.delete(lane);
    for (const handed of this.#byNumber.values()) if (handed.repeatedBy === lane) handed.repeatedBy = null;
  }

  /**
   * The oldest block of another lane that this one, with nothing to do, may carry a second time: one that it has overtaken, or that takes
   * far longer than its own did; `null` where there is none, or where a lane does so already.
   */
  lateFor(lane: Lane): InFlightBlock | null {
    const brought = this.#brought.get(lane);
    if (!brought) return null;
    const overtakenBefore = brought.orders[OVERTAKING_BLOCKS - 1] ?? 0;
    const lateSinceMs = performance.now() - Math.max(LATE_MS, LATE_FACTOR * brought.durationMs);
    for (const handed of this.#byNumber.values()) {
      if (handed.order >= overtakenBefore && handed.sinceMs > lateSinceMs) return null;
      if (handed.lane !== lane && handed.repeatedBy === null) return handed;
    }
    return null;
  }

  get isEmpty(): boolean {
    return this.#byNumber.size === 0;
  }

  /** Those that a lane has accepted. */
  sentBy(lane: Lane): InFlightBlock[] {
    return [...this.#byNumber.values()].filter((handed) => handed.lane === lane && handed.isSent);
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
    const handed = this.#byNumber.get(number);
    if (!handed) return;
    this.#byNumber.delete(number);
    const { lane, order, sinceMs } = handed;
    const orders = [...(this.#brought.get(lane)?.orders ?? []), order];
    orders.sort((a, b) => b - a).splice(OVERTAKING_BLOCKS);
    this.#brought.set(lane, { orders, durationMs: performance.now() - sinceMs });
  }

  #numberOf({ fileIndex, blockIndex }: PlannedBlock): number {
    return this.#numbers.of(fileIndex, blockIndex);
  }
}
