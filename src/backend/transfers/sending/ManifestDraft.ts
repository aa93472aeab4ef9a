import type { LeftOut, LeftOutReason } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import { type ManifestEntry, MAX_ENTRIES } from '../../../shared/protocol/transfer';
import { numberedName } from '../../../shared/transfer/manifest/freeName';
import { ManifestCheck, type NameFault, shownPath } from '../../../shared/transfer/manifest/names';
import { MAX_OFFER_TEXT } from '../../../shared/transfer/manifest/offer';
import type { EntryOrigin } from '../../ports';
import { leftOutOf } from '../leftOut';

/** Things of one name in one drop; more are left out. */
const MAX_NUMBER = 1_000;

interface Drafted {
  entry: ManifestEntry;
  origin: EntryOrigin;
  isImplied: boolean;
}

/** A manifest on its way: what has been found gets its place in the tree, as far as an offer has room for it. */
export class ManifestDraft {
  readonly #drafted: Drafted[] = [];
  readonly #leftOut: { reason: LeftOutReason; path: string }[] = [];
  readonly #check = new ManifestCheck();
  /** Of entries that have to be there; `MAX_ENTRIES` and `MAX_OFFER_TEXT` hold for them. */
  #neededCount = 0;
  #neededText = 0;
  /** Of all paths, in UTF-16 code units. */
  #text = 0;

  /**
   * Adds a file or folder under its own path, or a numbered one where another has that. Folders of one path become one, as what is in
   * them does.
   * @param isImplied a folder that follows from what is in it: it has an entry for its time alone
   * @throws HitherError `too-many-entries`
   */
  add(entry: ManifestEntry, origin: EntryOrigin, isImplied = false): void {
    const fault = this.#check.faultOf(entry);
    // What is in such a folder is told of by itself.
    if (fault && (isImplied || (entry.kind === 'folder' && fault === 'collision'))) return;
    const named = fault ? this.#numbered(entry, fault) : entry;
    if (named === null) {
      this.leaveOut('name', entry.path);
      return;
    }
    this.#drafted.push({
      entry: named,
      origin: entry.kind === 'folder' ? { kind: 'none' } : origin,
      isImplied,
    });
    this.#text += named.path.length;
    if (isImplied) return;
    this.#neededText += named.path.length;
    if (++this.#neededCount > MAX_ENTRIES || this.#neededText > MAX_OFFER_TEXT)
      throw new HitherError('too-many-entries', { limit: MAX_ENTRIES });
  }

  /** Notes what does not go. */
  leaveOut(reason: LeftOutReason, path: string): void {
    this.#leftOut.push({ reason, path: shownPath(path) });
  }

  /** What goes and what doesn't. Where an offer has no room for them, implied folders go without their times. */
  finish(): { entries: ManifestEntry[]; origins: EntryOrigin[]; leftOut: LeftOut[] } {
    const hasRoom = this.#drafted.length <= MAX_ENTRIES && this.#text <= MAX_OFFER_TEXT;
    const kept = hasRoom ? this.#drafted : this.#drafted.filter(({ isImplied }) => !isImplied);
    return {
      entries: kept.map(({ entry }) => entry),
      origins: kept.map(({ origin }) => origin),
      leftOut: leftOutOf(this.#leftOut),
    };
  }

  /** The entry under a path that is free; `null` where no number would do. */
  #numbered(entry: ManifestEntry, fault: NameFault): ManifestEntry | null {
    if (fault !== 'collision' && fault !== 'clash') return null;
    const names = entry.path.split('/');
    const name = names.pop() ?? '';
    // A file in the place of one of its folders is in the way of all numbers.
    for (let attempt = 1; attempt <= MAX_NUMBER; attempt++) {
      const path = [...names, numberedName(name, attempt)].join('/');
      if (this.#check.faultOf({ ...entry, path }) === null) return { ...entry, path };
    }
    return null;
  }
}
