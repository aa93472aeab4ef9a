/** Fresh memory of this size costs next to nothing. */
const SMALL_BYTES = 64 * 1024;

/** Memory for blocks, used again and again: fresh memory costs a page fault every 4 KiB and garbage collection. */
export class BufferPool {
  readonly #sizeBytes: number;
  readonly #maxKept: number;
  readonly #free: Uint8Array<ArrayBuffer>[] = [];

  /**
   * @param sizeBytes of each buffer
   * @param maxKept how many unused ones are kept
   */
  constructor(sizeBytes: number, maxKept: number) {
    this.#sizeBytes = sizeBytes;
    this.#maxKept = maxKept;
  }

  /**
   * A buffer with whatever is in it.
   * @param wantedBytes how much will be used of it; thousands of small files wait for the disk at a time, and each gets
   * no more than it needs
   */
  take(wantedBytes = this.#sizeBytes): Uint8Array<ArrayBuffer> {
    if (wantedBytes <= SMALL_BYTES) return new Uint8Array(wantedBytes);
    return this.#free.pop() ?? new Uint8Array(this.#sizeBytes);
  }

  /** Takes a buffer back that nobody reads or writes any more. */
  giveBack(buffer: Uint8Array<ArrayBuffer>): void {
    if (buffer.length === this.#sizeBytes && this.#free.length < this.#maxKept) this.#free.push(buffer);
  }
}
