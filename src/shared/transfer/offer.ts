import { HitherError } from '../errors';
import {
  type ManifestEntry,
  MAX_ENTRIES,
  MAX_ENTRIES_PER_MESSAGE,
  MAX_FILE_BYTES,
  type TransferMessage,
} from '../protocol/transfer';
import { checkedManifest } from './names';

/** Most text in one `offer-entries` message, in UTF-16 code units: well below a data channel's smallest limit. */
const MAX_ENTRY_TEXT = 16 * 1024;

type OfferMessage = Extract<TransferMessage, { type: 'offer' }>;

/** Size of all files together, in bytes. */
export function totalBytesOf(entries: readonly ManifestEntry[]): number {
  return entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
}

/** The messages that offer a manifest: one that announces it, then its entries in pieces. */
export function* offerMessages(
  transferId: string,
  streamNo: number,
  entries: readonly ManifestEntry[],
): Generator<TransferMessage> {
  yield {
    type: 'offer',
    transferId,
    streamNo,
    entryCount: entries.length,
    totalBytes: totalBytesOf(entries),
  };
  let piece: ManifestEntry[] = [];
  let text = 0;
  for (const entry of entries) {
    if (
      piece.length === MAX_ENTRIES_PER_MESSAGE ||
      (piece.length > 0 && text + entry.path.length > MAX_ENTRY_TEXT)
    ) {
      yield { type: 'offer-entries', transferId, entries: piece };
      piece = [];
      text = 0;
    }
    piece.push(entry);
    text += entry.path.length;
  }
  yield { type: 'offer-entries', transferId, entries: piece };
}

/** Collects the pieces of an offer until all its entries are there. */
export class OfferCollector {
  readonly #entries: ManifestEntry[] = [];

  constructor(readonly offer: OfferMessage) {
    if (offer.entryCount > MAX_ENTRIES) throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
  }

  /**
   * Adds a piece. Returns the whole manifest, names checked, once it is complete, and `null` until then.
   * @throws HitherError `hostile-name`, or `protocol-violation` where the pieces contradict the offer
   */
  add(entries: readonly ManifestEntry[]): ManifestEntry[] | null {
    this.#entries.push(...entries);
    if (this.#entries.length > this.offer.entryCount) throw new HitherError('protocol-violation');
    if (this.#entries.length < this.offer.entryCount) return null;
    const total = totalBytesOf(this.#entries);
    const isHonest = total === this.offer.totalBytes && total <= MAX_FILE_BYTES;
    if (!isHonest || this.#entries.some((entry) => entry.kind === 'folder' && entry.sizeBytes > 0)) {
      throw new HitherError('protocol-violation');
    }
    return checkedManifest(this.#entries);
  }
}
