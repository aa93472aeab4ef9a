import { describe, expect, it } from 'vitest';
import { Backoff, type BackoffTimes } from '../../../src/shared/Backoff';

function pauses(times: BackoffTimes, count: number): number[] {
  const backoff = new Backoff(times);
  return Array.from({ length: count }, () => backoff.next());
}

describe('the pauses between tries', () => {
  it('double up to the longest one, which repeats', () => {
    expect(pauses({ firstMs: 500, longestMs: 4_000 }, 6)).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000]);
    expect(pauses({ firstMs: 2_000, longestMs: 30_000, factor: 2.5 }, 5)).toEqual([
      2_000, 5_000, 12_500, 30_000, 30_000,
    ]);
  });

  it('begin again once it worked', () => {
    const backoff = new Backoff({ firstMs: 100, longestMs: 1_000 });
    for (let tries = 0; tries < 5; tries++) backoff.next();
    backoff.reset();
    expect([backoff.next(), backoff.next()]).toEqual([100, 200]);
  });
});
