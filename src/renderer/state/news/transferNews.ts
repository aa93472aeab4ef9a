import type { TransferView } from '../../../shared/contract/transfers';

/** What can be said of a transfer; keys of `transfers.announce` in the catalogue. */
export type NewsKey =
  | 'started'
  | 'percent'
  | 'sent'
  | 'received'
  | 'failed'
  | 'waiting'
  | 'paused'
  | 'resumed'
  | 'declined'
  | 'cancelled';

export interface TransferNews {
  key: NewsKey;
  transfer: TransferView;
  /** From 0 to 1, of `percent`. */
  fraction: number;
}

/** Parts of the way at which progress is worth a word: quarters. */
const PARTS = 4;
/** Least time between two words on progress, of all transfers, in ms: listening takes that long. */
const APART_MS = 15_000;

/** Tells what is worth hearing of the transfers: how they begin, halt and end, and now and then how far they are. */
export class TransferReporter {
  readonly #phases = new Map<string, TransferView['phase']>();
  readonly #parts = new Map<string, number>();
  #lastMs = -Infinity;

  /** Takes the list as often as it changes; the first one is what was there before, and no news. */
  update(transfers: readonly TransferView[], nowMs: number): TransferNews[] {
    const news: TransferNews[] = [];
    for (const transfer of transfers) {
      const key = this.#phaseNews(transfer);
      if (key) news.push({ key, transfer, fraction: 0 });
      const fraction = this.#progressNews(transfer, nowMs);
      if (fraction !== null && !key) news.push({ key: 'percent', transfer, fraction });
    }
    const ids = new Set(transfers.map(({ transferId }) => transferId));
    for (const known of [this.#phases, this.#parts])
      for (const transferId of known.keys()) if (!ids.has(transferId)) known.delete(transferId);
    return news;
  }

  #phaseNews(transfer: TransferView): NewsKey | null {
    const { transferId, phase, direction, endedBy } = transfer;
    const before = this.#phases.get(transferId);
    this.#phases.set(transferId, phase);
    if (before === undefined || before === phase) return null;
    switch (phase) {
      case 'active':
        return before === 'paused' || before === 'waiting' ? 'resumed' : 'started';
      case 'done':
        return direction === 'send' ? 'sent' : 'received';
      case 'waiting':
      case 'paused':
      case 'failed':
        return phase;
      // A person knows what they have just done.
      case 'declined':
        return direction === 'send' ? 'declined' : null;
      case 'cancelled':
        return endedBy === 'peer' ? 'cancelled' : null;
      default:
        return null;
    }
  }

  #progressNews({ transferId, phase, doneBytes, totalBytes }: TransferView, nowMs: number): number | null {
    if (phase !== 'active' || totalBytes === 0) return null;
    const part = Math.floor((doneBytes / totalBytes) * PARTS);
    const before = this.#parts.get(transferId);
    if (before === undefined) this.#parts.set(transferId, part);
    if (before === undefined || part <= before || part >= PARTS || nowMs - this.#lastMs < APART_MS)
      return null;
    this.#parts.set(transferId, part);
    this.#lastMs = nowMs;
    return part / PARTS;
  }
}
