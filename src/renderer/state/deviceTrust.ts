import { useMemo } from 'react';
import type { PeerTrust, TrustedDevice } from '../../shared/contract/trust';
import { withoutIgnorable } from '../../shared/hiddenText';
import type { SessionView } from '../core/types';
import { useApp } from './AppModelContext';

/** What a mark beside a name says: that the device is trusted, or that it only has the name of one that is. */
export type TrustMarkState =
  { state: 'trusted' } | { state: 'unknown' } | { state: 'not-trusted'; trustedName: string };

/**
 * What the list of trusted devices says of a device on the network, which so far has only claimed its id: connecting
 * makes it prove it.
 */
function deviceTrust(
  trusted: readonly TrustedDevice[],
  device: { deviceId: string; name: string },
): TrustMarkState {
  if (trusted.some(({ deviceId }) => deviceId === device.deviceId)) return { state: 'trusted' };
  const alike = trusted.find(({ name }) => sameTo(name) === sameTo(device.name));
  return alike ? { state: 'not-trusted', trustedName: alike.name } : { state: 'unknown' };
}

/** What people would read as the same name is the same name. */
function sameTo(name: string): string {
  return withoutIgnorable(name.normalize('NFKC')).toLowerCase().trim();
}

/** The same of a session's peer, as its handshake proved it. */
export function peerTrust(trust: PeerTrust | undefined): TrustMarkState {
  if (trust === undefined || trust.state === 'unknown') return { state: 'unknown' };
  return trust.state === 'trusted'
    ? { state: 'trusted' }
    : { state: 'not-trusted', trustedName: trust.trustedName };
}

/** The mark of a nearby device. */
export function useDeviceTrust(device: { deviceId: string; name: string }): TrustMarkState {
  const trusted = useApp((state) => state.core.trusted);
  return useMemo(() => deviceTrust(trusted, device), [trusted, device]);
}

/** Whether something must be said in place of the code: the peer has the name or the address of a trusted device. */
export function isImpostor({ security }: SessionView): boolean {
  const state = security?.trust.state;
  return state === 'name-taken' || state === 'address-taken';
}
