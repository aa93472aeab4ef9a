import { describe, expect, it } from 'vitest';
import { deviceTrust, isImpostor, peerTrust } from '../../../../src/renderer/state/deviceTrust';
import { deviceId, session, trustedDevice, verifying } from '../../../support/harness/samples';

const trusted = [trustedDevice(2, 'Kim')];

describe('deviceTrust', () => {
  it('goes by the id, whatever the device calls itself', () => {
    expect(deviceTrust(trusted, { deviceId: deviceId(2), name: 'Lee' })).toEqual({ state: 'trusted' });
    expect(deviceTrust(trusted, { deviceId: deviceId(3), name: 'Lee' })).toEqual({ state: 'unknown' });
  });

  it.each(['Kim', 'kim', 'KIM', 'Ｋｉｍ', 'Ki\u200bm', ' Kim '])('notices %j under another id', (name) => {
    expect(deviceTrust(trusted, { deviceId: deviceId(3), name })).toEqual({
      state: 'not-trusted',
      trustedName: 'Kim',
    });
  });
});

describe('peerTrust', () => {
  it('marks nothing before the handshake, and an address of a trusted device as not being it', () => {
    expect(peerTrust(undefined)).toEqual({ state: 'unknown' });
    expect(peerTrust({ state: 'address-taken', trustedName: 'Kim' })).toEqual({
      state: 'not-trusted',
      trustedName: 'Kim',
    });
    expect(isImpostor(session(1, 'Kim'))).toBe(false);
    expect(isImpostor(verifying(1, 'Kim', { trust: { state: 'name-taken', trustedName: 'Kim' } }))).toBe(
      true,
    );
  });
});
