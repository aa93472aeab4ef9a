import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { app } from './app';
import { named } from './named';

/**
 * What STAND_IN_KEYCHAIN makes of the system: a keychain; none, so that Chromium takes the key in its source
 * (`basic_text`); nothing that could encrypt (`none`); one that is locked; one whose key has been replaced.
 */
type Keychain = 'keyring' | 'basic_text' | 'none' | 'locked' | 'rotated';

const MARKS = { keyring: 'v11', rotated: 'v11', basic_text: 'v10' } as const;

function keychain(): Keychain {
  return (process.env['STAND_IN_KEYCHAIN'] ?? 'keyring') as Keychain;
}

function atReady(): void {
  if (!app.isReady()) throw new Error('safeStorage cannot be used before app is ready');
}

/** The keychain's key outlives the app; here it lies beside the browser's files. */
function keyOf(mark: string): Buffer {
  if (mark === MARKS.basic_text) return Buffer.alloc(32, 'peanuts');
  const file = join(app.getPath('sessionData'), 'stand-in-keychain');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32));
  return readFileSync(file);
}

function encrypt(text: string): Buffer {
  const kind = keychain();
  if (kind === 'none' || kind === 'locked') throw new Error('Encryption is not available.');
  const mark = MARKS[kind];
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(mark), iv);
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from(mark), iv, cipher.getAuthTag(), body]);
}

function decrypt(encrypted: Buffer): { result: string; shouldReEncrypt: boolean } {
  const kind = keychain();
  if (kind === 'locked') throw new Error('Decryption is temporarily unavailable. Please try again.');
  const mark = encrypted.subarray(0, 3).toString();
  if (kind === 'none' || mark !== MARKS[kind]) throw new Error('Error while decrypting the ciphertext.');
  const decipher = createDecipheriv('aes-256-gcm', keyOf(mark), encrypted.subarray(3, 15));
  decipher.setAuthTag(encrypted.subarray(15, 31));
  const text = Buffer.concat([decipher.update(encrypted.subarray(31)), decipher.final()]).toString('utf8');
  return { result: text, shouldReEncrypt: kind === 'rotated' };
}

/** Electron's `safeStorage`, the asynchronous half, as it is on Linux. */
export const safeStorage = named('safeStorage', {
  async isAsyncEncryptionAvailable() {
    atReady();
    return Promise.resolve(keychain() !== 'none' && keychain() !== 'locked');
  },
  async encryptStringAsync(text: string) {
    atReady();
    return Promise.resolve(text).then(encrypt);
  },
  async decryptStringAsync(encrypted: Buffer) {
    atReady();
    return Promise.resolve(encrypted).then(decrypt);
  },
  getSelectedStorageBackend() {
    if (!app.isReady()) return 'unknown';
    return ['basic_text', 'none'].includes(keychain()) ? 'basic_text' : 'gnome_libsecret';
  },
} satisfies Partial<SafeStorage>);
