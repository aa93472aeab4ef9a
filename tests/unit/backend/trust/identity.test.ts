import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileVault, type KeyVault, VaultLockedError } from '../../../../src/backend/trust/KeyVault';
import { openIdentity } from '../../../../src/backend/trust/openIdentity';
import { random } from '../../../../src/main/node/random';
import { FileStorage } from '../../../../src/main/node/storage/FileStorage';
import { defaultDeviceName, platformOf } from '../../../../src/main/node/thisDevice';
import { FakeLog } from '../../../support/FakeLog';

let profileDir: string;
let file: string;
let log: FakeLog;
beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'hither-identity-'));
  file = join(profileDir, 'identity.json');
  log = new FakeLog();
});
afterEach(() => rm(profileDir, { recursive: true, force: true }));

const open = (vault: KeyVault = fileVault) =>
  openIdentity({ storage: new FileStorage(profileDir, log), vault, random, log });

/** A keychain that turns bytes around, and may be locked. */
class Keychain implements KeyVault {
  readonly kind = 'keychain';
  isLocked = false;
  protect(secret: Uint8Array): Promise<string> {
    return Promise.resolve(Buffer.from(secret).reverse().toString('base64'));
  }
  reveal(stored: string): Promise<Uint8Array> {
    if (this.isLocked) return Promise.reject(new VaultLockedError());
    return Promise.resolve(new Uint8Array(Buffer.from(stored, 'base64').reverse()));
  }
}

describe('the identity of a profile', () => {
  it('is made once, kept, and for the owner’s eyes alone', async () => {
    await writeFile(join(profileDir, 'device.json'), '{"deviceId":"old"}');
    const { identity, lostFile } = await open();
    expect(lostFile).toBeNull();
    expect((await open()).identity).toEqual(identity);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readdir(profileDir)).toEqual(['identity.json']);
  });

  it('is closed to others again where it was opened to them, and the log says so', async () => {
    await open();
    await chmod(file, 0o644);
    await open();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(log)).toContain('others could read it');
  });

  it.each([
    ['no JSON', '{"format":1,'],
    ['another format', '{"format":2,"vault":"file","secret":"00"}'],
    ['a key too short', '{"format":1,"vault":"file","secret":"00ff"}'],
    ['a keychain that is not here', '{"format":1,"vault":"keychain","secret":"c2VjcmV0"}'],
    ['nothing', ''],
  ])('is made anew, and the old one kept aside, where the file holds %s', async (_name, text) => {
    await writeFile(file, text);
    const { identity, lostFile } = await open();
    expect(lostFile).toBe(`${file}.corrupt-1`);
    expect(await readFile(`${file}.corrupt-1`, 'utf8')).toBe(text);
    expect(await open()).toEqual({ identity, lostFile: null });
  });

  it('goes into a keychain where there is one, and not in the clear', async () => {
    const keychain = new Keychain();
    const { identity } = await open(keychain);
    expect((await open(keychain)).identity).toEqual(identity);
    const text = await readFile(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({ format: 1, vault: 'keychain' });
    expect(text).not.toContain(Buffer.from(identity.secretKey).toString('hex'));
  });

  it('stays in a file, once it is in one, though there is a keychain now', async () => {
    const { identity } = await open();
    expect(await open(new Keychain())).toEqual({ identity, lostFile: null });
  });

  it('is not given up while the keychain is locked', async () => {
    const keychain = new Keychain();
    const { identity } = await open(keychain);
    keychain.isLocked = true;
    await expect(open(keychain)).rejects.toBeInstanceOf(VaultLockedError);
    keychain.isLocked = false;
    expect(await open(keychain)).toEqual({ identity, lostFile: null });
  });
});

describe('the device’s first name', () => {
  it('is the machine’s without its domain, and never empty', () => {
    expect(defaultDeviceName('studio.example.org')).toBe('studio');
    expect(defaultDeviceName('')).toBe('Hither');
    expect(platformOf('darwin')).toBe('macos');
    expect(platformOf('freebsd')).toBe('other');
  });
});
