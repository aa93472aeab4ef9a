import type { LanAddress } from '../address';
import { crc32, readXorAddress, type StunAttribute, StunType } from './attributes';
import { hmacSha1 } from './keys';

/** The first bytes of every STUN message say what it is, behind its length (RFC 8489 §5). */
const STUN_HEADER_BYTES = 20;
export const TRANSACTION_BYTES = 12;
/**
 * Largest message that is read, in bytes: what TURN says of itself has some hundred, and what we send through it fits in one packet of
 * the internet. More is not for us.
 */
export const MAX_STUN_BYTES = 2_048;
const MAGIC_COOKIE = 0x2112a442;
const FINGERPRINT_XOR = 0x5354554e;
const INTEGRITY_BYTES = 20;
/** Attributes of one message; the richest of TURN's has ten. */
const MAX_ATTRIBUTES = 32;

const STUN_KINDS = ['request', 'indication', 'success', 'error'] as const;
type StunKind = (typeof STUN_KINDS)[number];

/** Methods of RFC 8489 (binding) and RFC 8656 (the others). */
export const StunMethod = {
  binding: 0x001,
  allocate: 0x003,
  refresh: 0x004,
  send: 0x006,
  data: 0x007,
  createPermission: 0x008,
} as const;

export interface StunMessage {
  method: number;
  kind: StunKind;
  /** 12 random bytes: an answer has those of its request. */
  transaction: Uint8Array;
  /** In their order. Of a message that was read, those alone that MESSAGE-INTEGRITY covers if there is one. */
  attributes: readonly StunAttribute[];
}

/** A message that was read, with what its MESSAGE-INTEGRITY is about. */
export interface ReadStunMessage extends StunMessage {
  integrity: { covered: Uint8Array; hmac: Uint8Array } | null;
}

/**
 * Makes the bytes of a message, with a FINGERPRINT as its last attribute.
 * @param key of `longTermKey`, for a MESSAGE-INTEGRITY before it
 * @throws RangeError where it would be longer than `MAX_STUN_BYTES`
 */
export function encodeStun(
  { method, kind, transaction, attributes }: StunMessage,
  key: Uint8Array | null = null,
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(MAX_STUN_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, typeOf(method, kind));
  view.setUint32(4, MAGIC_COOKIE);
  bytes.set(transaction, 8);
  let end = STUN_HEADER_BYTES;
  const add = (type: number, value: Uint8Array): void => {
    view.setUint16(end, type);
    view.setUint16(end + 2, value.length);
    bytes.set(value, end + 4);
    end += 4 + padded(value.length);
  };
  // Integrity and fingerprint are computed over a header that counts them already.
  const announce = (valueBytes: number): void => view.setUint16(2, end + 4 + valueBytes - STUN_HEADER_BYTES);
  for (const { type, value } of attributes) add(type, value);
  if (key !== null) {
    announce(INTEGRITY_BYTES);
    add(StunType.messageIntegrity, hmacSha1(key, bytes.subarray(0, end)));
  }
  announce(4);
  const fingerprint = new Uint8Array(4);
  new DataView(fingerprint.buffer).setUint32(0, fingerprintOf(bytes.subarray(0, end)));
  add(StunType.fingerprint, fingerprint);
  return bytes.slice(0, end);
}

/**
 * Reads one whole message. Never throws. A FINGERPRINT must be right and the last; behind MESSAGE-INTEGRITY nothing else counts
 * (RFC 8489 §14.5), whether it is right is for `hasIntegrity` to say.
 * @returns `null` for whatever is no message of at most `MAX_STUN_BYTES`
 */
