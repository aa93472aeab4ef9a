import { randomBytes } from 'node:crypto';
import { type Identity, identityOf } from '../../../src/shared/identity/identity';

/** The certificate of a page that never opens a link. */
export const SOME_FINGERPRINT = '5f'.repeat(32);

export const random = (count: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(count));

export const newFingerprint = (): string => randomBytes(32).toString('hex');

export function newIdentity(): Identity {
  return identityOf(random(32));
}

/** An identity whose device id begins with one of these digits, for who gives way when two dial each other. */
export function identityBeginning(digits: string): Identity {
  for (;;) {
    const identity = newIdentity();
    if (digits.includes(identity.deviceId.charAt(0))) return identity;
  }
}
