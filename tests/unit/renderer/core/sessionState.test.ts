import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  nextSessionState,
  type SessionEvent,
  type SessionState,
} from '../../../../src/renderer/core/session/sessionState';

const run = (state: SessionState, ...events: SessionEvent[]): SessionState =>
  events.reduce(nextSessionState, state);

describe('a session', () => {
  it('goes from dialing to connected when the other side accepts and both have verified', () => {
    const accepted = run({ phase: 'dialing' }, { type: 'welcomed' }, { type: 'accepted' });
    expect(accepted).toEqual({ phase: 'verifying' });
    expect(run(accepted, { type: 'verified' }, { type: 'linked' })).toEqual({ phase: 'connected' });
  });

  it('skips neither the answer nor the comparing', () => {
    for (const phase of ['dialing', 'asking', 'asked'] as const)
      expect(run({ phase }, { type: 'verified' }, { type: 'linked' })).toEqual({ phase });
    expect(run({ phase: 'verifying' }, { type: 'accepted' }, { type: 'linked' })).toEqual({
      phase: 'verifying',
    });
  });

  it('reconnects after a loss and keeps the time of the first one', () => {
    const lost = run({ phase: 'connected' }, { type: 'linkLost', nowMs: 5 }, { type: 'linkLost', nowMs: 9 });
    expect(lost).toEqual({ phase: 'reconnecting', sinceMs: 5 });
    expect(run(lost, { type: 'linked' })).toEqual({ phase: 'connected' });
  });

  it('is not linked before it is accepted', () => {
    expect(run({ phase: 'asking' }, { type: 'linked' })).toEqual({ phase: 'asking' });
    expect(run({ phase: 'asked' }, { type: 'linked' })).toEqual({ phase: 'asked' });
  });

  it('stays ended, for the first reason, whatever comes', () => {
    const event = fc.oneof(
      fc.constant<SessionEvent>({ type: 'welcomed' }),
      fc.constant<SessionEvent>({ type: 'accepted' }),
      fc.constant<SessionEvent>({ type: 'verified' }),
      fc.constant<SessionEvent>({ type: 'linked' }),
      fc.constant<SessionEvent>({ type: 'linkLost', nowMs: 1 }),
      fc.constant<SessionEvent>({ type: 'ended', reason: 'lost', by: 'none' }),
    );
    fc.assert(
      fc.property(fc.array(event), fc.array(event), (before, after) => {
        const ended = run({ phase: 'dialing' }, ...before, { type: 'ended', reason: 'left', by: 'peer' });
        expect(ended.phase).toBe('ended');
        expect(run(ended, ...after)).toBe(ended);
      }),
    );
  });
});
