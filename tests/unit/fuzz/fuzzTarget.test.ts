import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HitherError } from '../../../src/shared/errors';
import { fuzz, type FuzzOutcome } from '../../fuzz/fuzzTarget';
import { mutatedBytes, mutatedJson, mutatedValue } from '../../fuzz/mutate';

const run = (parse: (input: number) => unknown): Promise<FuzzOutcome> =>
  fuzz({ name: 'x', inputs: fc.nat(1000), parse: parse as (input: unknown) => unknown }, 2000, 1);

describe('the fuzzer', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('lets values and typed refusals pass', async () => {
    const outcome = await run((input) => {
      if (input % 2 === 0) throw new HitherError('protocol-violation');
      return null;
    });
    expect(outcome).toMatchObject({ inputs: 2000, failure: null });
  });

  it('finds what throws anything else, and names the smallest input and the seed', async () => {
    const { failure } = await run((input) => {
      if (input > 500) throw new TypeError('oops');
    });
    expect(failure).toContain('Counterexample: [501]');
    expect(failure).toContain('seed: 1');
    expect(failure).toContain('oops');
  });

  it('takes an internal error for none of the refusals, and a rejection for a throw', async () => {
    const internal = await run(() => {
      throw new HitherError('internal');
    });
    expect(internal.failure).not.toBeNull();
    expect((await run(() => Promise.reject(new Error('late')))).failure).toContain('late');
  });

  it('finds an input that takes too long, every time it is tried', async () => {
    const { failure } = await run((input) => {
      if (input !== 7) return;
      const end = performance.now() + 260;
      while (performance.now() < end);
    });
    expect(failure).toMatch(/Counterexample: \[7\][^]*took \d+ ms/);
  });

  it('finds memory that is not given back', async () => {
    setFlagsFromString('--expose-gc');
    vi.stubGlobal('gc', runInNewContext('gc'));
    const kept: unknown[] = [];
    expect((await run((input) => kept.push(new Uint8Array(10_000).fill(input)))).failure).toMatch(
      /kept \d+ bytes/,
    );
    expect((await run((input) => new Uint8Array(10_000).fill(input))).failure).toBeNull();
  });
});

describe('what it makes of recorded traffic', () => {
  const recorded = { type: 'hello', list: [1, { deep: 'x' }] };
  const share = <T>(inputs: fc.Arbitrary<T>, is: (input: T) => boolean): number =>
    fc.sample(inputs, { numRuns: 2000, seed: 1 }).filter(is).length / 2000;

  it('is near enough to be understood, and changed often enough to matter', () => {
    const same = JSON.stringify(recorded);
    expect(share(mutatedJson([recorded]), (text) => text === same)).toBeGreaterThan(0.05);
    expect(
      share(mutatedJson([recorded]), (text) => text !== same && text.includes('"hello"')),
    ).toBeGreaterThan(0.3);
    expect(share(mutatedBytes([Uint8Array.of(1, 2, 3, 4)]), ([first]) => first === 1)).toBeGreaterThan(0.2);
  });

  it('leaves the recording as it was', () => {
    fc.sample(mutatedValue([recorded]), 1000);
    expect(recorded).toEqual({ type: 'hello', list: [1, { deep: 'x' }] });
  });
});
