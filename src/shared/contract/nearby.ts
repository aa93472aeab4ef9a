import { z } from 'zod';
import { DeviceInfo } from '../device';
import { none } from './common';

/** A device on the network, as its card shows it. */
export const NearbyDevice = z.object({ device: DeviceInfo, address: z.string(), isCompatible: z.boolean() });
export type NearbyDevice = z.infer<typeof NearbyDevice>;

/** Why the list of nearby devices may be empty. */
export const NearbyProblem = z.enum(['off', 'no-network', 'no-multicast', 'port-taken']);
export type NearbyProblem = z.infer<typeof NearbyProblem>;

export const NearbyState = z.object({
  isOn: z.boolean(),
  devices: z.array(NearbyDevice),
  /** `host:port` forms under which this device can be reached, best first. */
  ownAddresses: z.array(z.string()),
  interfaces: z.array(z.object({ name: z.string(), address: z.string() })),
  problems: z.array(NearbyProblem),
});
export type NearbyState = z.infer<typeof NearbyState>;

export const nearbyRequests = {
  /** Looks again, now. */
  'nearby:refresh': { args: none, result: none },
} as const;

export const nearbyEvents = { 'nearby:changed': NearbyState } as const;
