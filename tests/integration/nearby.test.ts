import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { MdnsEndpoint } from '../../src/main/node/discovery/MdnsEndpoint';
import { NearbyService } from '../../src/main/node/discovery/NearbyService';
import { isLinkLocal, ownAddresses } from '../../src/main/node/net/networkInterfaces';
import type { DeviceInfo } from '../../src/shared/device';
import { afterwards, trustStore } from '../support/lan/opened';
import { newId, SessionEnd } from '../support/lan/SessionEnd';
import { silentLog } from '../support/lan/silentLog';

const CHILD = join(import.meta.dirname, '../support/lan/nearbyProcess.ts');
/** A device that dies has left every list by then. */
const GONE_MS = 15_000;

interface Near {
  sessions: SessionEnd;
  readonly device: DeviceInfo;
  nearby: NearbyService;
  changes: number;
}

/** A device of this process that is on the network. */
async function near(interfaces = ownAddresses, isHidden = () => false): Promise<Near> {
  const sessions = new SessionEnd(await trustStore());
  const made: Near = {
    sessions,
    get device() {
      return sessions.device;
    },
    changes: 0,
    nearby: new NearbyService({
      device: () => sessions.device,
      interfaces: () => interfaces(),
      isHidden,
      listener: sessions.listener,
      onChange: () => {
        made.changes += 1;
      },
      onSeen: () => undefined,
      log: silentLog,
    }),
  };
  afterwards(() => made.nearby.close());
  await made.nearby.setOn(true);
  return made;
}

