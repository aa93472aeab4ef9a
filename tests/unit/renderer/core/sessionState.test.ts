import { describe, expect, it } from 'vitest';
import { type LinkStatus, stateOf } from '../../../../src/renderer/core/session/sessionState';

const links: readonly LinkStatus[] = ['building', 'up', 'lost', 'none'];

describe('where a session stands for its person', () => {
  it('is dialing until the backend knows of it', () => {
    for (const link of links) expect(stateOf(null, link)).toEqual({ phase: 'dialing' });
  });

  it('skips neither the answer nor the comparing, whatever the peer link does', () => {
    for (const phase of ['asking', 'asked', 'verifying'] as const)
      for (const link of links) expect(stateOf({ phase, proof: 'code' }, link)).toEqual({ phase });
  });

  it('has no code to compare where an invite has proven the peer', () => {
    for (const proof of ['invite', 'spoken-code'] as const)
      expect(stateOf({ phase: 'verifying', proof }, 'building')).toEqual({ phase: 'connecting' });
  });

  it('is reconnecting while no carrier is up, whatever the peer link does', () => {
    for (const link of links)
      expect(stateOf({ phase: 'reconnecting', proof: 'code' }, link)).toEqual({ phase: 'reconnecting' });
  });

  it.each([
    ['building', 'connecting'],
    ['up', 'connected'],
    ['lost', 'reconnecting'],
    ['none', 'connected'],
  ] as const)('follows the peer link from then on: %s is %s', (link, phase) => {
    expect(stateOf({ phase: 'connected', proof: 'code' }, link)).toEqual({ phase });
  });
});
