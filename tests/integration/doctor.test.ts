/** The doctor on this machine's real network: it hears itself, finds another device, and has it dial back. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { NearbyService } from '../../src/main/node/discovery/NearbyService';
import { askInternet } from '../../src/main/node/doctor/askInternet';
import { NodeProbes } from '../../src/main/node/doctor/NodeProbes';
import { visit, visitAddress } from '../../src/main/node/doctor/visit';
import { ownAddresses } from '../../src/main/node/net/networkInterfaces';
import { LAN_REACH_PATH, ReachAnswer } from '../../src/shared/protocol/lan';
import { afterwards, trustStore } from '../support/lan/opened';
import { newId, SessionEnd } from '../support/lan/SessionEnd';
import { silentLog } from '../support/lan/silentLog';
import { startRelay } from '../support/relay/startRelay';
import { CREDENTIALS, FakeTurnServer } from '../support/turn/FakeTurnServer';

const LISTEN = { ownId: null, mayLookAround: true, address: null, internet: null };

/** A device of this process that is on the network, and answers doctors. */
async function near(isHidden = false): Promise<SessionEnd> {
  const end = new SessionEnd(await trustStore());
  if (isHidden) end.requests = 'hidden';
  const nearby = new NearbyService({
    device: () => end.device,
    listener: end.listener,
    onChange: () => undefined,
    onSeen: () => undefined,
    log: silentLog,
  });
  end.reachBack = (address) => nearby.reachBack(address);
  afterwards(() => nearby.close());
  await nearby.setOn(true);
  return end;
}

