import { setImmediate as settled } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { Comeback } from '../../../../src/backend/sessions/dialing/Comeback';
import type { Session } from '../../../../src/backend/sessions/Session';
import type { SessionEvents } from '../../../../src/backend/sessions/sessionParts';
import { Emitter } from '../../../../src/shared/Emitter';
import type { SessionScope } from '../../../../src/shared/protocol/purpose';
import type { EndReason } from '../../../../src/shared/protocol/endReason';
import { ManualClock } from '../../../support/ManualClock';

const BEN = 'b'.repeat(32);
/** Longer than all tries of one sighting take together, in ms. */
const LONG_MS = 600_000;

let clock: ManualClock;
let comeback: Comeback;
/** When it dialed, in ms. */
let dials: number[];
/** What it dialed for. */
let scopes: SessionScope[];
let isWanted: boolean;
let hasSession: boolean;
let isReachable: boolean;
/** Whether the device answers. */
let answers: boolean;

beforeEach(() => {
  [clock, dials, scopes] = [new ManualClock(), [], []];
  [isWanted, hasSession, isReachable, answers] = [true, false, true, false];
  comeback = new Comeback({
    clock,
    isWanted: () => isWanted,
    hasSession: () => hasSession,
    isReachable: () => isReachable,
    dial: (_, scope) => {
      scopes.push(scope);
      dials.push(clock.monotonicMs());
      hasSession = answers;
      return answers ? Promise.resolve() : Promise.reject(new Error('nobody there'));
    },
  });
});

/** A session with Ben, which ends as it is told. */
function sessionWithBen(scope: SessionScope = 'all') {
  const events = new Emitter<SessionEvents>();
  comeback.follow({ peer: { deviceId: BEN }, ask: { scope }, events } as unknown as Session);
  return {
    verify: () => events.emit('verified', undefined),
    end: (reason: EndReason) => events.emit('ended', { reason, by: 'none' }),
  };
}

/** Lets time pass in steps, so that each dial can end before the next. */
async function pass(ms: number): Promise<void> {
  await settled();
  for (let left = ms; left > 0; left -= 500) {
    clock.advance(Math.min(500, left));
    await settled();
  }
}

describe('a device with which something is unfinished', () => {
  it('is dialed when it is seen, and no more once there is a session', async () => {
    await pass(LONG_MS);
    expect(dials).toEqual([]);
    const fromMs = clock.monotonicMs();
    answers = true;
    comeback.seen(BEN);
    await pass(LONG_MS);
    expect(dials).toEqual([fromMs + 500]);
    expect(clock.pending).toBe(0);
  });

  it('comes back for what its last session was for, and for files alone where nobody remembers', async () => {
    const comesBack = async (): Promise<unknown> => {
      comeback.seen(BEN);
      await pass(500);
      return [scopes.at(-1), comeback.wanted(BEN)];
    };
    answers = true;
    expect(await comesBack()).toEqual(['files', 'files']);
    for (const scope of ['all', 'files', 'all'] as const) {
      sessionWithBen(scope).verify();
      hasSession = false;
      expect(await comesBack()).toEqual([scope, scope]);
    }
    isWanted = false;
    expect(comeback.wanted(BEN)).toBeNull();
  });

  it('is dialed at longer and longer intervals, and not for ever', async () => {
    comeback.seen(BEN);
    await pass(LONG_MS);
    const gaps = dials.map((atMs, index) => atMs - (dials[index - 1] ?? 0));
    expect(gaps).toEqual([500, 1_000, 2_000, 4_000, 8_000, ...Array<number>(7).fill(15_000)]);
    expect(clock.pending).toBe(0);
    // Another sighting is another chance.
    comeback.seen(BEN);
    await pass(500);
    expect(dials).toHaveLength(13);
  });

  it('is dialed in one row of tries, however often it is seen', async () => {
    for (let times = 0; times < 25; times++) {
      comeback.seen(BEN);
      clock.advance(20);
    }
    await pass(1_000);
    expect(dials).toEqual([500, 1_500]);
  });

  it('is dialed soon again where it is seen after tries have become rare', async () => {
    comeback.seen(BEN);
    await pass(70_000);
    const seenMs = clock.monotonicMs();
    const before = dials.length;
    comeback.seen(BEN);
    comeback.seen(BEN);
    await pass(LONG_MS);
    // A whole row of its own.
    expect(dials.slice(before)).toHaveLength(12);
    expect(dials[before]).toBe(seenMs + 500);
    expect(clock.pending).toBe(0);
  });

  it('is dialed no faster for being seen without end, as where a relay has it come and go', async () => {
    for (let times = 0; times < 600; times++) {
      comeback.seen(BEN);
      await pass(500);
    }
    // Five minutes: 5 sightings at once and one each 30 s, with a few tries each.
    expect(dials.length).toBeLessThan(80);
    expect(dials.length).toBeGreaterThan(20);
  });

  it('is left alone where it has come by itself meanwhile', async () => {
    comeback.seen(BEN);
    hasSession = true;
    await pass(LONG_MS);
    expect(dials).toEqual([]);
  });

  it('is left alone where nothing is unfinished, or no more', async () => {
    isWanted = false;
    comeback.seen(BEN);
    await pass(LONG_MS);
    isWanted = true;
    comeback.seen(BEN);
    await pass(500);
    isWanted = false;
    await pass(LONG_MS);
    expect(dials).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('is dialed no more after the end of all', async () => {
    comeback.seen(BEN);
    comeback.close();
    await pass(LONG_MS);
    expect(dials).toEqual([]);
  });
});

describe('a session that ends', () => {
  it('is remembered for how it ended only where it could come back: strangers with new keys are without number', () => {
    isWanted = false;
    sessionWithBen().end('declined');
    isWanted = true;
    expect(comeback.isWanted(BEN)).toBe(true);
    sessionWithBen().end('left');
    expect(comeback.isWanted(BEN)).toBe(false);
  });

  it('comes back at once where it was lost and the device is still to be seen', async () => {
    answers = true;
    sessionWithBen().end('lost');
    await pass(500);
    expect(dials).toHaveLength(1);
  });

  it('comes back when the device is seen again where it was lost with it', async () => {
    isReachable = false;
    sessionWithBen().end('lost');
    await pass(LONG_MS);
    expect(dials).toEqual([]);
    expect(comeback.isWanted(BEN)).toBe(true);
    comeback.seen(BEN);
    await pass(500);
    expect(dials).toHaveLength(1);
  });

  it.each<EndReason>(['left', 'declined', 'cancelled', 'code-mismatch', 'tampered', 'protocol-violation'])(
    'stays over where it ended as %s',
    async (reason) => {
      sessionWithBen().end(reason);
      expect(comeback.isWanted(BEN)).toBe(false);
      comeback.seen(BEN);
      await pass(LONG_MS);
      expect(dials).toEqual([]);
    },
  );

  it('may come back again once the two people have met anew', () => {
    sessionWithBen().end('left');
    sessionWithBen().verify();
    expect(comeback.isWanted(BEN)).toBe(true);
  });

  it('says nothing where it gave way to another one', () => {
    sessionWithBen().end('busy');
    expect(comeback.isWanted(BEN)).toBe(true);
  });
});
