import { useMemo } from 'react';
import { useModel } from '../../state/AppModelContext';
import { usePolled } from '../../state/usePolled';
import type { LinkExam } from '../../state/views';

/** How the way of a session does, looked at anew every second while this is on screen; `null` without a session. */
export function useLinkExam(sessionId: string | null): LinkExam | null {
  const { core } = useModel();
  const ask = useMemo(() => (sessionId === null ? null : () => core.linkExam(sessionId)), [core, sessionId]);
  return usePolled(ask);
}
