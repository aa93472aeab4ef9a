import { PageHub, type PageHubOptions } from '../../src/backend/pages/PageHub';
import { ManualClock } from './ManualClock';

/** A hub of a backend whose pages hold nothing, and whose time stands still unless told otherwise. */
export function newHub(options: Partial<PageHubOptions> = {}): PageHub {
  return new PageHub({
    clock: new ManualClock(),
    onBug: () => undefined,
    asideOf: (_pageId, usedId) => ({
      waiting: [],
      other: usedId === null ? null : { sends: [], isSharing: false },
    }),
    ...options,
  });
}
