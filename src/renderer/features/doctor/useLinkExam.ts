import { useEffect, useState } from 'react';
import { useModel } from '../../state/AppModelContext';
import type { LinkExam } from '../../state/views';

/** How often a path is looked at, in ms. */
const EVERY_MS = 1_000;

/** How the way of a session does, looked at anew every second while this is on screen; `null` without a session. */
export function useLinkExam(sessionId: string | null): LinkExam | null {
  const { core } = useModel();
  const [known, setKnown] = useState<{ sessionId: string; exam: LinkExam | null } | null>(null);
  useEffect(() => {
    if (sessionId === null) return undefined;
    let isOpen = true;
    const ask = async () => {
      const exam = await core.linkExam(sessionId);
      if (isOpen) setKnown({ sessionId, exam });
    };
    void ask();
    const timer = setInterval(() => void ask(), EVERY_MS);
    return () => {
      isOpen = false;
      clearInterval(timer);
    };
  }, [core, sessionId]);
  return known !== null && known.sessionId === sessionId ? known.exam : null;
}
