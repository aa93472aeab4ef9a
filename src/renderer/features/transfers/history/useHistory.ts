import { useCallback, useEffect, useRef, useState } from 'react';
import type { TransferView } from '../../../../shared/contract/transfers';
import { useApp, useModel } from '../../../state/AppModelContext';
import { isOver } from '../../../state/selectors';

/** Entries in one request. */
const PAGE = 50;
/** A person who types is asked about nothing before they pause for this long, in ms. */
const TYPING_MS = 200;

export interface HistoryPages {
  /** How many match; `null` before the first answer. */
  total: number | null;
  entryAt: (index: number) => TransferView | undefined;
  /** Asks for what lies around a row, unless it is there. */
  need: (index: number) => void;
  /** Asks again for everything: something was removed. */
  refresh: () => void;
}

interface Answer {
  total: number | null;
  pages: ReadonlyMap<number, readonly TransferView[]>;
}

/** The finished transfers that match a query, page by page; asks again when another one is over. */
export function useHistory(query: string): HistoryPages {
  const model = useModel();
  const finishedCount = useApp((state) => state.core.transfers.filter(isOver).length);
  const [answer, setAnswer] = useState<Answer>({ total: null, pages: new Map() });
  const [round, setRound] = useState(0);
  const asked = useRef(new Set<number>());
  /** Answers to an earlier query are of no use any more. */
  const turn = useRef(0);

  const load = useCallback(
    (page: number) => {
      if (asked.current.has(page)) return;
      asked.current.add(page);
      const mine = turn.current;
      void model.attempt(async () => {
        const args = { query, from: page * PAGE, count: PAGE };
        const { total, transfers } = await model.core.backend.request('transfers:history', args);
        if (mine !== turn.current) return;
        setAnswer(({ pages }) => ({ total, pages: new Map(pages).set(page, transfers) }));
      });
    },
    [model, query],
  );

  useEffect(() => {
    const timer = setTimeout(
      () => {
        turn.current += 1;
        asked.current = new Set();
        setAnswer(({ total }) => ({ total, pages: new Map() }));
        load(0);
      },
      query === '' ? 0 : TYPING_MS,
    );
    return () => clearTimeout(timer);
  }, [query, round, finishedCount, load]);

  return {
    total: answer.total,
    entryAt: (index) => answer.pages.get(Math.floor(index / PAGE))?.[index % PAGE],
    need: (index) => load(Math.floor(index / PAGE)),
    refresh: () => setRound((before) => before + 1),
  };
}
