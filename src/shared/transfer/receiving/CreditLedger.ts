import { HitherError } from '../../errors';
import type { ManifestEntry } from '../../protocol/transfer';
import { BLOCK_BYTES, BlockMap, BlockNumbers } from '../blocks';
import type { BlockId } from '../packets';

/**
 * How far the sender may run ahead of the disk, in bytes: covers 100 MB/s at 160 ms round trip, and bounds what a
 * slow disk can pile up in memory.
 */
export const CREDIT_WINDOW_BYTES = 16 * 1024 * 1024;
/** Credit is renewed in steps of an eighth of the window, so that the messages stay few: every 2 MiB. */
const STEPS_IN_WINDOW = 8;
/** Ranges in one message; what is beyond goes with the next one. */
const MAX_RANGES = 256;

/** What a renewal of credit says: see `credit` in PROTOCOL.md. */
export interface Credit {
  creditBytes: number;
  received: [number, number][];
}

/**
 * The receiver's account of one transfer: which blocks arrived, how far the sender may go, and which blocks it has not
 * been told of. A block counts once, however often it arrives, so blocks that the sender gives to another lane when one
 * dies cost no credit.
 */
export class CreditLedger {
  readonly #numbers: BlockNumbers;
  readonly #windowBytes: number;
  #arrived: BlockMap;
  #arrivedBytes = 0;
  #consumedBytes = 0;
  #lateBytes = 0;
  #news: number[] = [];
  creditBytes: number;

  constructor(entries: readonly ManifestEntry[], windowBytes = CREDIT_WINDOW_BYTES) {
    this.#numbers = new BlockNumbers(entries);
    this.#windowBytes = windowBytes;
    this.#arrived = this.#emptyMap();
    this.creditBytes = windowBytes;
  }

  /**
   * Counts a block that arrived; `false` where it had arrived before.
   * @throws HitherError `protocol-violation` where the sender goes beyond its credit
   */
  arrive({ fileIndex, blockIndex }: BlockId, lengthBytes: number): boolean {
    const number = this.#numbers.of(fileIndex, blockIndex);
    if (this.#arrived.has(number)) return false;
    this.#arrived.add(number);
    this.#arrivedBytes += lengthBytes;
    if (this.#arrivedBytes > this.creditBytes + this.#lateBytes) throw new HitherError('protocol-violation');
    return true;
  }

  /** Notes that a block is on disk (or was not wanted); returns what to tell the sender, if it is time. */
  consume({ fileIndex, blockIndex }: BlockId, lengthBytes: number): Credit | null {
    this.#news.push(this.#numbers.of(fileIndex, blockIndex));
    return this.free(lengthBytes);
  }

  /** Notes that a block needs no memory any more, without being on disk. Returns as `consume` does. */
  free(lengthBytes: number): Credit | null {
    this.#consumedBytes += lengthBytes;
    const renewed = this.#consumedBytes + this.#windowBytes;
    if (renewed - this.creditBytes < this.#windowBytes / STEPS_IN_WINDOW) return null;
    this.creditBytes = renewed;
    return { creditBytes: renewed, received: this.#removeNews() };
  }

  /** Forgets that a block arrived, as it came damaged; `false` where it came before the last restart. */
  lost({ fileIndex, blockIndex }: BlockId, lengthBytes: number): boolean {
    const number = this.#numbers.of(fileIndex, blockIndex);
    if (!this.#arrived.has(number)) return false;
    this.#arrived.remove(number);
    this.#arrivedBytes -= lengthBytes;
    return true;
  }

  /**
   * Both sides count from nothing, and `resume` says what is here. In the same session, blocks may still come that were
   * sent before the sender heard of it: as far as its credit went, and one more window of them at most.
   * @param heldBytes in memory from before; the credit begins lower by them and grows as they are written, or a sender
   * that made the receiver start over again and again could fill the memory
   */
  restart(isFirstLane: boolean, heldBytes: number): void {
    const unspentBytes = this.creditBytes + this.#lateBytes - this.#arrivedBytes;
    this.#lateBytes = isFirstLane ? 0 : Math.min(unspentBytes, this.#windowBytes);
    this.#arrived = this.#emptyMap();
    this.#arrivedBytes = 0;
    this.#consumedBytes = -heldBytes;
    this.#news = [];
    this.creditBytes = Math.max(0, this.#windowBytes - heldBytes);
  }

  #removeNews(): [number, number][] {
    const ranges: [number, number][] = [];
    const numbers = this.#news.sort((a, b) => a - b);
    let used = 0;
    for (const number of numbers) {
      const last = ranges.at(-1);
      if (last && last[1] >= number) last[1] = number + 1;
      else if (ranges.length === MAX_RANGES) break;
      else ranges.push([number, number + 1]);
      used++;
    }
    this.#news = numbers.slice(used);
    return ranges;
  }

  #emptyMap(): BlockMap {
    return new BlockMap(this.#numbers.total * BLOCK_BYTES);
  }
}
