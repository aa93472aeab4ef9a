import type { FileHandle } from 'node:fs/promises';

/** Blocks in one call of the system at most. With eight, what is copied is no longer in the processor's caches. */
const MAX_TOGETHER = 2;

interface Piece {
  offsetBytes: number;
  bytes: Uint8Array;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Writes to one file, one call at a time, with what follows in the file together. Several writes to one file at a time wait for each other in
 * the kernel and spin meanwhile; one by one, the disk would be idle from the end of each until this thread gets to hear of it.
 */
export class WriteQueue {
  readonly #file: FileHandle;
  readonly #pieces: Piece[] = [];
  #isWriting = false;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /**
   * Resolves when the system has the bytes; until then they must stay as they are.
   * @throws Error of the file system
   */
  write(offsetBytes: number, bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#pieces.push({ offsetBytes, bytes, resolve, reject });
      if (!this.#isWriting) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#isWriting = true;
    while (this.#pieces.length > 0) {
      const together = this.#pieces.splice(0, this.#countTogether());
      try {
        await this.#writeAll(together);
        for (const { resolve } of together) resolve();
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    this.#isWriting = false;
  }

  /** How many of the first pieces follow each other in the file. */
  #countTogether(): number {
    let count = 0;
    let end: number | null = null;
    for (const { offsetBytes, bytes } of this.#pieces) {
      if (count === MAX_TOGETHER || (end !== null && offsetBytes !== end)) break;
      end = offsetBytes + bytes.length;
      count++;
    }
    return count;
  }

  async #writeAll(pieces: readonly Piece[]): Promise<void> {
    const offsetBytes = pieces[0]?.offsetBytes ?? 0;
    let rest = pieces.map(({ bytes }) => bytes);
    for (let written = 0; rest.length > 0;) {
      const { bytesWritten } = await this.#file.writev(rest, offsetBytes + written);
      written += bytesWritten;
      rest = after(rest, bytesWritten);
    }
  }
}

/** What is left of some bytes behind the first `count`. */
function after(parts: readonly Uint8Array[], count: number): Uint8Array[] {
  let skip = count;
  const left: Uint8Array[] = [];
  for (const part of parts) {
    if (part.length > skip) left.push(part.subarray(skip));
    skip = Math.max(0, skip - part.length);
  }
  return left;
}
