import { expect, it } from 'vitest';
import { FilesIdle } from '../../../../src/backend/sessions/FilesIdle';
import type { Session } from '../../../../src/backend/sessions/Session';
import type { SessionEvents } from '../../../../src/backend/sessions/sessionParts';
import { Emitter } from '../../../../src/shared/Emitter';
import type { SessionScope } from '../../../../src/shared/protocol/purpose';
import { ManualClock } from '../../../support/ManualClock';

const LOOK_MS = 1_000;

/** A session that has begun, and how it was ended. */
function begun(scope: SessionScope, isBusy: () => boolean) {
  const clock = new ManualClock();
  const events = new Emitter<SessionEvents>();
  const ends: string[] = [];
  const end = (reason: string): void => {
    ends.push(reason);
    events.emit('ended', { reason: 'closed', by: 'me' });
  };
  const session = { peer: { deviceId: 'b'.repeat(32) }, ask: { scope }, events, end };
  new FilesIdle(clock, LOOK_MS, isBusy).follow(session as unknown as Session);
  events.emit('verified', undefined);
  return { clock, ends, events };
}

it('ends a session for files when it was idle at two looks in a row', () => {
  let isBusy = true;
  const { clock, ends } = begun('files', () => isBusy);
  clock.advance(10 * LOOK_MS);
  isBusy = false;
  clock.advance(LOOK_MS);
  isBusy = true;
  clock.advance(LOOK_MS);
  isBusy = false;
  clock.advance(LOOK_MS);
  expect(ends).toEqual([]);
  clock.advance(LOOK_MS);
  expect(ends).toEqual(['closed']);
  expect(clock.pending).toBe(0);
});

it('lets a session for everything go on, and looks no more at one that is over', () => {
  const whole = begun('all', () => false);
  whole.clock.advance(10 * LOOK_MS);
  expect(whole.ends).toEqual([]);
  const left = begun('files', () => true);
  left.events.emit('ended', { reason: 'left', by: 'peer' });
  expect(left.clock.pending).toBe(0);
});
