import { type Aside, type HeldSend, MAX_HELD_SENDS, type PageHoldings } from '../../shared/contract/app';

/** What pages hold that stands still or ends without them: their files that are on the way, and what they say themselves. */
export class PageHolds {
  readonly #sendsOf: (pageId: string) => HeldSend[];
  readonly #told = new Map<string, PageHoldings>();

  /** @param sendsOf the transfers under way that need a page's files */
  constructor(sendsOf: (pageId: string) => HeldSend[]) {
    this.#sendsOf = sendsOf;
  }

  /** A page says what it holds beside its transfers. */
  tell(pageId: string, holdings: PageHoldings): void {
    this.#told.set(pageId, holdings);
  }

  /** A page is not in use any more: what it captured has ended, and its files are still there. */
  setAside(pageId: string): void {
    const told = this.#told.get(pageId);
    if (told) this.#told.set(pageId, { ...told, isSharing: false });
  }

  /** A page is closed. */
  forget(pageId: string): void {
    this.#told.delete(pageId);
  }

  /** What a page is told that is not in use. @param usedId the one that is */
  asideOf(pageId: string, usedId: string | null): Aside {
    return { waiting: this.#of(pageId).sends, other: usedId === null ? null : this.#of(usedId) };
  }

  #of(pageId: string): PageHoldings {
    const told = this.#told.get(pageId);
    const sends = new Map<string, number>();
    for (const { peerName, fileCount } of [...this.#sendsOf(pageId), ...(told?.sends ?? [])])
      sends.set(peerName, (sends.get(peerName) ?? 0) + fileCount);
    return {
      sends: [...sends].map(([peerName, fileCount]) => ({ peerName, fileCount })).slice(0, MAX_HELD_SENDS),
      isSharing: told?.isSharing ?? false,
    };
  }
}
