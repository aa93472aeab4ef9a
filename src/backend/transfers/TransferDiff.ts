import type { TransferChange, TransferView } from '../../shared/contract/transfers';

/** Remembers what the page knows of the transfers, so that it hears only of what is new: hundreds stand still while one moves. */
export class TransferDiff {
  /** As JSON by id; a view that is the same object is not looked into. */
  readonly #told = new Map<string, { view: TransferView; json: string }>();

  /** What has to be told for the page to know these, and no others; `null` where it knows them. Counts as told from now on. */
  update(views: readonly TransferView[]): TransferChange | null {
    const changed = views.filter((view) => {
      const before = this.#told.get(view.transferId);
      if (before?.view === view) return false;
      const json = JSON.stringify(view);
      this.#told.set(view.transferId, { view, json });
      return json !== before?.json;
    });
    const ids = new Set(views.map(({ transferId }) => transferId));
    const gone = [...this.#told.keys()].filter((transferId) => !ids.has(transferId));
    for (const transferId of gone) this.#told.delete(transferId);
    return changed.length === 0 && gone.length === 0 ? null : { changed, gone };
  }
}
