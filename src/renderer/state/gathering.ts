import type { LocalItem, ReadItems } from '../core/types';

/** What is read quicker than this is not told of, in ms: it would flicker. */
const SHOW_AFTER_MS = 400;
/** How often is told how much there is, in ms. */
const TELL_MS = 250;

/**
 * Reads what a person dropped or picked, then does something with it.
 * @param read begins at once, within the event's handler
 * @param use what becomes of it
 */
export type Gather = (
  read: ReadItems,
  use: (items: readonly LocalItem[]) => Promise<void> | void,
) => Promise<void>;

/**
 * Makes the one that gathers; several may be at it at a time.
 * @param show how much all of them have found so far, or `null` once none of them is at it any more
 * @param attempt shows a failure in place of throwing it
 */
export function gatherer(
  show: (foundCount: number | null) => void,
  attempt: (work: () => Promise<unknown>) => Promise<boolean>,
): Gather {
  const shown = new Set<{ count: number }>();
  const tell = () => {
    const counts = [...shown].map(({ count }) => count);
    show(counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0));
  };
  return async (read, use) => {
    const progress = { count: 0 };
    let telling: ReturnType<typeof setInterval> | undefined;
    const showing = setTimeout(() => {
      shown.add(progress);
      tell();
      telling = setInterval(tell, TELL_MS);
    }, SHOW_AFTER_MS);
    await attempt(async () => use(await read((count) => (progress.count = count))));
    clearTimeout(showing);
    clearInterval(telling);
    if (shown.delete(progress)) tell();
  };
}
