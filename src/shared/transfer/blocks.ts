/** A file travels in blocks of this many bytes, the last one shorter; each is hashed, sent and verified by itself. */
export const BLOCK_BYTES = 1024 * 1024;

/** How many blocks a file of `sizeBytes` has; an empty file has none. */
export function blockCount(sizeBytes: number): number {
  return Math.ceil(sizeBytes / BLOCK_BYTES);
}

/** Length in bytes of block `index` of a file of `sizeBytes`; 0 past the end. */
export function blockLength(sizeBytes: number, index: number): number {
  return Math.max(0, Math.min(BLOCK_BYTES, sizeBytes - index * BLOCK_BYTES));
}

/** Which blocks of one file are there. */
export class BlockMap {
  readonly count: number;
  readonly #bits: Uint8Array;
  #present = 0;

  /** @param sizeBytes the file's size */
  constructor(sizeBytes: number) {
    this.count = blockCount(sizeBytes);
    this.#bits = new Uint8Array(Math.ceil(this.count / 8));
  }

  has(index: number): boolean {
    return ((this.#bits[index >> 3] ?? 0) & (1 << (index & 7))) !== 0;
  }

  /** Marks a block; indexes outside the file are ignored. */
  add(index: number): void {
    if (index < 0 || index >= this.count || this.has(index)) return;
    this.#bits[index >> 3] = (this.#bits[index >> 3] ?? 0) | (1 << (index & 7));
    this.#present++;
  }

  /** Removes a block again. */
  remove(index: number): void {
    if (!this.has(index)) return;
    this.#bits[index >> 3] = (this.#bits[index >> 3] ?? 0) & ~(1 << (index & 7));
    this.#present--;
  }

  get isComplete(): boolean {
    return this.#present === this.count;
  }

  /** The blocks that are there, as half-open ranges in order. */
  ranges(): [number, number][] {
    const ranges: [number, number][] = [];
    for (let index = 0; index < this.count; index++) {
      if (!this.has(index)) continue;
      const last = ranges.at(-1);
      if (last?.[1] === index) last[1] = index + 1;
      else ranges.push([index, index + 1]);
    }
    return ranges;
  }
}

/** Numbers all blocks of a manifest in its order, so that even thousands of small files are one range of numbers. */
export class BlockNumbers {
  /** How many blocks there are in all. */
  readonly total: number;
  readonly #firsts: Float64Array;

  /** @param entries the manifest; folders have no bytes */
  constructor(entries: readonly { readonly sizeBytes: number }[]) {
    this.#firsts = new Float64Array(entries.length);
    let total = 0;
    for (const [index, { sizeBytes }] of entries.entries()) {
      this.#firsts[index] = total;
      total += blockCount(sizeBytes);
    }
    this.total = total;
  }

  /** The number of a block; `NaN` for a file that is not in the manifest. */
  of(fileIndex: number, blockIndex: number): number {
    return (this.#firsts[fileIndex] ?? Number.NaN) + blockIndex;
  }
}
