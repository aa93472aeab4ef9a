import type { TransferView } from '../contract/transfers';

type Part = Pick<TransferView, 'transferId' | 'phase' | 'totalBytes' | 'doneBytes'>;

/**
 * How far everything is that is going on, for one bar or one number. Transfers that end count as done until nothing is
 * left, so that it does not jump back; what waits for a person or a device counts, but shows nothing by itself.
 */
export class TotalProgress {
  readonly #sizes = new Map<string, number>();

  /** Reads the list of all transfers; from 0 to 1, or `null` while no bytes move. */
  update(transfers: readonly Part[]): number | null {
    const done = new Map<string, number>();
    for (const { transferId, phase, totalBytes, doneBytes } of transfers) {
      if (phase !== 'active' && phase !== 'waiting' && phase !== 'paused') continue;
      done.set(transferId, doneBytes);
      this.#sizes.set(transferId, totalBytes);
    }
    if (done.size === 0) this.#sizes.clear();
    if (!transfers.some(({ phase }) => phase === 'active')) return null;
    let doneBytes = 0;
    let totalBytes = 0;
    for (const [transferId, size] of this.#sizes) {
      totalBytes += size;
      doneBytes += done.get(transferId) ?? size;
    }
    return totalBytes === 0 ? 0 : Math.min(1, doneBytes / totalBytes);
  }
}
