import { z } from 'zod';

export const DeviceId = z.string().regex(/^[0-9a-f]{32}$/);
export const Platform = z.enum(['linux', 'macos', 'windows', 'other']);
export type Platform = z.infer<typeof Platform>;

/** Longest device name, in UTF-16 code units: a DNS label holds 63 bytes, and a Korean syllable takes three. */
export const MAX_DEVICE_NAME = 40;

/** Control characters and the bidi overrides that could make a name read as another. */
const UNPRINTABLE = /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** A device's display name as typed or received: printable, trimmed, bounded. */
export const DeviceName = z
  .string()
  .max(256)
  .transform((name) => name.replace(UNPRINTABLE, '').trim().slice(0, MAX_DEVICE_NAME).trim())
  .pipe(z.string().min(1));

/** What a device says of itself to another. Names are claims, not proof. */
export const DeviceInfo = z.object({
  deviceId: DeviceId,
  name: DeviceName,
  platform: Platform,
  appVersion: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}(-[\w.]{1,32})?$/),
});
export type DeviceInfo = z.infer<typeof DeviceInfo>;