export function readStun(given: Uint8Array): ReadStunMessage | null {
  if (given.length > MAX_STUN_BYTES || stunLength(given) !== given.length) return null;
  // A copy: sockets use their buffers again, and `slice` of Node's is a view.
  const bytes = new Uint8Array(given);
  const view = new DataView(bytes.buffer);
  if (view.getUint32(4) !== MAGIC_COOKIE) return null;
  const attributes: StunAttribute[] = [];
  let integrity: ReadStunMessage['integrity'] = null;
  let at = STUN_HEADER_BYTES;
  for (let count = 0; at < bytes.length; count += 1) {
    const attribute = attributeAt(bytes, at);
    if (attribute === null || count === MAX_ATTRIBUTES) return null;
    const { type, value } = attribute;
    const end = at + 4 + padded(value.length);
    if (type === StunType.fingerprint) {
      if (end !== bytes.length || !isFingerprint(value, bytes.subarray(0, at))) return null;
    } else if (integrity === null && type === StunType.messageIntegrity) {
      if (value.length !== INTEGRITY_BYTES) return null;
      integrity = { covered: coveredBy(bytes.subarray(0, at)), hmac: value };
    } else if (integrity === null) attributes.push(attribute);
    at = end;
  }
  const type = view.getUint16(0);
  return { ...methodAndKind(type), transaction: bytes.subarray(8, STUN_HEADER_BYTES), attributes, integrity };
}

/** Whether a message was made by somebody who has the key. */
export function hasIntegrity({ integrity }: ReadStunMessage, key: Uint8Array): boolean {
  if (integrity === null) return false;
  const expected = hmacSha1(key, integrity.covered);
  let difference = 0;
  expected.forEach((byte, index) => (difference |= byte ^ (integrity.hmac[index] ?? 0)));
  return difference === 0;
}

/**
 * How long the message is that begins here, as its header says, in bytes: for a stream, where several follow one another.
 * @returns `null` if it can't be the beginning of a message, `'more'` if the header is not whole
 */
export function stunLength(bytes: Uint8Array): number | 'more' | null {
  const [first] = bytes;
  // Two zero bits tell STUN from whatever else a TURN server sends (RFC 8656 §12.5), a length that is no multiple of 4 from garbage.
  if (first !== undefined && first > 0x3f) return null;
  if (bytes.length < STUN_HEADER_BYTES) return 'more';
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(2);
  return length % 4 === 0 ? STUN_HEADER_BYTES + length : null;
}

/** The value of the first attribute of a type; `null` where there is none. */
export function valueOf({ attributes }: StunMessage, type: number): Uint8Array | null {
  return attributes.find((attribute) => attribute.type === type)?.value ?? null;
}

/** The address in the first attribute of a type; `null` where there is none, or something else in it. */
export function addressOf(message: StunMessage, type: number): LanAddress | null {
  const value = valueOf(message, type);
  return value === null ? null : readXorAddress(value, message.transaction);
}

function attributeAt(bytes: Uint8Array<ArrayBuffer>, at: number): StunAttribute | null {
  // Lengths are multiples of 4, so there are at least 4 bytes.
  const view = new DataView(bytes.buffer, at);
  const length = view.getUint16(2);
  if (at + 4 + padded(length) > bytes.length) return null;
  return { type: view.getUint16(0), value: bytes.subarray(at + 4, at + 4 + length) };
}

/** What MESSAGE-INTEGRITY is computed over: everything before it, in a header that ends the message behind it. */
function coveredBy(before: Uint8Array): Uint8Array {
  const covered = before.slice();
  new DataView(covered.buffer).setUint16(2, before.length + 4 + INTEGRITY_BYTES - STUN_HEADER_BYTES);
  return covered;
}

function isFingerprint(value: Uint8Array, before: Uint8Array): boolean {
  return (
    value.length === 4 && new DataView(value.buffer, value.byteOffset).getUint32(0) === fingerprintOf(before)
  );
}

function fingerprintOf(before: Uint8Array): number {
  return (crc32(before) ^ FINGERPRINT_XOR) >>> 0;
}

/** Attributes begin at multiples of 4 bytes. */
function padded(length: number): number {
  return (length + 3) & ~3;
}

/** Method and kind share 14 bits, interleaved (RFC 8489 §5, figure 3). */
function typeOf(method: number, kind: StunKind): number {
  const bits = STUN_KINDS.indexOf(kind);
  return (
    (method & 0xf) | ((method & 0x70) << 1) | ((method & 0xf80) << 2) | ((bits & 1) << 4) | ((bits & 2) << 7)
  );
}

function methodAndKind(type: number): { method: number; kind: StunKind } {
  const method = (type & 0xf) | ((type >> 1) & 0x70) | ((type >> 2) & 0xf80);
  const kind = STUN_KINDS[((type >> 4) & 1) | ((type >> 7) & 2)] ?? 'error';
  return { method, kind };
}
