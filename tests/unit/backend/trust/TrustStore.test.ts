import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TrustStore } from '../../../../src/backend/trust/TrustStore';
import type { JudgedPeer } from '../../../../src/backend/trust/TrustBook';
import { FileStorage } from '../../../../src/main/node/storage/FileStorage';
import { systemClock } from '../../../../src/main/node/systemClock';
import { FakeLog } from '../../../support/FakeLog';
import { newIdentity } from '../../../support/lan/identities';

let profileDir: string;
let file: string;
beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'hither-trust-'));
  file = join(profileDir, 'trusted.json');
});
afterEach(() => rm(profileDir, { recursive: true, force: true }));

const open = () => {
  const log = new FakeLog();
  return TrustStore.open({ storage: new FileStorage(profileDir, log), clock: systemClock, log });
};
const home = { host: '10.0.0.2', port: 47_117 };

function peer(name: string): JudgedPeer {
  const { publicKey, deviceId } = newIdentity();
  return {
    identityKey: publicKey,
    device: { deviceId, name, platform: 'linux', appVersion: '0.1.0' },
  };
}

describe('the list of trusted devices', () => {
  it('is kept, for the owner’s eyes alone, and what is remembered stays up to date', async () => {
    const trust = await open();
    const ben = peer('Ben');
    await trust.pin(ben, home);
    trust.met({ ...ben, device: { ...ben.device, name: 'Benjamin', platform: 'macos' } }, null);
    await trust.flushed();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const again = await open();
    expect(again.list).toMatchObject([{ name: 'Ben', platform: 'macos', identityKey: ben.identityKey }]);
    expect(again.addressesOf(ben.device.deviceId)).toEqual([home]);
    expect(again.judge(peer('benjamin'), null)).toMatchObject({ state: 'name-taken', trustedName: 'Ben' });
    expect(again.judge(peer('ben'), null)).toMatchObject({ state: 'name-taken' });
    expect(again.judge(peer('Carol'), home)).toMatchObject({ state: 'address-taken' });
    expect(again.judge(peer('Carol'), { ...home, port: 1 })).toEqual({ state: 'unknown' });
  });

  it('keeps permissions and name when a device is pinned once more', async () => {
    const trust = await open();
    const ben = peer('Ben');
    await trust.pin(ben, null);
    const permissions = { connect: 'allow', sendFiles: 'allow', viewScreen: 'ask' } as const;
    await trust.update(ben.device.deviceId, { name: 'Brother', permissions });
    await trust.pin(ben, home);
    expect(trust.list).toMatchObject([{ name: 'Brother', permissions }]);
    await expect(trust.update('0'.repeat(32), {})).rejects.toMatchObject({ code: 'unknown-device' });
  });

  it('forgets a revoked device, on the disk too', async () => {
    const trust = await open();
    const ben = peer('Ben');
    await trust.pin(ben, null);
    await trust.revoke(ben.device.deviceId);
    await trust.revoke(ben.device.deviceId);
    expect((await open()).list).toEqual([]);
    expect(await readFile(file, 'utf8')).not.toContain(ben.identityKey);
  });

  it('is written whole and in order, however many changes come at once', async () => {
    const trust = await open();
    const peers = [...Array(30).keys()].map((n) => peer(`Device ${n}`));
    await Promise.all(peers.map((each) => trust.pin(each, null)));
    await Promise.all(peers.slice(5).map(({ device }) => trust.revoke(device.deviceId)));
    expect((await open()).list).toHaveLength(5);
    expect(await readdir(profileDir)).toEqual(['trusted.json']);
  });

  it('trusts nobody where the file can’t be read, and keeps it aside', async () => {
    const ben = peer('Ben');
    const stored = async (change: object): Promise<string> => {
      const trust = await open();
      await trust.pin(ben, null);
      const { devices } = JSON.parse(await readFile(file, 'utf8')) as { devices: object[] };
      return JSON.stringify({ format: 1, devices: [{ ...devices[0], ...change }] });
    };
    for (const text of ['{', '[]', await stored({ identityKey: newIdentity().publicKey })]) {
      await writeFile(file, text);
      const trust = await open();
      expect(trust.list).toEqual([]);
      expect(await readFile(trust.corruptFile ?? '', 'utf8')).toBe(text);
    }
    await writeFile(file, await stored({}));
    expect((await open()).list).toHaveLength(1);
  });

  it('has an end', async () => {
    const trust = await open();
    const pins = [...Array(512).keys()].map((n) => trust.pin(peer(`Device ${n}`), null));
    await Promise.all(pins);
    await expect(trust.pin(peer('one more'), null)).rejects.toMatchObject({ code: 'bad-request' });
  }, 30_000);
});
