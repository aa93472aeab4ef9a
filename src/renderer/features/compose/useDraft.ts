import { useCallback, useState } from 'react';

/** What was typed and not sent, by session: it outlives a look at another view, but not the page. */
const drafts = new Map<string, string>();

/** The draft of a session, and how to change it. */
export function useDraft(sessionId: string): [string, (draft: string) => void] {
  const [draft, setDraft] = useState(() => drafts.get(sessionId) ?? '');
  const change = useCallback(
    (next: string) => {
      if (next === '') drafts.delete(sessionId);
      else drafts.set(sessionId, next);
      setDraft(next);
    },
    [sessionId],
  );
  return [draft, change];
}
