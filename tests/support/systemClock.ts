import type { Clock } from '../../src/backend/ports';

/** The machine's clock. Its functions are looked up when they are called, so that a test's fake timers hold for it, too. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after: (delayMs, action) => {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
