import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand';
import {
  isImpostor,
  peerTrust,
  type TrustMarkState,
  useDeviceTrust,
} from '../../../../src/renderer/state/deviceTrust';
import { AppModelContext } from '../../../../src/renderer/state/AppModelContext';
import type { AppModel } from '../../../../src/renderer/state/store';
import { deviceId, session, trustedDevice, verifying } from '../../../support/harness/samples';

const trusted = [trustedDevice(2, 'Kim')];
const model = { store: createStore(() => ({ core: { trusted } })) } as unknown as AppModel;

/** What the mark beside a nearby device says. */
function markOf(device: { deviceId: string; name: string }): TrustMarkState | undefined {
  const seen: TrustMarkState[] = [];
  function Mark(): null {
    seen.push(useDeviceTrust(device));
    return null;
  }
  renderToStaticMarkup(createElement(AppModelContext, { value: model }, createElement(Mark)));
  return seen[0];
}

describe('useDeviceTrust', () => {
  it('goes by the id, whatever the device calls itself', () => {
    expect(markOf({ deviceId: deviceId(2), name: 'Lee' })).toEqual({ state: 'trusted' });
    expect(markOf({ deviceId: deviceId(3), name: 'Lee' })).toEqual({ state: 'unknown' });
  });

  it.each(['Kim', 'kim', 'KIM', 'Ｋｉｍ', 'Ki\u200bm', ' Kim '])('notices %j under another id', (name) => {
    expect(markOf({ deviceId: deviceId(3), name })).toEqual({
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
