import { concatBytes } from '@noble/hashes/utils.js';

const encoder = new TextEncoder();

/** A domain-separation label: ASCII text with a zero byte behind it, so that no label is another one's beginning. */
export function label(text: string): Uint8Array {
  return encoder.encode(`${text}\0`);
}

/** Fields that vary in length, each behind its length (4 bytes, big-endian), so that their borders are part of a hash. */
export function lengthPrefixed(...fields: readonly Uint8Array[]): Uint8Array {
  return concatBytes(
    ...fields.flatMap((field) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, field.length);
      return [length, field];
    }),
  );
}

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}
