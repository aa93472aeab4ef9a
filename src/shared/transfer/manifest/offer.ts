import { HitherError } from '../../errors';
import {
  BlockDigest,
  type ManifestEntry,
  MAX_ENTRIES,
  MAX_ENTRIES_PER_MESSAGE,
  MAX_FILE_BYTES,
  type TransferMessage,
} from '../../protocol/transfer';
import { ManifestCheck, type NameFault, shownPath } from './names';

/** Most text in one `offer-entries` message, in UTF-16 code units: well below the largest message of a session, also escaped. */
const MAX_ENTRY_TEXT = 16 * 1024;

/**
 * Most text in all paths of an offer, in UTF-16 code units: 160 for each of 100,000 entries, where source trees have 40
 * to 80. Bounds the memory that an offer can need, 64 levels deep as well.
 */
export const MAX_OFFER_TEXT = 16 * 1024 * 1024;

/** Offers of one peer that may wait for an answer at a time. */
const MAX_WAITING_OFFERS = 16;

/** How this build's blocks are hashed. */
export const BLOCK_DIGEST: BlockDigest = 'sha-256';

/** A manifest that has arrived. */
export interface CheckedManifest {
  /** All of it, as file numbers count; unsafe entries have a harmless path in place of their own. */
  entries: ManifestEntry[];
  unsafe: ReadonlyMap<number, UnsafeEntry>;
}

/** An entry that is left out, with its path as a person may be shown it. */
export interface UnsafeEntry {
  path: string;
  reason: NameFault;
}

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
    digest: BLOCK_DIGEST,
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

/**
 * Whether offers that wait for an answer hold no more together than one may: else a peer that nobody answers
 * could fill the memory with lists.
 */
export function fitTogether(offers: readonly OfferCollector[]): boolean {
  const entryCount = offers.reduce((sum, { offer }) => sum + offer.entryCount, 0);
  const textLength = offers.reduce((sum, each) => sum + each.textLength, 0);
  return offers.length <= MAX_WAITING_OFFERS && entryCount <= MAX_ENTRIES && textLength <= MAX_OFFER_TEXT;
}

/** Collects the pieces of an offer until all its entries are there; each is checked as it comes, so none takes long. */
export class OfferCollector {
  #entries: ManifestEntry[] = [];
  #names = new ManifestCheck();
  #unsafe = new Map<number, UnsafeEntry>();
  #text = 0;

  constructor(readonly offer: OfferMessage) {
    if (offer.entryCount > MAX_ENTRIES) throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
  }

  /** Text in all paths so far, in UTF-16 code units. */
  get textLength(): number {
    return this.#text;
  }

  /**
   * Adds a piece. Returns the whole manifest, names checked, once it is complete, and `null` until then.
   * @throws HitherError `unknown-digest` where its blocks can't be verified, `hostile-name` where no entry is safe, `too-many-entries`
   * where their names are too much, or `protocol-violation` where the pieces contradict the offer
   */
  add(entries: readonly ManifestEntry[]): CheckedManifest | null {
    try {
      this.#append(entries);
    } catch (error) {
      // A refused offer is remembered for a while; its list need not be.
      this.#entries = [];
      this.#names = new ManifestCheck();
      throw error;
    }
    if (this.#entries.length < this.offer.entryCount) return null;
    this.#names = new ManifestCheck();
    const total = totalBytesOf(this.#entries);
    if (total !== this.offer.totalBytes || total > MAX_FILE_BYTES)
      throw new HitherError('protocol-violation');
    const first = this.#unsafe.get(0);
    if (first && this.#unsafe.size === this.#entries.length)
      throw new HitherError('hostile-name', { name: first.path, reason: first.reason });
    return { entries: this.#entries, unsafe: this.#unsafe };
  }

  #append(entries: readonly ManifestEntry[]): void {
    const { digest, entryCount } = this.offer;
    if (!BlockDigest.safeParse(digest).success) throw new HitherError('unknown-digest', { digest });
    if (this.#entries.length + entries.length > entryCount) throw new HitherError('protocol-violation');
    for (const entry of entries) {
      if (entry.kind === 'folder' && entry.sizeBytes > 0) throw new HitherError('protocol-violation');
      this.#text += entry.path.length;
    }
    if (this.#text > MAX_OFFER_TEXT) throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
    for (const entry of entries) {
      const fault = this.#names.faultOf(entry);
      const file = this.#entries.length;
      if (fault) this.#unsafe.set(file, { path: shownPath(entry.path), reason: fault });
      this.#entries.push(fault ? { ...entry, path: `unsafe ${String(file)}` } : entry);
    }
  }
}
