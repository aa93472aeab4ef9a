import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { label } from './bytes';

/**
 * The 32 bytes that an invite's secret adds to the keys of a handshake.
 * @param secret at least 16 random bytes, from the invite
 */
export function inviteSecret(secret: Uint8Array): Uint8Array {
  return sha256(concatBytes(label('hither 2 invite'), secret));
}

/**
 * The 32 bytes that a PAKE's result adds to the keys of a handshake.
 * @param isk CPace's intermediate session key
 */
export function pakeSecret(isk: Uint8Array): Uint8Array {
  return sha256(concatBytes(label('hither 2 pake'), isk));
}
