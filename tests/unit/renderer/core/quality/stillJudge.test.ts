import { expect, it } from 'vitest';
import { StillJudge } from '../../../../../src/renderer/core/media/quality/StillJudge';

it('a screen is still once nothing has changed for three seconds, and in use with the first change', () => {
  const judge = new StillJudge();
  const flips: number[] = [];
  for (let atMs = 0; atMs <= 10_000; atMs += 200) {
    // Somebody types in the second second and in the ninth.
    const changed = (atMs > 1_000 && atMs <= 2_000) || atMs === 9_000 ? 0.001 : 0;
    if (judge.look({ atMs, changed })) flips.push(atMs);
  }
  expect(flips).toEqual([5_000, 9_000]);
  expect(judge.isStill).toBe(false);
  judge.look({ atMs: 20_000, changed: 0 });
  expect(judge.isStill).toBe(true);
  judge.reset();
  expect(judge.isStill).toBe(false);
});
