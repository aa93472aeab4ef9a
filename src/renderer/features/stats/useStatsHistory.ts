import { useCallback, useEffect, useRef, useState } from 'react';
import { useModel } from '../../state/AppModelContext';
import { usePolled } from '../../state/usePolled';
import type { SessionStats } from '../../state/views';

/** What is kept for an export: five minutes, one a second. */
const MOST = 300;

/** How a session's screens have done since it is asked, oldest first. */
export function useStatsHistory(sessionId: string): readonly SessionStats[] {
  const { core } = useModel();
  const [history, setHistory] = useState<readonly SessionStats[]>([]);
  const last = useRef<SessionStats | null>(null);
  const stats = usePolled(useCallback(() => core.sessionStats(sessionId), [core, sessionId]));
  useEffect(() => {
    if (stats === null || stats === last.current) return;
    last.current = stats;
    setHistory((before) => [...before.slice(1 - MOST), stats]);
  }, [stats]);
  return history;
}
