import { describe, expect, it } from 'vitest';
import { CodecLadder } from '../../../../../src/renderer/core/media/quality/CodecLadder';

/** A ladder, looked at every two seconds. */
function laddering() {
  const ladder = new CodecLadder();
  let atMs = 0;
  /** @returns when it stepped, in seconds since the first look of all */
  const look = (seconds: number, isSlow: (skipped: number) => boolean): number[] => {
    const steps: number[] = [];
    for (let left = seconds; left > 0; left -= 2) {
      if (ladder.look({ atMs, isSlow: isSlow(ladder.skipped) })) steps.push(atMs / 1000);
      atMs += 2_000;
    }
    return steps;
  };
  return { ladder, look };
}

describe('CodecLadder', () => {
  it('lets a slow moment pass', () => {
    const { ladder, look } = laddering();
    for (let n = 0; n < 10; n++) {
      look(4, () => true);
      look(2, () => false);
    }
    expect(ladder.skipped).toBe(0);
  });

  it('steps down after some seconds, gives each step time, and keeps the last codec', () => {
    const { ladder, look } = laddering();
    expect(look(120, () => true)).toEqual([6, 20]);
    expect(ladder.skipped).toBe(2);
  });

  it('tries the better one again, ever more rarely where that fails', () => {
    const { ladder, look } = laddering();
    const tooDear = (skipped: number) => skipped === 0;
    const steps = look(900, tooDear);
    const tries = steps.filter((_, index) => index % 2 === 1);
    const downs = steps.filter((_, index) => index % 2 === 0);
    expect(tries.map((second, index) => second - (downs[index] ?? 0))).toEqual(
      [120, 240, 480].slice(0, tries.length),
    );
    expect(tries.length).toBeGreaterThan(1);
    expect(ladder.skipped).toBe(1);
  });

  it('begins anew with another share', () => {
    const { ladder, look } = laddering();
    look(60, () => true);
    ladder.reset();
    expect(ladder.skipped).toBe(0);
  });
});
