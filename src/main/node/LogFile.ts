import { openSync, writeSync } from 'node:fs';

/**
 * The file of a log, which costs its callers nothing but time: a line that the disk does not take is lost, and counted. When the
 * disk takes lines again, one says how many. Each is written at once, so that those before a crash are there.
 */
export class LogFile {
  readonly #fd: number;
  readonly #write: (fd: number, bytes: Uint8Array) => number;
  #lostLines = 0;
  /** The disk took half a line: the next one begins after a line break. */
  #isTorn = false;

  /**
   * @param path absolute; made where it is missing
   * @param write puts bytes at the file's end and tells how many it took
   * @throws Error of the file system
   */
  constructor(path: string, write: (fd: number, bytes: Uint8Array) => number = writeSync) {
    this.#fd = openSync(path, 'a', 0o600);
    this.#write = write;
  }

  /** Takes a line with its line break; never throws. */
  write(line: string): void {
    const lost = this.#lostLines;
    const isBack =
      lost === 0 || this.#put(`${JSON.stringify({ time: new Date(), msg: 'log', lostLines: lost })}\n`);
    if (isBack) this.#lostLines -= lost;
    if (!isBack || !this.#put(line)) this.#lostLines++;
  }

  #put(line: string): boolean {
    let rest = new TextEncoder().encode(this.#isTorn ? `\n${line}` : line);
    const length = rest.length;
    try {
      while (rest.length > 0) rest = rest.subarray(this.#write(this.#fd, rest));
      this.#isTorn = false;
      return true;
    } catch {
      if (rest.length < length) this.#isTorn = true;
      return false;
    }
  }
}
