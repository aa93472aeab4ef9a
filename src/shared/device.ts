import { z } from 'zod';
import { isVisible, withoutHidden } from './hiddenText';

export const DeviceId = z.string().regex(/^[0-9a-f]{32}$/);
export const Platform = z.enum(['linux', 'macos', 'windows', 'other']);
export type Platform = z.infer<typeof Platform>;

/** Longest device name, in UTF-16 code units: a DNS label holds 63 bytes, and a Korean syllable takes three. */
export const MAX_DEVICE_NAME = 40;

/** A device's display name as typed or received: composed, without hidden characters, trimmed, bounded. */
export const DeviceName = z
  .string()
  .max(256)
  .transform((name) => shortened(shown(name)))
  .pipe(z.string().min(1).max(MAX_DEVICE_NAME).refine(isVisible));

/** Composed again at the end, because letter and mark may have been apart until then. */
function shown(name: string): string {
  return withoutHidden(name.normalize('NFC')).normalize('NFC').trim();
}

/** As many whole characters as fit; what was cut apart is no longer what it was, so it is looked at again. */
function shortened(name: string): string {
  let cut = '';
  for (const character of name) {
    if (cut.length + character.length > MAX_DEVICE_NAME) break;
    cut += character;
  }
  return shown(cut);
}

/** What a device says of itself to another. Names are claims, not proof. */
export const DeviceInfo = z.object({
  deviceId: DeviceId,
  name: DeviceName,
  platform: Platform,
  appVersion: z.string().regex(/^\d{1,5}\.\d{1,5}\.\d{1,5}(-[\w.]{1,32})?$/),
});
export type DeviceInfo = z.infer<typeof DeviceInfo>;
