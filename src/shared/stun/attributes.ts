import type { LanAddress } from '../address';
import { addressBytes, addressText } from './ipAddress';

export interface StunAttribute {
  type: number;
  value: Uint8Array;
}

/** Types of RFC 8489 §14 and RFC 8656 §14, those that we say or read. */
export const StunType = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  data: 0x0013,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedTransport: 0x0019,
  xorMappedAddress: 0x0020,
  fingerprint: 0x8028,
} as const;

const FAMILY = { IPv4: 0x01, IPv6: 0x02 } as const;
/** UDP, as IP numbers protocols. */
const PROTOCOL_UDP = 17;

/** An allocation of UDP ports, the only kind that WebRTC uses. */
export const REQUESTED_UDP: StunAttribute = {
  type: StunType.requestedTransport,
  value: Uint8Array.of(PROTOCOL_UDP, 0, 0, 0),
};

/** How long an allocation is to last, in s; 0 ends it. */
export function lifetime(seconds: number): StunAttribute {
  const value = new Uint8Array(4);
  new DataView(value.buffer).setUint32(0, seconds);
  return { type: StunType.lifetime, value };
}

/** What addresses are mixed with: the cookie of every message, then its transaction. */
const COOKIE = [0x21, 0x12, 0xa4, 0x42] as const;

/**
 * An address in the form that old NATs don't rewrite (RFC 8489 §14.2).
 * @param transaction of the message it is for
 * @throws RangeError where the host is no address
 */
export function xorAddress(type: number, { host, port }: LanAddress, transaction: Uint8Array): StunAttribute {
  const bytes = addressBytes(host);
  if (bytes === null) throw new RangeError('not an address');
  const value = new Uint8Array(4 + bytes.length);
  value[1] = bytes.length === 4 ? FAMILY.IPv4 : FAMILY.IPv6;
  new DataView(value.buffer).setUint16(2, port);
  value.set(bytes, 4);
  return { type, value: mixed(value, transaction) };
}

/** Reads such an address; `null` where it is none. Never throws. */
export function readXorAddress(value: Uint8Array, transaction: Uint8Array): LanAddress | null {
  const isWhole =
    (value[1] === FAMILY.IPv4 && value.length === 8) || (value[1] === FAMILY.IPv6 && value.length === 20);
  if (!isWhole) return null;
  const plain = mixed(value, transaction);
  return { host: addressText(plain.subarray(4)), port: new DataView(plain.buffer).getUint16(2) };
}

function mixed(value: Uint8Array, transaction: Uint8Array): Uint8Array<ArrayBuffer> {
  const mask = [...COOKIE, ...transaction];
  // The port is mixed with the beginning of the cookie, and so is the address.
  return Uint8Array.from(value, (byte, index) =>
    index < 2 ? byte : byte ^ (mask[index < 4 ? index - 2 : index - 4] ?? 0),
  );
}

/** Reads an ERROR-CODE: 300 to 699, or `null` where it is none. The reason beside it is the server's free text, and is left. */
export function readErrorCode(value: Uint8Array): number | null {
  const [, , hundreds = 0, rest = 0] = value;
  const isCode = value.length >= 4 && (hundreds & 7) >= 3 && (hundreds & 7) <= 6 && rest < 100;
  return isCode ? (hundreds & 7) * 100 + rest : null;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let crc = index;
  for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 as in ISO 3309, which is that of zip. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}