async function askReach(port: number, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${LAN_REACH_PATH}`, { headers });
}

describe.skipIf(ownAddresses().length === 0)('on this network', () => {
  it('hears itself on every interface, and two devices that reach it', async () => {
    const [a, b] = [await near(), await near()];
    const { devices, interfaces, multicast } = await new NodeProbes().measure({
      ...LISTEN,
      ownId: a.device.deviceId,
    });
    expect(interfaces.length).toBeGreaterThan(0);
    expect(multicast.some(({ isHeard }) => isHeard)).toBe(true);
    const found = devices.find(({ deviceId }) => deviceId === b.device.deviceId);
    expect(found).toMatchObject({
      answer: 'card',
      name: b.device.name,
      wayBack: { isReached: true, isSeen: true },
    });
    expect(devices.map(({ deviceId }) => deviceId)).not.toContain(a.device.deviceId);
  });

  it('asks nobody while it may not look around', async () => {
    await near();
    const { devices, internet, multicast } = await new NodeProbes().measure({
      ...LISTEN,
      mayLookAround: false,
    });
    expect({ devices, internet, multicast }).toEqual({ devices: [], internet: null, multicast: [] });
  });
});

describe('a device that is asked to dial back', () => {
  it('dials nobody who has not announced himself', async () => {
    const end = new SessionEnd(await trustStore());
    const asked: string[] = [];
    end.reachBack = (address) => {
      asked.push(address);
      return Promise.resolve({ isSeen: false, isReached: false });
    };
    const port = await end.listener.start();
    afterwards(() => end.close());
    expect(ReachAnswer.parse(await (await askReach(port)).json())).toEqual({
      isSeen: false,
      isReached: false,
    });
    // Its own address alone, whatever it says of others.
    expect(asked).toEqual(['127.0.0.1']);
    expect((await askReach(port, { origin: 'http://example.org' })).status).toBe(404);
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await askReach(port)).status);
    expect(statuses).toContain(429);
    expect(asked.length).toBeLessThanOrEqual(4);
    end.requests = 'hidden';
    expect((await askReach(port)).status).toBe(404);
  });
});

describe('a device that announced itself', () => {
  const heard = (port: number) => ({
    deviceId: newId(),
    name: 'x',
    addresses: [{ host: '127.0.0.1', port }],
  });

  it('is told from nobody and from somebody else', async () => {
    expect(await visit(heard(9))).toMatchObject({ answer: 'silent', word: 'ECONNREFUSED', wayBack: null });
    const other = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    afterwards(() => other.close());
    expect(await visit(heard((other.address() as AddressInfo).port))).toMatchObject({ answer: 'other' });
  });
});

describe('an address that a person typed', () => {
  const at = (port: number) => visitAddress({ host: '127.0.0.1', port });

  it('has Hither, nobody, or another program, of the web or not', async () => {
    const end = new SessionEnd(await trustStore());
    const port = await end.listener.start();
    afterwards(() => end.close());
    const { deviceId, name } = end.device;
    expect(await at(port)).toEqual({
      ...{ address: `127.0.0.1:${port}`, answer: 'card', word: null },
      device: expect.objectContaining({ deviceId, name }) as unknown,
    });
    expect(await at(9)).toMatchObject({ answer: 'silent', word: 'ECONNREFUSED', device: null });
    const web = createServer((_, response) => response.end('hello')).listen(0, '127.0.0.1');
    const shell = createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')).listen(0, '127.0.0.1');
    const hangUp = createTcpServer((socket) => socket.destroy()).listen(0, '127.0.0.1');
    for (const other of [web, shell, hangUp]) {
      if (!other.listening) await once(other, 'listening');
      afterwards(() => other.close());
      expect(await at((other.address() as AddressInfo).port)).toMatchObject({ answer: 'other' });
    }
  });

  it('is read as people type it, and refused where it is none', async () => {
    const probes = new NodeProbes(() => []);
    const { address } = await probes.measure({ ...LISTEN, mayLookAround: false, address: '127.0.0.1:9' });
    expect(address).toMatchObject({ address: '127.0.0.1:9', answer: 'silent' });
    await expect(probes.measure({ ...LISTEN, address: 'no/address' })).rejects.toThrow('bad-address');
  });
});

describe('the internet', () => {
  it('is the relay and the servers that are set', async () => {
    const [one, two] = [await FakeTurnServer.start(), await FakeTurnServer.start()];
    const relay = await startRelay({}, () => Date.now() - 120_000);
    const urls = [one, two].map(({ address }) => `turn:127.0.0.1:${address.port}`);
    const found = await askInternet({
      relayUrl: relay.http,
      iceServers: [
        { urls, ...CREDENTIALS },
        { urls: ['turn:127.0.0.1:9'], ...CREDENTIALS },
      ],
    });
    expect(found.relay).toEqual({ trouble: null, clockAheadS: -120 });
    expect(found.turn.map(({ word }) => word)).toEqual([null, null, 'unreachable ECONNREFUSED']);
    expect(found.turn[0]?.roundTripMs).toBeLessThan(1_000);
    const [first, second] = found.stun;
    expect(first?.mapped).toBe(first?.local);
    expect(second?.mapped).toBe(first?.mapped);
  });

  it('asks a few of the TURN servers that a relay names, and no longer than a while, whether they answer or not', async () => {
    const silent = createTcpServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    afterwards(() => void silent.close());
    const url = `turn:127.0.0.1:${String((silent.address() as AddressInfo).port)}?transport=tcp`;
    const server = { urls: Array<string>(8).fill(url), ...CREDENTIALS };
    const way = { relayUrl: null, iceServers: Array<typeof server>(8).fill(server) };
    const asked = async (stepMs: number, allMs: number) => (await askInternet(way, { stepMs, allMs })).turn;
    expect(await asked(50, 10_000)).toHaveLength(6);
    expect((await asked(10_000, 200)).map(({ word }) => word)).toEqual([expect.any(String)]);
  });

  it('tells why there is no relay', async () => {
    const found = await askInternet({ relayUrl: 'http://127.0.0.1:9', iceServers: [] });
    expect(found).toEqual({ relay: { trouble: 'address-unreachable', clockAheadS: 0 }, stun: [], turn: [] });
  });
});
