import { z } from 'zod';
import { DeviceId, type DeviceInfo } from '../../../shared/device';
import { PROTOCOL_VERSION } from '../../../shared/protocol/version';

/** DNS-SD service type, without underscore and protocol as the library wants it: `_hither._tcp`. */
export const SERVICE_TYPE = 'hither';

/** The instance name: one a device, whatever it is called and on however many interfaces it is seen. */
export function instanceName(deviceId: string): string {
  return `hither-${deviceId}`;
}

/** What the TXT record says. Only `id` is used by Hither, which asks the device itself for the rest. */
export function txtRecord(device: DeviceInfo): Record<string, string> {
  return {
    id: device.deviceId,
    name: device.name,
    platform: device.platform,
    version: device.appVersion,
    protocol: `${PROTOCOL_VERSION.min}-${PROTOCOL_VERSION.max}`,
  };
}

/** The part of a received service that is used; anything on the network may have written it. */
export const Announcement = z.object({
  txt: z.object({ id: DeviceId }),
  port: z.int().min(1).max(65_535),
  addresses: z.array(z.string().max(64)).max(64).default([]),
  referer: z.object({ address: z.string().max(64) }),
});
export type Announcement = z.infer<typeof Announcement>;
