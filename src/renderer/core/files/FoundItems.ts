import type { LeftOutReason } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { MAX_ENTRIES } from '../../../shared/protocol/transfer';
import { MAX_OFFER_TEXT } from '../../../shared/transfer/manifest/offer';
import type { LocalItem, OnFound } from '../types';

/** How long files are looked at before the page may draw and answer, in ms. */
const SPELL_MS = 50;

/** Collects what a person dropped or picked: a folder may have tens of thousands of files, and the page has to live meanwhile. */
export class FoundItems {
  readonly items: LocalItem[] = [];
  readonly #onFound: OnFound;
  /** In all paths, as `MAX_OFFER_TEXT`. */
  #text = 0;
  #spellMs = performance.now();

  constructor(onFound: OnFound) {
    this.#onFound = onFound;
  }

  /**
   * Looks at a file. A picked one's size is not known to the page: it waits for another process of the browser each time
   * (0.25 ms in Chromium, and so 25 s for 100,000 files).
   * @throws HitherError `too-many-entries`
   */
  async addFile(file: File, path: string): Promise<void> {
    await this.#add({ kind: 'file', file, path, sizeBytes: file.size });
  }

  /**
   * A folder that the backend walks.
   * @throws HitherError `too-many-entries`
   */
  async addPath(token: string, path: string): Promise<void> {
    await this.#add({ kind: 'path', token, path });
  }

  /** @throws HitherError `too-many-entries` */
  async addFolder(path: string): Promise<void> {
    await this.#add({ kind: 'folder', path });
  }

  /**
   * What of a folder can't be taken, while the rest goes.
   * @throws HitherError `too-many-entries`
   */
  async addLeftOut(reason: LeftOutReason, path: string): Promise<void> {
    await this.#add({ kind: 'left-out', reason, path });
  }

  async #add(item: LocalItem): Promise<void> {
    this.#text += item.path.length;
    if (this.items.push(item) > MAX_ENTRIES || this.#text > MAX_OFFER_TEXT)
      throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
    this.#onFound(this.items.length);
    if (performance.now() - this.#spellMs < SPELL_MS) return;
    await nextTask();
    this.#spellMs = performance.now();
  }
}

/** Not a timer: those of a page that nobody sees come once a second. */
async function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
  port1.close();
}
