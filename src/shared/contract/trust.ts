import { z } from 'zod';
import { DeviceId, DeviceName, Platform } from '../device';
import { IdentityKey } from '../identity/identity';
import { none } from './common';

/** Whether a trusted device may do something without a question: `ask` each time, or a standing `allow`. */
const Permission = z.enum(['ask', 'allow']);

/** What a person lets a trusted device do without being asked, each by itself. */
export const TrustPermissions = z.object({
  /** Start a session. */
  connect: Permission,
  /** Put files into the downloads folder. */
  sendFiles: Permission,
  /** See this screen when it asks for it. */
  viewScreen: Permission,
});
export type TrustPermissions = z.infer<typeof TrustPermissions>;

/** A device whose key a person has pinned. */
export const TrustedDevice = z.object({
  deviceId: DeviceId,
  identityKey: IdentityKey,
  /** What this person calls it; at first the name that it gave itself. */
  name: DeviceName,
  platform: Platform,
  permissions: TrustPermissions,
  addedMs: z.number(),
  lastSeenMs: z.number(),
});
export type TrustedDevice = z.infer<typeof TrustedDevice>;

/**
 * What this device's list of trusted devices says of a peer, by its key.
 * - `trusted`: the key is pinned
 * - `name-taken`: another key is pinned under this name, so somebody may be posing as that device
 * - `address-taken`: the address that was dialed belongs to a trusted device with another key
 * - `unknown`: none of these
 */
export const PeerTrust = z.discriminatedUnion('state', [
  z.object({ state: z.literal('unknown') }),
  z.object({ state: z.literal('trusted'), permissions: TrustPermissions }),
  z.object({ state: z.literal('name-taken'), trustedName: DeviceName }),
  z.object({ state: z.literal('address-taken'), trustedName: DeviceName }),
]);
export type PeerTrust = z.infer<typeof PeerTrust>;

export const trustRequests = {
  'trust:update': {
    args: z.object({
      deviceId: DeviceId,
      name: DeviceName.optional(),
      permissions: TrustPermissions.optional(),
    }),
    result: none,
  },
  /** Forgets a trusted device and ends the session with it. */
  'trust:revoke': { args: z.object({ deviceId: DeviceId }), result: none },
} as const;

export const trustEvents = { 'trust:changed': z.object({ trusted: z.array(TrustedDevice) }) } as const;
