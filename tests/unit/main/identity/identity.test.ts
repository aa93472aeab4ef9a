import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDeviceId } from '../../../../src/main/identity/deviceId';
import { defaultDeviceName, platformOf } from '../../../../src/main/identity/thisDevice';

let profileDir: string;
beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'hither-identity-'));
});
afterEach(() => rm(profileDir, { recursive: true, force: true }));

describe('the device id', () => {
  it('is made once, kept, and for the owner’s eyes alone', async () => {
    const deviceId = await loadDeviceId(profileDir);
    expect(deviceId).toMatch(/^[0-9a-f]{32}$/);
    expect(await loadDeviceId(profileDir)).toBe(deviceId);
    expect((await stat(join(profileDir, 'device.json'))).mode & 0o777).toBe(0o600);
  });

  it('is made anew where the file holds none', async () => {
    await writeFile(join(profileDir, 'device.json'), '{"deviceId":"../x"}');
    const deviceId = await loadDeviceId(profileDir);
    expect(deviceId).toMatch(/^[0-9a-f]{32}$/);
    expect(await loadDeviceId(profileDir)).toBe(deviceId);
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
