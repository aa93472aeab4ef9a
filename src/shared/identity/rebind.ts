import { concatBytes } from '@noble/hashes/utils.js';
import { fromHex, toHex } from '../ids';
import { label } from './bytes';
import { type Identity, isSignedBy, sign } from './identity';

/** A session's peer has another DTLS certificate, since its page was reloaded. */
export interface Rebind {
  sessionId: string;
  /** The number of the message that says so: a rebind counts at its place in the order of messages and nowhere else. */
  seq: number;
  /** SHA-256 of the new certificate, lower-case hex. */
  fingerprint: string;
}

/** The signature of a session's own side over its new certificate, in hex. */
export function signRebind(identity: Identity, rebind: Rebind): string {
  return toHex(sign(identity, rebindBytes(rebind)));
}

/** Whether the owner of `identityKey` signed the rebind. */
export function isRebindOf(identityKey: string, rebind: Rebind, signature: string): boolean {
  return isSignedBy(identityKey, rebindBytes(rebind), fromHex(signature));
}

function rebindBytes({ sessionId, seq, fingerprint }: Rebind): Uint8Array {
  const number = new Uint8Array(8);
  new DataView(number.buffer).setBigUint64(0, BigInt(seq));
  return concatBytes(label('hither 2 rebind'), fromHex(sessionId), number, fromHex(fingerprint));
}
