import { z } from 'zod';
import { DeviceId } from '../device';

/** Trusted devices that are not on this network, perhaps, and can be reached through a relay now. */
export const AwayDevices = z.array(DeviceId);

export const awayEvents = { 'away:changed': z.object({ reachable: AwayDevices }) } as const;
