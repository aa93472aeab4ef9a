import { useEffect, useState } from 'react';

/** Whole seconds until a moment, anew each second; `null` where there is none. @param untilMs in ms since the epoch */
export function useSecondsLeft(untilMs: number | null): number | null {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (untilMs === null) return undefined;
    const look = () => setNowMs(Date.now());
    look();
    const timer = setInterval(look, 1000);
    return () => clearInterval(timer);
  }, [untilMs]);
  return untilMs === null ? null : Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}
