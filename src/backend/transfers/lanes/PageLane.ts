import type { BlockOrder, BlockReport } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { fromHex, toHex } from '../../../shared/ids';
import type { BlockId } from '../../../shared/transfer/packets';
import type { BlockSource, Lane, PageSource } from '../../../shared/transfer/ports';
import type { Digest } from '../../ports';

/**
 * A data channel of the page, as a lane. The page does the sending: it gets the block's bytes where they are read
 * here, and only the order to read them where the source is its own `File`.
 */
export class PageLane implements Lane {
  readonly kind = 'data-channel';
  /** One block goes into the channel's buffer while the next is read; more would only wait for a lane that may be slow. */
  readonly depth = 2;
  readonly laneId: string;
  readonly #sha256: Digest;
  readonly #order: (order: BlockOrder) => void;
  readonly #waiting = new Map<
    number,
    { resolve: (digest: Uint8Array) => void; reject: (error: Error) => void }
  >();
  #nextJob = 0;
  #isClosed = false;

  /** @param order hands one block order to the page */
  constructor(laneId: string, sha256: Digest, order: (order: BlockOrder) => void) {
    this.laneId = laneId;
    this.#sha256 = sha256;
    this.#order = order;
  }

  async sendBlock(id: BlockId, source: BlockSource): Promise<Uint8Array> {
    const work =
      source.kind === 'bytes' ? await this.#readAndHash(source.read) : { source: pageSource(source) };
    if (this.#isClosed) throw new HitherError('connection-lost');
    const jobId = this.#nextJob++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(jobId, { resolve, reject });
      this.#order({ jobId, laneId: this.laneId, ...id, ...work });
    });
  }

  /** Handles the page's word on a block; unknown jobs are ignored. */
  report(report: BlockReport): void {
    const job = this.#waiting.get(report.jobId);
    this.#waiting.delete(report.jobId);
    if (report.digest) job?.resolve(fromHex(report.digest));
    else job?.reject(new HitherError(report.failure?.code ?? 'internal', report.failure?.facts));
  }

  /** Fails everything that is under way with `connection-lost`. */
  close(): void {
    this.#isClosed = true;
    for (const job of this.#waiting.values()) job.reject(new HitherError('connection-lost'));
    this.#waiting.clear();
  }

  async #readAndHash(
    read: () => Promise<Uint8Array<ArrayBuffer>>,
  ): Promise<Pick<BlockOrder, 'bytes' | 'digest'>> {
    const bytes = await read();
    return { bytes, digest: toHex(await this.#sha256(bytes)) };
  }
}

function pageSource(source: PageSource): NonNullable<BlockOrder['source']> {
  const { sourceId, offsetBytes, lengthBytes } = source;
  return { sourceId, offsetBytes, lengthBytes };
}
