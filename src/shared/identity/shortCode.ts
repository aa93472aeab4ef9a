import { z } from 'zod';

/** Pictures in a code, and how many there are to choose from: 5 × 6 = 30 bits. */
const CODE_ICONS = 5;
const ICON_COUNT = 64;
const DIGITS = 9;

/**
 * What two people compare: five pictures out of 64, or nine digits, each about 30 bits. Nobody can try more than one
 * code without a new handshake, so somebody in the middle is right once in 2^30.
 */
export const ShortCode = z.object({
  /** Numbers of pictures; `i18n` names them. */
  icons: z
    .array(
      z
        .int()
        .min(0)
        .max(ICON_COUNT - 1),
    )
    .length(CODE_ICONS),
  digits: z.string().regex(/^\d{9}$/),
});
export type ShortCode = z.infer<typeof ShortCode>;

/**
 * The code of 32 uniformly random bytes: pictures from the first 30 bits, digits from bytes 8 to 15 modulo 10^9
 * (which prefers no digit by more than 10^-10).
 */
export function shortCodeOf(bytes: Uint8Array): ShortCode {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = view.getUint32(0) >>> 2;
  const icons = Array.from(
    { length: CODE_ICONS },
    (_, i) => (bits >>> (6 * (CODE_ICONS - 1 - i))) % ICON_COUNT,
  );
  const digits = (view.getBigUint64(8) % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, '0');
  return { icons, digits };
}
