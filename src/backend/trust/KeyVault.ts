import { z } from 'zod';
import { fromHex, toHex } from '../../shared/ids';

/** Where a profile's secret key is safe: the system's keychain, or the mode of a file. */
export const VaultKind = z.enum(['keychain', 'file']);
export type VaultKind = z.infer<typeof VaultKind>;

/** Turns the secret key into text for the profile's identity file, and back. */
export interface KeyVault {
  readonly kind: VaultKind;
  /** @throws Error if the vault can't be used now; nothing was stored */
  protect(secret: Uint8Array): Promise<string>;
  /**
   * @throws VaultLockedError if the vault can't be used now and may be later; any other error means that this text is
   *   lost for good
   */
  reveal(stored: string): Promise<Uint8Array>;
}

/** The vault is there and does not open now: the start fails, and nothing in the profile changes. */
export class VaultLockedError extends Error {
  constructor(cause?: unknown) {
    super('the keychain is locked', { cause });
    this.name = 'VaultLockedError';
  }
}

/** Plain text for a file that only its owner can read; who reads that account's files has the key. */
export const fileVault: KeyVault = {
  kind: 'file',
  protect: (secret) => Promise.resolve(toHex(secret)),
  reveal: (stored) =>
    /^[0-9a-f]{64}$/.test(stored) ? Promise.resolve(fromHex(stored)) : Promise.reject(new Error('not a key')),
};
