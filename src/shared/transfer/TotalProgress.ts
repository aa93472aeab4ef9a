import type { TransferView } from '../contract/transfers';

type Part = Pick<TransferView, 'transferId' | 'phase' | 'totalBytes' | 'doneBytes'>;

/**
 * How far everything is that is going on, for one bar or one number. Transfers that end count as done until nothing is
 * left, so that it does not jump back; what waits for a person or a device counts, but shows nothing by itself.
 */
export class TotalProgress {
  /** Of those under way. */
  readonly #sizes = new Map<string, number>();
  /** Of all that have ended since nothing was under way. */
  #endedBytes = 0;

  /** Reads the list of all transfers; from 0 to 1, or `null` while no bytes move. */
  update(transfers: readonly Part[]): number | null {
    const done = new Map<string, number>();
    for (const { transferId, phase, totalBytes, doneBytes } of transfers) {
      if (phase !== 'active' && phase !== 'waiting' && phase !== 'paused') continue;
      done.set(transferId, doneBytes);
      this.#sizes.set(transferId, totalBytes);
    }
    for (const [transferId, size] of this.#sizes) {
      if (done.has(transferId)) continue;
      this.#sizes.delete(transferId);
      this.#endedBytes += size;
    }
    if (done.size === 0) this.#endedBytes = 0;
    if (!transfers.some(({ phase }) => phase === 'active')) return null;
    let doneBytes = this.#endedBytes;
    let totalBytes = this.#endedBytes;
    for (const [transferId, size] of this.#sizes) {
      totalBytes += size;
      doneBytes += done.get(transferId) ?? 0;
    }
    return totalBytes === 0 ? 0 : Math.min(1, doneBytes / totalBytes);
  }
}
