import { describe, expect, it } from 'vitest';
import { PageGrace, type PageMessage } from '../../../../src/backend/sessions/PageGrace';
import { ManualClock } from '../../../support/ManualClock';

const [HOSTILE, INNOCENT] = ['1'.repeat(32), '2'.repeat(32)];

function away() {
  const clock = new ManualClock();
  const told: unknown[] = [];
  const overflowed: string[] = [];
  const page = { hasActivePage: false, emit: (_: string, message: unknown) => void told.push(message) };
  const grace = new PageGrace({
    page,
    clock,
    timings: { pageGraceMs: 15_000, callerWaitMs: 3_000 },
    onExpired: () => undefined,
    onOverflow: (sessionId) => overflowed.push(sessionId),
  });
  grace.begin();
  const back = (): void => {
    page.hasActivePage = true;
    grace.end();
    clock.advance(1);
  };
  return { grace, told, overflowed, back };
}

const message = (sessionId: string, body: unknown): PageMessage => ({ sessionId, feature: 'tracks', body });

describe('what comes for a page that reloads', () => {
  it('is told to it, in order', () => {
    const { grace, told, overflowed, back } = away();
    for (let n = 0; n < 300; n++) grace.deliver(message(INNOCENT, n));
    back();
    expect(told).toEqual(Array.from({ length: 300 }, (_, n) => message(INNOCENT, n)));
    expect(overflowed).toEqual([]);
  });

  it('is too much for the session that brings it alone, by number or by length', () => {
    for (const [count, body] of [
      [513, 'x'],
      [10, 'x'.repeat(120 * 1024)],
    ] as const) {
      const { grace, told, overflowed, back } = away();
      for (let n = 0; n < count; n++) grace.deliver(message(HOSTILE, body));
      grace.deliver(message(INNOCENT, 7));
      expect(new Set(overflowed)).toEqual(new Set([HOSTILE]));
      back();
      expect(told).toContainEqual(message(INNOCENT, 7));
    }
  });
});
