import { z } from 'zod';
import { DeviceId } from '../device';
import { ErrorFacts } from '../errors';
import { TypedAddress } from './common';

/** Everything that the doctor can say; the words for each, and what to do, are in the page's i18n folder. */
const findingCodes = [
  // This machine.
  ...(['network', 'no-network', 'vpn', 'ipv6', 'ipv6-none'] as const),
  ...(['listening', 'listening-elsewhere', 'not-listening', 'nearby-off'] as const),
  // Multicast, and who is near.
  ...(['multicast-good', 'multicast-fails', 'multicast-deaf', 'nobody-answers', 'isolation'] as const),
  ...(['device-good', 'device-unreachable', 'device-not-hither', 'device-no-way-back'] as const),
  ...(['device-deaf', 'device-silent', 'firewall-linux', 'firewall-macos', 'firewall-windows'] as const),
  // The address that a person typed, where one was asked about.
  ...(['address-good', 'address-other', 'address-refused', 'address-unknown', 'address-silent'] as const),
  // The internet, where something is set up that uses it.
  ...(['internet-not-asked', 'relay-good', 'relay-failed', 'clock-wrong'] as const),
  ...(['relay-name-unknown', 'relay-unreachable', 'relay-no-tls', 'relay-certificate'] as const),
  ...(['relay-other', 'relay-draining', 'relay-degraded', 'relay-no-sockets', 'relay-refuses'] as const),
  ...(['stun-good', 'stun-silent', 'nat-easy', 'nat-hard', 'nat-none'] as const),
  ...(['turn-good', 'turn-failed', 'turn-none'] as const),
] as const;
export const DoctorCode = z.enum(findingCodes);
export type DoctorCode = z.infer<typeof DoctorCode>;

/** One thing that was found: `good` is as it should be, a `hint` may be meant so, `bad` keeps devices apart. */
export const DoctorFinding = z.object({
  code: DoctorCode,
  level: z.enum(['good', 'hint', 'bad']),
  facts: ErrorFacts,
  /** The device that it is about; `null` where it is about none. */
  deviceId: DeviceId.nullable(),
});
export type DoctorFinding = z.infer<typeof DoctorFinding>;

export const DoctorReport = z.object({ findings: z.array(DoctorFinding).max(500) });
export type DoctorReport = z.infer<typeof DoctorReport>;

export const doctorRequests = {
  /**
   * Looks at the network, which takes some seconds; who asks the same while that is under way gets the same report. With an address,
   * one that a person typed and did not reach, also at who is there.
   */
  'doctor:examine': { args: z.object({ address: TypedAddress.optional() }), result: DoctorReport },
} as const;
