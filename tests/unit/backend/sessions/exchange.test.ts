import { describe, expect, it } from 'vitest';
import { Exchange } from '../../../../src/backend/sessions/carriers/Exchange';
import { DEFAULT_LIMITS } from '../../../../src/backend/sessions/timings';
import { ManualClock } from '../../../support/ManualClock';
import { SimulatedEnd, SimulatedWire } from '../../../support/sessions/SimulatedExchanges';
import { SimulatedClock } from '../../../support/transfer/SimulatedClock';

/** How many different fates are tried; `npm run test:long` tries more. */
const SEEDS = Number(process.env['HITHER_SEEDS'] ?? 2_000);

function pair() {
  const clock = new ManualClock();
  const ends = [new SimulatedEnd(clock), new SimulatedEnd(clock)] as const;
  return { clock, ends };
}

const at = (ms: number) => () => ms;
const count = (n: number): number[] => [...Array(n).keys()];

describe('an exchange of messages over carriers', () => {
  it('loses and doubles nothing, whatever becomes of every carrier', () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const dice = new SimulatedClock(seed);
      const below = (limit: number): number => dice.between(0, limit - 1);
      const { clock, ends } = pair();
      const wires: (SimulatedWire | null)[] = [null, null];
      const said = [0, 0];
      for (let step = 0; step < 60; step++) {
        const rank = below(2);
        const wire = wires[rank];
        const fate = dice.random();
        if (wire === null && fate < 0.5) wires[rank] = new SimulatedWire(clock, ends, rank, () => below(200));
        else if (wire && fate < 0.2) {
          wire.die(() => below(4_000));
          wires[rank] = null;
        } else if (wire && fate < 0.35) wire.isBlocked = true;
        const side = below(2) as 0 | 1;
        for (let n = below(12); n > 0; n--) ends[side].say(said[side]!++);
        clock.advance(below(1_500));
      }
      // In the end there is one that works, and it gets everything through.
      for (const wire of wires) wire?.die(at(0));
      new SimulatedWire(clock, ends, 1, at(20));
      clock.advance(60_000);
      expect(ends[0].heard, `seed ${String(seed)}`).toEqual(count(said[1]!));
      expect(ends[1].heard, `seed ${String(seed)}`).toEqual(count(said[0]!));
      expect(ends.some(({ hasBrokenRules }) => hasBrokenRules)).toBe(false);
    }
  }, 120_000);

  it('uses the best carrier that is up, and passes over one that swallows everything within seconds', () => {
    const { clock, ends } = pair();
    const best = new SimulatedWire(clock, ends, 0, at(10));
    new SimulatedWire(clock, ends, 1, at(300));
    clock.advance(1_000);
    ends[0].say('quick');
    clock.advance(50);
    expect(ends[1].heard).toEqual(['quick']);
    best.isBlocked = true;
    ends[0].say('another way');
    clock.advance(1_000);
    expect(ends[1].heard).toEqual(['quick']);
    clock.advance(2_500);
    expect(ends[1].heard).toEqual(['quick', 'another way']);
    // From then on nothing waits for the one that is in doubt, …
    ends[0].say('at once');
    clock.advance(400);
    expect(ends[1].heard).toEqual(['quick', 'another way', 'at once']);
  });

  it('keeps what is said while no carrier is up', () => {
    const { clock, ends } = pair();
    for (const n of count(1_000)) ends[0].say(n);
    new SimulatedWire(clock, ends, 0, at(5));
    clock.advance(5_000);
    expect(ends[1].heard).toEqual(count(1_000));
  });

  it('has only so much on its way, and says no where too much waits', () => {
    const { ends } = pair();
    const large = 'x'.repeat(1_000_000);
    for (let n = 0; n < 95; n++) ends[0].say(large);
    expect(() => {
      for (let n = 0; n < 10; n++) ends[0].say(large);
    }).toThrow('too much waits');
  });

  it.each([
    ['an acknowledgement of what was never sent', { type: 'ack', seq: 1 }],
    ['a second word of what was seen', { type: 'resume', seq: 0 }],
    ['a message from beyond the window', { type: 'message', seq: 600, feature: 'test', body: 1 }],
  ] as const)('is broken by %s', (_, frame) => {
    const { clock, ends } = pair();
    const carrier = { rank: 0, sendText: () => undefined };
    ends[0].exchange.attach(carrier, null);
    expect(ends[0].exchange.handle(carrier, { type: 'resume', seq: 0 }, 20)).toBe(true);
    expect(ends[0].exchange.handle(carrier, frame, 50)).toBe(false);
    clock.advance(1_000);
  });

  it.each([
    ['64 Ki characters of a peer that nobody has verified', false, 64 * 1024],
    ['8 Mi characters of one that is verified', true, 8 * 1024 * 1024],
  ])('holds no more than %s before their turn', (_, isVerified, most) => {
    const exchange = new Exchange({
      clock: new ManualClock(),
      limits: DEFAULT_LIMITS,
      onFrame: () => undefined,
    });
    if (isVerified) exchange.trust();
    const carrier = { rank: 0, sendText: () => undefined };
    exchange.attach(carrier, 0);
    const early = (seq: number): boolean =>
      exchange.handle(carrier, { type: 'message', seq, feature: 'test', body: 1 }, most / 4);
    expect([2, 3, 4, 5].map(early)).toEqual([true, true, true, true]);
    expect(early(6)).toBe(false);
  });

  it('does not go on over a carrier whose peer claims to have seen what was never sent', () => {
    const { ends } = pair();
    expect(ends[0].exchange.attach({ rank: 0, sendText: () => undefined }, 1)).toBe(false);
  });

  it('leaves no timer behind', () => {
    const { clock, ends } = pair();
    new SimulatedWire(clock, ends, 0, at(5));
    clock.advance(100);
    for (const n of count(100)) ends[0].say(n);
    for (const { exchange } of ends) exchange.close();
    clock.advance(10);
    expect(clock.pending).toBe(0);
  });
});
