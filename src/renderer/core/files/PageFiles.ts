import type { OfferItem, TransferView } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { toHex } from '../../../shared/ids';
import { hasPictureName, MAX_PICTURE_BYTES } from '../../../shared/pictures';
import { isOverPhase } from '../../../shared/transfer/status';
import type { LocalItem } from '../types';

/** Random bytes that tell the files of pages apart; a backend has a handful of pages at a time. */
const PREFIX_BYTES = 8;

/** Own pictures that are kept to be shown beside what was said: the files stay where they are, so that each costs little. */
const MAX_PICTURES = 50;

/** The page's own `File`s that are offered, under ids that the backend asks for their bytes by. */
export class PageFiles {
  readonly #files = new Map<string, File>();
  readonly #transfers = new Map<string, string[]>();
  readonly #pictures = new Map<string, File>();
  readonly #registerPath: (file: File) => Promise<string | null>;
  /** No other page of the backend has ids that begin so: what one is asked for must not be read from another one's files. */
  readonly #prefix = toHex(crypto.getRandomValues(new Uint8Array(PREFIX_BYTES)));
  #next = 1;

  /** @param registerPath a token for the file's path where the page can name it, as in the desktop app */
  constructor(registerPath: (file: File) => Promise<string | null>) {
    this.#registerPath = registerPath;
  }

  /** The contract's form of what a person dropped, and the ids to pass to `bind`. */
  async offerItems(items: readonly LocalItem[]): Promise<{ offer: OfferItem[]; sourceIds: string[] }> {
    const offer: OfferItem[] = [];
    const sourceIds: string[] = [];
    for (const item of items) {
      if (item.kind === 'folder') {
        offer.push({ kind: 'page-folder', path: item.path });
        continue;
      }
      if (item.kind === 'path') {
        offer.push({ kind: 'path-token', token: item.token, path: item.path });
        continue;
      }
      if (item.kind === 'left-out') {
        offer.push(item);
        continue;
      }
      const token = await this.#registerPath(item.file);
      if (token !== null) {
        offer.push({ kind: 'path-token', token, path: item.path });
        continue;
      }
      const sourceId = `${this.#prefix}-${String(this.#next++)}`;
      this.#files.set(sourceId, item.file);
      sourceIds.push(sourceId);
      const { path, sizeBytes } = item;
      const modifiedMs = item.file.lastModified;
      offer.push({ kind: 'page-file', sourceId, path, sizeBytes, modifiedMs });
    }
    return { offer, sourceIds };
  }

  /** Ties files to a transfer, so that they are let go with it. */
  bind(transferId: string, sourceIds: string[]): void {
    this.#transfers.set(transferId, sourceIds);
  }

  /** Keeps a picture that is sent by itself, also when the transfer is over. */
  keepPicture(transferId: string, items: readonly LocalItem[]): void {
    const [item] = items;
    if (items.length !== 1 || item?.kind !== 'file' || !hasPictureName(item.path)) return;
    if (item.file.size > MAX_PICTURE_BYTES) return;
    const [oldest] = this.#pictures.keys();
    if (this.#pictures.size >= MAX_PICTURES && oldest !== undefined) this.#pictures.delete(oldest);
    this.#pictures.set(transferId, item.file);
  }

  /** A picture that this page has sent by itself, or `null`. */
  pictureOf(transferId: string): File | null {
    return this.#pictures.get(transferId) ?? null;
  }

  /** Lets go of files whose offer was refused by the backend. */
  release(sourceIds: readonly string[]): void {
    for (const sourceId of sourceIds) this.#files.delete(sourceId);
  }

  /** Lets go of the files of transfers that are over. */
  releaseFinished(transfers: readonly TransferView[]): void {
    for (const { transferId, phase } of transfers) if (isOverPhase(phase)) this.#releaseTransfer(transferId);
  }

  /** Lets go of all files but those of transfers that are under way. @param transfers all that there are */
  keepOnly(transfers: readonly TransferView[]): void {
    this.releaseFinished(transfers);
    const known = new Set(transfers.map(({ transferId }) => transferId));
    for (const transferId of [...this.#transfers.keys()])
      if (!known.has(transferId)) this.#releaseTransfer(transferId);
  }

  #releaseTransfer(transferId: string): void {
    this.release(this.#transfers.get(transferId) ?? []);
    this.#transfers.delete(transferId);
  }

  /**
   * A part of a file, unread.
   * @throws HitherError `unknown-source`
   */
  slice(sourceId: string, offsetBytes: number, lengthBytes: number): Blob {
    const file = this.#files.get(sourceId);
    if (!file) throw new HitherError('unknown-source');
    // A slice is one more thing that the browser's process is asked for, and waited for, beside each small file.
    if (offsetBytes === 0 && lengthBytes === file.size) return file;
    return file.slice(offsetBytes, offsetBytes + lengthBytes);
  }

  /**
   * Bytes of a file.
   * @throws HitherError `unknown-source`, or `source-changed` / `source-missing` where the disk says otherwise than when it was dropped
   */
  async read(sourceId: string, offsetBytes: number, lengthBytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const part = this.slice(sourceId, offsetBytes, lengthBytes);
    try {
      const buffer = await part.arrayBuffer();
      if (buffer.byteLength !== lengthBytes) throw new HitherError('source-changed', this.#facts(sourceId));
      return new Uint8Array(buffer);
    } catch (error) {
      throw this.readError(sourceId, error);
    }
  }

  /** What an error that a browser gave on reading means to a person. */
  readError(sourceId: string, error: unknown): HitherError {
    if (error instanceof HitherError) return error;
    // Browsers say NotFoundError for a file that is gone, and NotReadableError for one that changed since.
    const isGone = error instanceof DOMException && error.name === 'NotFoundError';
    return new HitherError(isGone ? 'source-missing' : 'source-changed', this.#facts(sourceId), error);
  }

  #facts(sourceId: string): { name: string } {
    return { name: this.#files.get(sourceId)?.name ?? '' };
  }
}
