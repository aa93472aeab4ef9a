import { describe, expect, it } from 'vitest';
import { fuzz } from '../fuzz/fuzzTarget';
import { fuzzTargets } from '../fuzz/targets';

/** A slice of what `tests/fuzz/run.ts` gives each parser, with another seed every time; a failure names it. */
const INPUTS = 2000;
const targets = fuzzTargets();

describe('whatever arrives is read or refused, in time', () => {
  it.each(targets.map((target) => [target.name, target] as const))('%s', async (_, target) => {
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { failure } = await fuzz(target, Math.ceil(INPUTS * (target.weight ?? 1)), seed);
    expect(failure, `seed ${seed}`).toBeNull();
  });
});
