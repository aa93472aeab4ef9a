/** Up to this size, pieces of larger memory are handed out, which is gone when nobody holds a piece of it any more. */
const SMALL_BYTES = 64 * 1024;
/** Thousands of small buffers at a time, each with memory of its own, keep the garbage collector busy. */
const SLAB_BYTES = 512 * 1024;

/** Memory for blocks, used again and again: fresh memory costs a page fault every 4 KiB and garbage collection. */
export class BufferPool {
  readonly #sizeBytes: number;
  readonly #maxKept: number;
  readonly #free: Uint8Array<ArrayBuffer>[] = [];
  #slab = new Uint8Array();

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
  allocate(wantedBytes = this.#sizeBytes): Uint8Array<ArrayBuffer> {
    if (wantedBytes <= SMALL_BYTES) return this.#piece(wantedBytes);
    return this.#free.pop() ?? new Uint8Array(this.#sizeBytes);
  }

  /** Takes a buffer back that nobody reads or writes any more. */
  giveBack(buffer: Uint8Array<ArrayBuffer>): void {
    if (buffer.length === this.#sizeBytes && this.#free.length < this.#maxKept) this.#free.push(buffer);
  }

  #piece(bytes: number): Uint8Array<ArrayBuffer> {
    if (this.#slab.length < bytes) this.#slab = new Uint8Array(SLAB_BYTES);
    const piece = this.#slab.subarray(0, bytes);
    this.#slab = this.#slab.subarray(bytes);
    return piece;
  }
}
