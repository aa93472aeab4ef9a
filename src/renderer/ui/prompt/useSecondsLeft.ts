import { useEffect, useState } from 'react';

/** Whole seconds until a moment, anew each second; `null` where there is none. @param untilMs in ms since the epoch */
export function useSecondsLeft(untilMs: number | null): number | null {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (untilMs === null) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    const look = () => {
      const now = Date.now();
      setNowMs(now);
      // At the next whole second, so that none is shown twice or left out.
      timer = setTimeout(look, (((untilMs - now) % 1000) + 1000) % 1000 || 1000);
    };
    look();
    return () => clearTimeout(timer);
  }, [untilMs]);
  return untilMs === null ? null : Math.max(0, Math.ceil((untilMs - nowMs) / 1000));
}
