import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { HitherError } from '../errors';
import { fromHex, toHex } from '../ids';
import { label } from './bytes';

/** 32 bytes as 64 lower-case hex digits. */
export const Hex32 = z.string().regex(/^[0-9a-f]{64}$/);

/** An Ed25519 public key (RFC 8032), which is who a device is. */
export const IdentityKey = z.string().regex(/^[0-9a-f]{64}$/);

/** The Ed25519 key pair of a profile. */
export interface Identity {
  readonly secretKey: Uint8Array;
  /** Lower-case hex. */
  readonly publicKey: string;
  /** Follows from the public key: see `deviceIdOf`. */
  readonly deviceId: string;
}

/**
 * The identity with this secret key.
 * @param secretKey 32 random bytes (RFC 8032 §5.1.5)
 * @throws Error if it has another length
 */
export function identityOf(secretKey: Uint8Array): Identity {
  const publicKey = toHex(ed25519.getPublicKey(secretKey));
  return { secretKey, publicKey, deviceId: deviceIdOf(publicKey) };
}

/**
 * The device id that belongs to a public key: the first 16 bytes of SHA-256 over a label and the key. Whoever claims a
 * device id must own its key; finding another key with the same id takes 2^128 tries.
 */
export function deviceIdOf(publicKey: string): string {
  return toHex(sha256(concatBytes(label('hither 2 device'), fromHex(publicKey))).slice(0, 16));
}

/** Signs `message` with an identity's key; 64 bytes. */
export function sign(identity: Identity, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, identity.secretKey);
}

/**
 * Whether `signature` over `message` is of the owner of `publicKey`. Strict (RFC 8032, no small-order keys), so that
 * there is one answer everywhere. Never throws: malformed input is not a signature.
 */
export function isSignedBy(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = fromHex(publicKey);
    if (ed25519.Point.fromBytes(key).isSmallOrder()) return false;
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

/**
 * The side of a device in a mailbox (PROTOCOL.md §5), as hex: the same after a restart, so that it gets its own place again, and
 * known to nobody else.
 * @param role what it does there; a device that comes to itself has two places
 */
export function relaySideOf({ secretKey }: Identity, mailbox: string, role: 'waits' | 'comes'): string {
  const info = concatBytes(label(`hither 3 relay side ${role}`), fromHex(mailbox));
  return toHex(hkdf(sha256, secretKey, undefined, info, 16));
}

/**
 * What two devices that have each other's keys can know and nobody else: X25519 (RFC 7748) between the Montgomery forms of both
 * Ed25519 keys, hashed with both; 32 bytes, the same on both sides.
 * @throws HitherError `bad-request` if the key is none, or of small order
 */
export function sharedSecretOf(identity: Identity, peerKey: string): Uint8Array {
  try {
    const own = ed25519.utils.toMontgomerySecret(identity.secretKey);
    const secret = x25519.getSharedSecret(own, ed25519.utils.toMontgomery(fromHex(peerKey)));
    const salt = concatBytes(...[identity.publicKey, peerKey].sort().map(fromHex));
    return hkdf(sha256, secret, salt, label('hither 3 rendezvous'), 32);
  } catch (error) {
    throw new HitherError('bad-request', {}, error);
  }
}
