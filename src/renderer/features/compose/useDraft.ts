import { useCallback } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { LocalItem } from '../../state/views';

/** What somebody is about to send in a session. */
export interface Draft {
  /** What stands in the line. */
  text: string;
  /** What was pasted or dropped and is too long for a message; empty where nothing was. It is never put into the line, which would take seconds to lay it out. */
  long: string;
  /** Files that were pasted. */
  items: readonly LocalItem[];
}

const EMPTY: Draft = { text: '', long: '', items: [] };

/** What was not sent, by session: it outlives a look at another view, but not the page. */
const drafts = createStore<ReadonlyMap<string, Draft>>(() => new Map());

/** The draft of a session, and how to change a part of it. */
export function useDraft(sessionId: string): [Draft, (change: (draft: Draft) => Partial<Draft>) => void] {
  const draft = useStore(drafts, (all) => all.get(sessionId) ?? EMPTY);
  const change = useCallback(
    (changed: (draft: Draft) => Partial<Draft>) => {
      drafts.setState((all) => {
        const before = all.get(sessionId) ?? EMPTY;
        const next = { ...before, ...changed(before) };
        const isEmpty = next.text === '' && next.long === '' && next.items.length === 0;
        const others = [...all].filter(([id]) => id !== sessionId);
        return new Map(isEmpty ? others : [...others, [sessionId, next]]);
      }, true);
    },
    [sessionId],
  );
  return [draft, change];
}
