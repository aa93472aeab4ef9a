import { useCallback, useEffect, useRef, useState } from 'react';
import type { ManifestEntry } from '../../../../shared/protocol/transfer';
import { useModel } from '../../../state/AppModelContext';

/** Entries in one request: a few screens full, and far below what one answer may carry. */
const PAGE = 200;

type Pages = ReadonlyMap<number, readonly ManifestEntry[]>;

/** Loads the pages of a transfer's list that rows `first` to `last` lie on; returns the look-up by index. */
export function useEntryPages(
  transferId: string,
  first: number,
  last: number,
): (index: number) => ManifestEntry | undefined {
  const model = useModel();
  const [pages, setPages] = useState<Pages>(new Map());
  const asked = useRef(new Set<number>());
  useEffect(() => {
    for (let page = Math.floor(first / PAGE); page <= Math.floor(last / PAGE); page += 1) {
      if (asked.current.has(page)) continue;
      asked.current.add(page);
      void model.attempt(async () => {
        const args = { transferId, from: page * PAGE, count: PAGE };
        const answer = await model.core.backend.request('transfers:entries', args);
        setPages((before) => new Map(before).set(page, answer.entries));
      });
    }
  }, [model, transferId, first, last]);
  return useCallback((index) => pages.get(Math.floor(index / PAGE))?.[index % PAGE], [pages]);
}
