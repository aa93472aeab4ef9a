import { z } from 'zod';
import { DeviceId } from '../device';
import { Failure } from '../errors';

/** What is known of trusted devices that are not on this network, perhaps. */
export const Away = z.object({
  /** Those that can be reached through a relay now, by id. */
  reachable: z.array(DeviceId),
  /**
   * What keeps this device's relay from leading to it or to others, where trusted devices may come by it; tries go on. `null` while
   * that is as it should be, or nobody waits there.
   */
  trouble: Failure.nullable(),
});
export type Away = z.infer<typeof Away>;

export const awayEvents = { 'away:changed': Away } as const;
