import { useCallback, useState } from 'react';

/** What somebody is about to send in a session. */
export interface Draft {
  /** What stands in the line. */
  text: string;
  /** What was pasted or dropped and is too long for a message; empty where nothing was. It is never put into the line, which would take seconds to lay it out. */
  long: string;
}

/** What was not sent, by session: it outlives a look at another view, but not the page. */
const drafts = new Map<string, Draft>();

/** The draft of a session, and how to change a part of it. */
export function useDraft(sessionId: string): [Draft, (change: (draft: Draft) => Partial<Draft>) => void] {
  const [draft, setDraft] = useState(() => drafts.get(sessionId) ?? { text: '', long: '' });
  const change = useCallback(
    (changed: (draft: Draft) => Partial<Draft>) => {
      const before = drafts.get(sessionId) ?? { text: '', long: '' };
      const next = { ...before, ...changed(before) };
      if (next.text === '' && next.long === '') drafts.delete(sessionId);
      else drafts.set(sessionId, next);
      setDraft(next);
    },
    [sessionId],
  );
  return [draft, change];
}
