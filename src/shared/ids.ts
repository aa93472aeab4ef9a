import { z } from 'zod';

/** A session's or transfer's id: 128 random bits as 32 lower-case hex digits. */
export const RandomId = z.string().regex(/^[0-9a-f]{32}$/);

/** Lower-case hex of some bytes. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/**
 * The bytes of a lower-case hex string.
 * @throws RangeError if a character is not a hex digit or the count is odd
 */
export function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  if (!/^([0-9a-f]{2})*$/.test(hex)) throw new RangeError('not hex');
  return Uint8Array.from({ length: hex.length / 2 }, (_, i) =>
    Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16),
  );
}
