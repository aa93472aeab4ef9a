import type { TransferView } from '../../../shared/contract/transfers';
import { MAX_PICTURE_BYTES, type PictureHead, pictureHeadOf } from '../../../shared/pictures';
import type { ClientBackend } from '../ClientBackend';
import type { PageFiles } from './PageFiles';

/** Most pixels of a picture that is drawn: 256 MB when it is unpacked. A few bytes can claim to be thousands of millions. */
const MAX_PIXELS = 64e6;
/** Longest side of a picture for its shortest: brought to the height of a thumbnail, a line of pixels would be thousands of millions. */
const MAX_ASPECT = 50;
/** Thumbnails that are kept, some 50 kB each. */
const MAX_KEPT = 100;

/** Which picture: one that was sent or received by itself. */
export type PictureOf = Pick<TransferView, 'transferId' | 'direction'>;

/** Makes a small picture of a large one. */
export type Shrink = (picture: Blob) => Promise<Blob>;

/**
 * Pictures that were sent or received by themselves. One at a time is read and unpacked, however many are asked for: each may be
 * 20 MB, and 256 MB when it is drawn.
 */
export class Pictures {
  readonly #backend: ClientBackend;
  readonly #files: PageFiles;
  readonly #shrink: Shrink;
  readonly #kept = new Map<string, Blob>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(backend: ClientBackend, files: PageFiles, shrink: Shrink) {
    this.#backend = backend;
    this.#files = files;
    this.#shrink = shrink;
  }

  /** A small one, to be drawn among what was said; `null` where there is none to be had, or it is no such picture. */
  async thumbnail(of: PictureOf): Promise<Blob | null> {
    const kept = this.#kept.get(of.transferId);
    if (kept) return kept;
    const made = await this.#inTurn(async () => {
      const whole = await this.#read(of);
      return whole && (await this.#shrink(whole));
    });
    if (made) this.#keep(of.transferId, made);
    return made;
  }

  /** The whole of it; `null` likewise. */
  whole(of: PictureOf): Promise<Blob | null> {
    return this.#inTurn(() => this.#read(of));
  }

  #inTurn(work: () => Promise<Blob | null>): Promise<Blob | null> {
    // It may have been moved or changed since, or not be what its name says: its row says all that matters.
    const turn = this.#last.then(work).catch(() => null);
    this.#last = turn;
    return turn;
  }

  async #read({ transferId, direction }: PictureOf): Promise<Blob | null> {
    if (direction === 'send') {
      const own = this.#files.pictureOf(transferId);
      return own && drawable(new Uint8Array(await own.arrayBuffer()));
    }
    const { bytes } = await this.#backend.request('transfers:picture', { transferId });
    return drawable(bytes);
  }

  #keep(transferId: string, thumbnail: Blob): void {
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= MAX_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(transferId, thumbnail);
  }
}

/** What is in a file goes by its bytes, whatever its name says. */
function drawable(bytes: Uint8Array): Blob | null {
  if (bytes.length > MAX_PICTURE_BYTES) return null;
  const head = pictureHeadOf(bytes);
  return head && isDrawable(head) ? new Blob([new Uint8Array(bytes)], { type: head.type }) : null;
}

function isDrawable({ width, height }: PictureHead): boolean {
  const shortest = Math.min(width, height);
  return shortest > 0 && width * height <= MAX_PIXELS && Math.max(width, height) <= MAX_ASPECT * shortest;
}
