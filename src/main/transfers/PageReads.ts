import type { SourceBytes, SourceRead } from '../../shared/contract/transfers';
import { HitherError } from '../../shared/errors';
import type { BlockSource } from '../../shared/transfer/ports';

/** Reads the page's `File`s for lanes of this process: a LAN lane carries them at many times a data channel's speed. */
export class PageReads {
  readonly #ask: (read: SourceRead) => void;
  readonly #waiting = new Map<
    number,
    { lengthBytes: number; resolve: (bytes: Uint8Array) => void; reject: (error: Error) => void }
  >();
  #nextJob = 0;

  /** @param ask hands one read to the page */
  constructor(ask: (read: SourceRead) => void) {
    this.#ask = ask;
  }

  /**
   * Reads a block.
   * @throws HitherError what the page says, or `unknown-source` when it goes away
   */
  async read(source: Extract<BlockSource, { kind: 'page' }>): Promise<Uint8Array> {
    const { sourceId, offsetBytes, lengthBytes } = source;
    const jobId = this.#nextJob++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(jobId, { lengthBytes, resolve, reject });
      this.#ask({ jobId, sourceId, offsetBytes, lengthBytes });
    });
  }

  /** Takes the page's answer; unknown jobs are ignored. */
  answer({ jobId, bytes, failure }: SourceBytes): void {
    const job = this.#waiting.get(jobId);
    this.#waiting.delete(jobId);
    if (bytes?.length === job?.lengthBytes && bytes) job?.resolve(bytes);
    else job?.reject(new HitherError(failure?.code ?? 'internal', failure?.facts));
  }

  /** The page is gone, and its files with it. */
  pageGone(): void {
    for (const { reject } of this.#waiting.values()) reject(new HitherError('unknown-source'));
    this.#waiting.clear();
  }
}
