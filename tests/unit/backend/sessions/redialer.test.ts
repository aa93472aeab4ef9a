import { describe, expect, it } from 'vitest';
import { Redialer, type RedialerOptions } from '../../../../src/backend/sessions/dialing/Redialer';
import { ManualClock } from '../../../support/ManualClock';

/** Lets promises that are settled be heard. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** A session without a socket, and what answers where it is dialed. */
function redialing(outlives: (dial: number) => boolean) {
  const clock = new ManualClock();
  const ends: string[] = [];
  let dials = 0;
  let isUp = false;
  const session = {
    peerKey: 'key',
    ended: new AbortController().signal,
    isUp: true,
    isUpBy: () => isUp,
    attach: () => (isUp = outlives(dials)),
    end: (reason: string) => ends.push(reason),
  };
  const redialer = new Redialer({
    session: session as unknown as RedialerOptions['session'],
    clock,
    times: { firstMs: 100, longestMs: 400 },
    hasOtherWay: () => false,
    addresses: () => [{ host: 'h', port: 1 }],
    dial: () => {
      dials++;
      return Promise.resolve({ peer: { identityKey: 'key', lastSeq: 0 } } as never);
    },
  });
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 50) {
      clock.advance(50);
      await settled();
    }
  };
  return { redialer, pass, ends, dials: () => dials };
}

describe('a session whose socket broke', () => {
  it('has another one, and no more are dialed', async () => {
    const { redialer, pass, dials, ends } = redialing(() => true);
    redialer.start();
    await pass(5_000);
    expect([dials(), ends]).toEqual([1, []]);
  });

  it('is dialed again where the new socket dies before anything was read from it', async () => {
    const { redialer, pass, dials, ends } = redialing((dial) => dial === 3);
    redialer.start();
    await pass(5_000);
    expect([dials(), ends]).toEqual([3, []]);
  });
});
