import { MAX_READ_PARTS, type SourceBytes, type SourceRead } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { BLOCK_BYTES } from '../../../shared/transfer/blocks';
import type { PageSource } from '../../../shared/transfer/ports';
import type { Clock } from '../../ports';
import { ReadAhead } from './ReadAhead';

/** Parts up to this size are read many at a time. */
const SMALL_BYTES = BLOCK_BYTES / 4;
/** The most bytes of them in one read. */
const MAX_READ_BYTES = BLOCK_BYTES;
/** Reads of small parts under way at a time: what is asked for meanwhile goes together in the next one. */
const MAX_READS = 2;

interface Part {
  source: PageSource;
  resolve: (bytes: Uint8Array) => void;
  reject: (error: Error) => void;
}

interface Read {
  parts: readonly Part[];
  isSmall: boolean;
}

/**
 * Reads the page's `File`s for lanes of this process: a LAN lane carries them at many times a data channel's speed. Large ones
 * are read several blocks at a time. Small ones go many to a read: a post that brings 64 files costs the browser about as much as two that bring one file each
 * (measured: 4 ms of a busy machine for a file of its own, 0.5 ms for one of 64).
 */
export class PageReads {
  readonly #ask: (read: SourceRead) => void;
  readonly #reads = new Map<number, Read>();
  readonly #ahead: ReadAhead;
  #queued: Part[] = [];
  #smallReads = 0;
  #nextJob = 0;

  /** @param ask hands one read to the page */
  constructor(clock: Clock, ask: (read: SourceRead) => void) {
    this.#ask = ask;
    this.#ahead = new ReadAhead(clock, (source) => this.#readAlone(source));
  }

  /**
   * Reads a block.
   * @throws HitherError what the page says, or `unknown-source` when it goes away
   */
  async read(source: PageSource): Promise<Uint8Array> {
    if (source.sizeBytes > SMALL_BYTES) return this.#ahead.block(source);
    return new Promise((resolve, reject) => {
      this.#queued.push({ source, resolve, reject });
      this.#beginQueued();
    });
  }

  /** Hands out the page's answer; one that nobody waits for is ignored. */
  answer({ jobId, bytes, failure }: SourceBytes): void {
    const read = this.#reads.get(jobId);
    if (!read) return;
    this.#reads.delete(jobId);
    if (read.isSmall) this.#smallReads--;
    if (bytes?.length === lengthOf(read.parts)) handOut(bytes, read.parts);
    // One that can't be read fails them all, so each is asked for by itself.
    else if (read.parts.length > 1)
      for (const part of read.parts) this.#begin({ parts: [part], isSmall: false });
    else read.parts[0]?.reject(new HitherError(failure?.code ?? 'internal', failure?.facts));
    this.#beginQueued();
  }

  /** The page is gone, and its files with it. */
  pageGone(): void {
    const parts = [...[...this.#reads.values()].flatMap((read) => read.parts), ...this.#queued];
    this.#reads.clear();
    this.#queued = [];
    this.#smallReads = 0;
    this.#ahead.clear();
    for (const { reject } of parts) reject(new HitherError('unknown-source'));
  }

  #readAlone(source: PageSource): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#begin({ parts: [{ source, resolve, reject }], isSmall: false });
    });
  }

  #beginQueued(): void {
    while (this.#queued.length > 0 && this.#smallReads < MAX_READS) {
      let count = 0;
      for (let sizeBytes = 0; count < Math.min(this.#queued.length, MAX_READ_PARTS); count++) {
        sizeBytes += this.#queued[count]?.source.lengthBytes ?? 0;
        if (sizeBytes > MAX_READ_BYTES) break;
      }
      this.#smallReads++;
      this.#begin({ parts: this.#queued.splice(0, count), isSmall: true });
    }
  }

  #begin(read: Read): void {
    const jobId = this.#nextJob++;
    this.#reads.set(jobId, read);
    const parts = read.parts.map(({ source: { sourceId, offsetBytes, lengthBytes } }) => ({
      sourceId,
      offsetBytes,
      lengthBytes,
    }));
    this.#ask({ jobId, parts });
  }
}

function lengthOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { source }) => sum + source.lengthBytes, 0);
}

function handOut(bytes: Uint8Array, parts: readonly Part[]): void {
  let at = 0;
  for (const { source, resolve } of parts) {
    resolve(bytes.subarray(at, at + source.lengthBytes));
    at += source.lengthBytes;
  }
}
