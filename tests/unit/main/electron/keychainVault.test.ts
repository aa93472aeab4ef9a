import { describe, expect, it } from 'vitest';
import {
  hasKeychain,
  keychainVault,
  type KeychainOptions,
} from '../../../../src/main/electron/profile/keychainVault';
import { VaultLockedError } from '../../../../src/backend/trust/KeyVault';
import { silentLog } from '../../../support/lan/silentLog';

type Storage = KeychainOptions['storage'];

/** A keychain that marks what it encrypts, as Chromium does. */
class FakeStorage implements Storage {
  mark = 'v11';
  isThere = true;
  backend: ReturnType<Storage['getSelectedStorageBackend']> = 'gnome_libsecret';
  shouldReEncrypt = false;
  failure: Error | null = null;

  isAsyncEncryptionAvailable(): Promise<boolean> {
    return Promise.resolve(this.isThere);
  }

  encryptStringAsync(text: string): Promise<Buffer> {
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(Buffer.from(`${this.mark}${text}`));
  }

  decryptStringAsync(encrypted: Buffer): Promise<{ result: string; shouldReEncrypt: boolean }> {
    if (this.failure) return Promise.reject(this.failure);
    const text = encrypted.toString();
    if (!text.startsWith(this.mark)) return Promise.reject(new Error('Error while decrypting'));
    return Promise.resolve({ result: text.slice(3), shouldReEncrypt: this.shouldReEncrypt });
  }

  getSelectedStorageBackend(): ReturnType<Storage['getSelectedStorageBackend']> {
    return this.backend;
  }
}

const secret = Uint8Array.from({ length: 32 }, (_, index) => 255 - index);

function setUp(platform: NodeJS.Platform = 'linux') {
  const storage = new FakeStorage();
  const options = { storage, platform, log: silentLog };
  return { storage, options, vault: keychainVault(options) };
}

describe('the keychain’s vault', () => {
  it('gives back what it was given, and shows nothing of it', async () => {
    const { vault } = setUp();
    const stored = await vault.protect(secret);
    expect(stored).not.toContain(Buffer.from(secret).toString('hex'));
    expect(await vault.reveal(stored)).toEqual(secret);
  });

  it('goes on with a key that the system has replaced', async () => {
    const { vault, storage } = setUp();
    const stored = await vault.protect(secret);
    storage.shouldReEncrypt = true;
    expect(await vault.reveal(stored)).toEqual(secret);
  });

  it('is no keychain where encryption is missing, fails, or has a key that everybody knows', async () => {
    const { options, storage } = setUp();
    expect(await hasKeychain(options)).toBe(true);
    storage.isThere = false;
    expect(await hasKeychain(options)).toBe(false);
    storage.isThere = true;
    storage.mark = 'v10';
    expect(await hasKeychain(options)).toBe(false);
    storage.mark = 'v77';
    expect(await hasKeychain(options)).toBe(true);
    storage.backend = 'basic_text';
    expect(await hasKeychain(options)).toBe(false);
    storage.failure = new Error('no D-Bus');
    expect(await hasKeychain(options)).toBe(false);
  });

  it('believes a keyring’s own mark on a desktop whose name says nothing', async () => {
    const { options, storage } = setUp();
    storage.backend = 'basic_text';
    expect(await hasKeychain(options)).toBe(true);
  });

  it('reads the mark on Linux alone: macOS has the same one and a keychain', async () => {
    const { options, storage } = setUp('darwin');
    storage.mark = 'v10';
    expect(await hasKeychain(options)).toBe(true);
  });

  it('writes nothing under a key that everybody knows', async () => {
    const { storage, vault } = setUp();
    storage.mark = 'v10';
    await expect(vault.protect(secret)).rejects.toThrow(VaultLockedError);
  });

  it('calls a keychain that is away locked, not the key lost', async () => {
    const { storage, vault } = setUp();
    const stored = await vault.protect(secret);
    storage.mark = 'v10';
    await expect(vault.reveal(stored)).rejects.toThrow(VaultLockedError);
    storage.isThere = false;
    await expect(vault.reveal(stored)).rejects.toThrow(VaultLockedError);
    storage.isThere = true;
    storage.mark = 'v11';
    storage.failure = new Error('Decryption is temporarily unavailable.');
    await expect(vault.reveal(stored)).rejects.toThrow(VaultLockedError);
  });

  it('says that a text is lost when the keychain is there and can’t read it', async () => {
    const { vault } = setUp();
    const lost = vault.reveal(Buffer.from('v12something').toString('base64'));
    await expect(lost).rejects.toThrow('Error while decrypting');
    await expect(lost).rejects.not.toThrow(VaultLockedError);
  });
});