/** A device in another process, once it is on the network. */
async function otherProcess(
  name: string,
  deviceId = newId(),
): Promise<{ child: ChildProcess; deviceId: string }> {
  const args = ['--import', 'tsx', CHILD, deviceId, name];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  afterwards(() => child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  return { child, deviceId };
}

const sees = ({ nearby }: Near, deviceId: string) =>
  nearby.state().devices.find((found) => found.device.deviceId === deviceId);

describe.skipIf(ownAddresses().length === 0)('devices on one network', () => {
  it('find each other by mDNS, under the names on their cards, and not themselves', async () => {
    const [anna, ben] = [await near(), await near()];
    const found = await vi.waitUntil(() => sees(anna, ben.device.deviceId), 5_000);
    expect(found).toMatchObject({ device: ben.device, isCompatible: true });
    expect(ownAddresses().map(({ address }) => address)).toContain(found.address);
    await expect.poll(() => sees(ben, anna.device.deviceId)).toBeDefined();
    expect(sees(anna, anna.device.deviceId)).toBeUndefined();
    expect(anna.nearby.state()).toMatchObject({ isOn: true, problems: [] });
    expect(anna.nearby.addressesOf(ben.device.deviceId)[0]?.host).toBe(found.address);
  });

  it.skipIf(!ownAddresses().some(({ address }) => isLinkLocal(address)))(
    'find each other where there is IPv6 alone',
    async () => {
      const onlyIPv6 = () => ownAddresses().filter(({ family }) => family === 'IPv6');
      const [anna, ben] = [await near(onlyIPv6), await near(onlyIPv6)];
      const found = await vi.waitUntil(() => sees(anna, ben.device.deviceId), 5_000);
      expect(isIPv6(found.address)).toBe(true);
    },
  );

  it('follow interfaces that come and go', async () => {
    let isThere = false;
    const [anna, ben] = [await near(() => (isThere ? ownAddresses() : [])), await near()];
    expect(anna.nearby.state()).toMatchObject({ problems: ['no-network'], interfaces: [] });
    isThere = true;
    await expect.poll(() => sees(anna, ben.device.deviceId), { timeout: 10_000 }).toBeDefined();
    expect(anna.nearby.state().problems).toEqual([]);
    isThere = false;
    await expect.poll(() => anna.nearby.state().problems, { timeout: 10_000 }).toContain('no-network');
  });

  it('leave the list at once when they say goodbye', async () => {
    const anna = await near();
    const { child, deviceId } = await otherProcess('leaver');
    await expect.poll(() => sees(anna, deviceId)).toBeDefined();
    child.kill('SIGTERM');
    await expect.poll(() => sees(anna, deviceId), { timeout: 3_000 }).toBeUndefined();
  });

  it(
    'leave the list within 15 s when they are killed, and are found again when they are back',
    async () => {
      const anna = await near();
      const { child, deviceId } = await otherProcess('victim');
      await expect.poll(() => sees(anna, deviceId)).toBeDefined();
      child.kill('SIGKILL');
      await once(child, 'exit');
      await expect.poll(() => sees(anna, deviceId), { timeout: GONE_MS }).toBeUndefined();
      await otherProcess('reborn', deviceId);
      await expect.poll(() => sees(anna, deviceId)?.device.name).toBe('reborn');
    },
    GONE_MS + 15_000,
  );

  it('stay in the list when somebody else says goodbye in their name', async () => {
    const [anna, ben] = [await near(), await near()];
    await expect.poll(() => sees(anna, ben.device.deviceId)).toBeDefined();
    const [own] = ownAddresses();
    const forger = await MdnsEndpoint.open(own!, { onSeen: () => undefined, onGoodbye: () => undefined });
    afterwards(() => {
      forger.close();
    });
    forger.announce({ device: ben.device, port: 9, addresses: [] });
    await forger.goodbye();
    const before = performance.now();
    // A goodbye is heard for a second before the record goes (RFC 6762 §10.1).
    while (performance.now() - before < 1_500) {
      expect(sees(anna, ben.device.deviceId)).toBeDefined();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  it('are not listed for an announcement alone', async () => {
    const anna = await near();
    const ben = await near();
    const [own] = ownAddresses();
    const ghost = { ...ben.device, deviceId: newId(), name: 'ghost' };
    const forger = await MdnsEndpoint.open(own!, { onSeen: () => undefined, onGoodbye: () => undefined });
    afterwards(() => {
      forger.close();
    });
    // Something answers at Ben's port, and under another id.
    const port = Number(ben.nearby.state().ownAddresses[0]?.split(':').at(-1));
    forger.announce({ device: ghost, port, addresses: [] });
    await expect.poll(() => sees(anna, ben.device.deviceId)).toBeDefined();
    // By then the ghost has been asked for its card as well.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(anna.nearby.addressesOf(ghost.deviceId)).toEqual([]);
    const named = anna.nearby.state().devices.filter(({ device }) => device.deviceId === ben.device.deviceId);
    expect(named).toHaveLength(1);
  });

  it('show a new name within one round of checks', async () => {
    const [anna, ben] = [await near(), await near()];
    await expect.poll(() => sees(anna, ben.device.deviceId)).toBeDefined();
    ben.sessions.name = 'Benjamin';
    ben.nearby.announce();
    await expect
      .poll(() => sees(anna, ben.device.deviceId)?.device.name, { timeout: 6_000 })
      .toBe('Benjamin');
  });

  it('leave every list when they hide, see others all the same, and come back', async () => {
    let isHidden = false;
    const [anna, ben] = [await near(), await near(ownAddresses, () => isHidden)];
    await expect.poll(() => sees(anna, ben.device.deviceId)).toBeDefined();
    await expect.poll(() => sees(ben, anna.device.deviceId)).toBeDefined();
    const heard: string[] = [];
    const [own] = ownAddresses();
    const onSeen = ({ deviceId }: { deviceId: string }) => heard.push(deviceId);
    isHidden = true;
    ben.sessions.requests = 'hidden';
    ben.nearby.announce();
    await expect.poll(() => sees(anna, ben.device.deviceId), { timeout: GONE_MS }).toBeUndefined();
    const observer = await MdnsEndpoint.open(own!, { onSeen, onGoodbye: () => undefined });
    afterwards(() => {
      observer.close();
    });
    observer.query();
    await expect.poll(() => heard).toContain(anna.device.deviceId);
    expect(heard).not.toContain(ben.device.deviceId);
    expect(sees(ben, anna.device.deviceId)).toBeDefined();
    isHidden = false;
    ben.sessions.requests = 'everyone';
    ben.nearby.announce();
    await expect.poll(() => sees(anna, ben.device.deviceId), { timeout: 10_000 }).toBeDefined();
  }, 40_000);

  it('listen to nobody and list nobody while nearby is off', async () => {
    const [anna, ben] = [await near(), await near()];
    await expect.poll(() => sees(anna, ben.device.deviceId)).toBeDefined();
    const [address] = ben.nearby.state().ownAddresses;
    await ben.nearby.setOn(false);
    expect(ben.nearby.state()).toEqual({
      isOn: false,
      devices: [],
      ownAddresses: [],
      interfaces: [],
      problems: ['off'],
    });
    await expect(fetch(`http://${address}/hither/device`)).rejects.toThrow();
    await expect.poll(() => sees(anna, ben.device.deviceId), { timeout: 3_000 }).toBeUndefined();
    await ben.nearby.setOn(true);
    await expect.poll(() => sees(anna, ben.device.deviceId)).toBeDefined();
    await expect.poll(() => sees(ben, anna.device.deviceId)).toBeDefined();
  });
});

describe('problems', () => {
  it('names a missing network and a port that can’t be had', async () => {
    const device: DeviceInfo = { deviceId: newId(), name: 'x', platform: 'linux', appVersion: '0.1.0' };
    const make = (start: () => Promise<number>) =>
      new NearbyService({
        device: () => device,
        listener: { start, stop: () => undefined },
        onChange: () => undefined,
        onSeen: () => undefined,
        log: silentLog,
        interfaces: () => [],
      });
    const alone = make(() => Promise.resolve(52_999));
    afterwards(() => alone.close());
    await alone.setOn(true);
    expect(alone.state().problems).toEqual(['no-network']);
    const blocked = make(() => Promise.reject(new Error('EADDRINUSE')));
    await blocked.setOn(true);
    expect(blocked.state().problems).toContain('port-taken');
  });
});
