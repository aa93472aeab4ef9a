import type { SafeStorage } from 'electron';
import { type KeyVault, VaultLockedError } from '../../../backend/trust/KeyVault';
import type { Log } from '../../../backend/ports';

/** The part of `safeStorage` in use; the other, synchronous part is deprecated. */
type SafeStoragePort = Pick<
  SafeStorage,
  'decryptStringAsync' | 'encryptStringAsync' | 'getSelectedStorageBackend' | 'isAsyncEncryptionAvailable'
>;

export interface KeychainOptions {
  storage: SafeStoragePort;
  platform: NodeJS.Platform;
  log: Log;
}

/** Chromium's mark on what it encrypted on Linux with a key that is in its source, for want of a keychain. */
const KNOWN_KEY = 'v10';
/** Its marks on what it encrypted with a key from the Secret Service or from the desktop's portal. */
const KEYCHAIN_KEYS: ReadonlySet<string> = new Set(['v11', 'v12']);

/**
 * Whether the system keeps secrets for us; to be asked after the app is ready. On macOS this can bring up the
 * keychain's own question, on Linux that of the keyring.
 */
export async function hasKeychain({ storage, platform, log }: KeychainOptions): Promise<boolean> {
  try {
    if (!(await storage.isAsyncEncryptionAvailable())) return false;
    return platform !== 'linux' || !isPlain(await storage.encryptStringAsync('probe'), storage);
  } catch (error) {
    log.warn('keychain', { problem: 'unusable', error });
    return false;
  }
}

/** Keeps the profile's secret key encrypted with a key of the system's keychain; to be used after the app is ready. */
export function keychainVault(options: KeychainOptions): KeyVault {
  const { storage, platform, log } = options;
  return {
    kind: 'keychain',
    async protect(secret) {
      const encrypted = await storage.encryptStringAsync(Buffer.from(secret).toString('base64'));
      // Never on the disk with a key that everybody knows, under the name of a keychain.
      if (platform === 'linux' && isPlain(encrypted, storage)) throw new VaultLockedError();
      return encrypted.toString('base64');
    },
    async reveal(stored) {
      const encrypted = Buffer.from(stored, 'base64');
      try {
        const { result, shouldReEncrypt } = await storage.decryptStringAsync(encrypted);
        if (shouldReEncrypt) log.info('keychain', { to: 'rotated' });
        return new Uint8Array(Buffer.from(result, 'base64'));
      } catch (error) {
        // A session without the keychain (over SSH, or before it is unlocked) must not cost the person the identity.
        if (/temporarily/i.test(String(error)) || !(await hasKeychain(options)))
          throw new VaultLockedError(error);
        throw error;
      }
    },
  };
}

/**
 * `basic_text` is what the synchronous half of Electron would use, by the name of the desktop; the half in use here
 * finds keyrings on desktops without a name as well, so its own mark is believed first.
 */
function isPlain(encrypted: Buffer, storage: SafeStoragePort): boolean {
  const mark = encrypted.subarray(0, 3).toString('latin1');
  if (mark === KNOWN_KEY) return true;
  return !KEYCHAIN_KEYS.has(mark) && storage.getSelectedStorageBackend() === 'basic_text';
}
