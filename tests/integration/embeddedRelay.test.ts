import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { get, type IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { AppBackend } from '../../src/backend/createBackend';
import type { CreateEmbeddedRelay } from '../../src/backend/ports';
import { createNodeBackend } from '../../src/main/node/createNodeBackend';
import type { OwnAddress } from '../../src/main/node/net/networkInterfaces';
import { NodeEmbeddedRelay } from '../../src/main/node/relay/NodeEmbeddedRelay';
import { createEmbeddedRelay } from '../../src/relay/createEmbeddedRelay';
import { mappedAddresses } from '../../src/relay/turn/mappedAddresses';
import type { EmbeddedRelayState } from '../../src/shared/contract/embeddedRelay';
import { MAX_RELAY_FRAME_BYTES } from '../../src/shared/protocol/relay';
import { ALL_RIGHTS } from '../../src/shared/protocol/rights';
import { relaySocketUrl } from '../../src/shared/protocol/relayUrl';
import { FakeLog } from '../support/FakeLog';
import { HubPage } from '../support/lan/HubPage';
import { afterwards } from '../support/lan/opened';
import { silentLog } from '../support/lan/silentLog';
import { randomHex, RelayClient } from '../support/relay/RelayClient';
import { relayedDevice, type RelayedDevice, textOf, untilConnected } from '../support/relay/RelayedDevice';

const at = (address: string): OwnAddress => ({
  ...{ name: 'eth0', family: 'IPv4', address, prefixLength: 8, zone: 'eth0' },
});

/** The real relay, on a machine that has these addresses. */
const relayOn =
  (hosts: () => string[]): CreateEmbeddedRelay =>
  (onPlace) =>
    new NodeEmbeddedRelay({ onPlace, log: silentLog, interfaces: () => hosts().map(at) });

/** A device that no relay is set on and that may run one; this machine's own address is all that its network has. */
async function deviceWithRelay(name = 'Anna'): Promise<{ device: RelayedDevice; hosts: string[] }> {
  const hosts = ['127.0.0.1'];
  const device = await relayedDevice(name, null, { createEmbeddedRelay: relayOn(() => hosts) });
  return { device, hosts };
}

type On = Extract<EmbeddedRelayState, { phase: 'on' }>;

const stateOf = ({ page }: RelayedDevice): EmbeddedRelayState | undefined =>
  page.all('embeddedRelay:changed').at(-1);

/** Turns the relay on and waits until it is. */
async function turnOn(device: RelayedDevice, port = 0): Promise<On> {
  await device.page.request('settings:update', { embeddedRelay: true, embeddedRelayPort: port });
  return vi.waitUntil(
    () => {
      const state = stateOf(device);
      return state?.phase === 'on' && state;
    },
    { timeout: 5_000, interval: 10 },
  );
}

async function turnOff(device: RelayedDevice): Promise<void> {
  await device.page.request('settings:update', { embeddedRelay: false });
  await vi.waitUntil(() => stateOf(device)?.phase === 'off', { timeout: 5_000, interval: 10 });
}

/** A program of somebody else's on a port of all addresses. */
async function occupy(port = 0): Promise<number> {
  const server: Server = createServer().listen(port);
  await once(server, 'listening');
  afterwards(() => server.close());
  return (server.address() as { port: number }).port;
}

describe('a relay in the app', () => {
  it('is off at first, and gives no invites', async () => {
    const { device } = await deviceWithRelay();
    expect((await device.page.attach()).embeddedRelay).toEqual({ phase: 'off' });
    await expect(device.link()).rejects.toMatchObject({ code: 'no-relay' });
  });

  it('brings two devices together by an invite, with no other relay set anywhere', async () => {
    const { device: anna } = await deviceWithRelay();
    const ben = await relayedDevice('Ben', null);
    const { port, urls } = await turnOn(anna);
    expect(urls).toEqual([`http://127.0.0.1:${port}`]);
    const invite = await anna.link();
    expect(textOf(invite)).toContain(`http://127.0.0.1:${port}/#`);
    const { sessionId } = await ben.come(textOf(invite));
    await untilConnected(sessionId, anna, ben);
    expect(ben.view(sessionId)).toMatchObject({ proof: 'invite', route: { kind: 'relay', address: null } });
    await ben.page.request('texts:send', { sessionId, text: '같은 네트워크에서' });
    await vi.waitUntil(() => JSON.stringify(anna.page.all('texts:changed')).includes('같은 네트워크에서'));
  });

  it('takes codes of whoever enters its address', async () => {
    const { device: anna } = await deviceWithRelay();
    const { urls } = await turnOn(anna);
    const ben = await relayedDevice('Ben', urls[0]!);
    for (const [from, to] of [
      [anna, ben],
      [ben, anna],
    ] as const) {
      const code = await from.page.request('invites:createCode', { rights: ALL_RIGHTS, language: 'en' });
      const { sessionId } = await to.come(textOf(code));
      await untilConnected(sessionId, from, to);
      await to.page.request('sessions:end', { sessionId, reason: 'left' });
      await vi.waitUntil(() => from.page.all('sessions:ended').some((end) => end.sessionId === sessionId));
    }
  });

  it('gives way to the relay that was set', async () => {
    const { device } = await deviceWithRelay();
    await turnOn(device);
    await device.page.request('settings:update', { relayUrl: 'https://relay.example.org' });
    expect(textOf(await device.link())).toContain('https://relay.example.org/#');
  });

  it('follows this machine’s addresses, in what is shown and in the invites from then on', async () => {
    const { device, hosts } = await deviceWithRelay();
    const { port } = await turnOn(device);
    hosts.unshift('127.0.0.2');
    await vi.waitUntil(() => (stateOf(device) as On).urls.length === 2, { timeout: 5_000 });
    expect((await device.page.attach()).embeddedRelay).toEqual({
      ...{ phase: 'on', port },
      urls: [`http://127.0.0.2:${port}`, `http://127.0.0.1:${port}`],
    });
    expect(textOf(await device.link())).toContain(`http://127.0.0.2:${port}/#`);
    hosts.length = 0;
    await vi.waitUntil(() => (stateOf(device) as On).urls.length === 0, { timeout: 5_000 });
    await expect(device.link()).rejects.toMatchObject({ code: 'no-relay' });
  });

  it('names an address that this machine gave itself where there is no other, and one that needs a zone never', async () => {
    const { device, hosts } = await deviceWithRelay();
    const { port } = await turnOn(device);
    const leadsTo = (...urls: string[]) =>
      vi.waitUntil(() => JSON.stringify((stateOf(device) as On).urls) === JSON.stringify(urls), 5_000);
    hosts.splice(0, 1, '169.254.3.4', 'fe80::1');
    await leadsTo(`http://169.254.3.4:${port}`);
    hosts.push('127.0.0.1');
    await leadsTo(`http://127.0.0.1:${port}`);
  });

  it('has invites look for it as soon as it is there again', async () => {
    const { device } = await deviceWithRelay();
    const { port } = await turnOn(device);
    await device.link();
    const trouble = () => device.page.all('invites:changed').at(-1)?.invites[0]?.trouble;
    await turnOff(device);
    await vi.waitUntil(() => trouble() !== null, 5_000);
    // The tries are seconds apart by then.
    await new Promise((resolve) => setTimeout(resolve, 4_500));
    await turnOn(device, port);
    await vi.waitUntil(() => trouble() === null, { timeout: 700, interval: 10 });
  });

  it('logs where its STUN is, which is another port where its own is taken', async () => {
    const [taken, log] = [createSocket('udp6'), new FakeLog()];
    taken.bind(0);
    await once(taken, 'listening');
    const { port } = taken.address();
    const relay = createEmbeddedRelay(port, log);
    await relay.start();
    const { stunPort } = log.lines.find(([, , facts]) => facts?.['to'] === 'listening')?.[2] ?? {};
    expect(stunPort).not.toBe(port);
    const { local, mapped } = await mappedAddresses(
      [{ host: '127.0.0.1', port: stunPort as number }],
      AbortSignal.timeout(5_000),
    );
    expect(mapped).toEqual([local]);
    await relay.close();
    taken.close();
  });

  it('says that a port is taken, and runs on another one', async () => {
    const { device } = await deviceWithRelay();
    const port = await occupy();
    await device.page.request('settings:update', { embeddedRelay: true, embeddedRelayPort: port });
    await vi.waitUntil(() => stateOf(device)?.phase === 'failed', 5_000);
    expect(stateOf(device)).toEqual({
      phase: 'failed',
      failure: { code: 'port-taken', facts: { port } },
    });
    await turnOn(device);
  });

  it('tells who is connected when it is turned off, closes, and frees its port', async () => {
    const { device } = await deviceWithRelay();
    const { port, urls } = await turnOn(device);
    const stranger = new RelayClient();
    await stranger.open(relaySocketUrl(urls[0]!), { type: 'join', mailbox: randomHex(32) });
    await turnOff(device);
    expect(stranger.messages.map(({ type }) => type)).toContain('draining');
    await vi.waitUntil(() => stranger.closedWith !== null, 2_000);
    expect(stranger.closedWith).toBe('draining');
    await expect(new RelayClient().connect(relaySocketUrl(urls[0]!))).rejects.toThrow('ECONNREFUSED');
    expect(await occupy(port)).toBe(port);
  });

  it('goes with the app, and is there again with it, so that open invites still lead somewhere', async () => {
    const profileDir = await mkdtemp(join(tmpdir(), 'hither-embedded-'));
    afterwards(() => rm(profileDir, { recursive: true, force: true }));
    const start = async (): Promise<{ backend: AppBackend; page: HubPage; close: () => Promise<void> }> => {
      const backend = await createNodeBackend({
        ...{ profileDir, downloadsDir: profileDir, appVersion: '0.1.0', log: silentLog },
        shell: { runtime: 'headless' },
        ports: { createEmbeddedRelay: relayOn(() => ['127.0.0.1']) },
      });
      let isClosed = false;
      const close = async () => {
        if (!isClosed) await backend.close();
        isClosed = true;
      };
      afterwards(close);
      await backend.start();
      return { backend, page: await HubPage.open(backend), close };
    };
    const first = await start();
    await first.page.request('settings:update', { embeddedRelay: true, embeddedRelayPort: 0 });
    const { port } = (await first.backend.openEmbeddedRelay()) as On;
    // It has to be the same one the next time.
    await first.page.request('settings:update', { embeddedRelayPort: port });
    const { urls } = (await first.backend.openEmbeddedRelay()) as On;
    const args = { rights: ALL_RIGHTS, isSingleUse: true, minutes: 60 };
    const invite = await first.page.request('invites:createLink', args);
    await first.close();
    await expect(new RelayClient().connect(relaySocketUrl(urls[0]!))).rejects.toThrow('ECONNREFUSED');

    const again = await start();
    expect((await again.page.attach()).embeddedRelay).toEqual({ phase: 'on', port, urls });
    const ben = await relayedDevice('Ben', null);
    const { sessionId } = await ben.come(textOf(invite));
    await untilConnected(sessionId, ben);
  });

  it('tells members where they may ask for their own address, and answers there', async () => {
    const { device } = await deviceWithRelay();
    const { urls } = await turnOn(device);
    const client = new RelayClient();
    await client.open(relaySocketUrl(urls[0]!), { type: 'join', mailbox: randomHex(32) });
    client.say({ type: 'ice' });
    const ice = await vi.waitUntil(() => client.messages.find((message) => message.type === 'ice'), 2_000);
    // Where some other program has the port by UDP, it is another one.
    const port = Number(/^stun:127\.0\.0\.1:(\d+)$/.exec(ice.servers[0]?.urls[0] ?? '')?.[1]);
    const { local, mapped } = await mappedAddresses(
      [{ host: '127.0.0.1', port }],
      AbortSignal.timeout(5_000),
    );
    expect(mapped).toEqual([local]);
    await turnOff(device);
    const later = await mappedAddresses([{ host: '127.0.0.1', port }], AbortSignal.timeout(800));
    expect(later.mapped).toEqual([null]);
  });

  it('has the bounds of a relay of its own, and neither metrics nor pages', async () => {
    const { device } = await deviceWithRelay();
    const { urls } = await turnOn(device);
    const [url = ''] = urls;
    const client = new RelayClient();
    const { limits } = await client.open(relaySocketUrl(url), { type: 'join', mailbox: randomHex(32) });
    expect(limits.frameBytes).toBe(MAX_RELAY_FRAME_BYTES);
    client.socket.send(Buffer.alloc(MAX_RELAY_FRAME_BYTES + 1));
    await vi.waitUntil(() => client.closedWith !== null, 2_000);
    const statuses = await Promise.all(
      ['/metrics', '/healthz'].map(async (path) => (await fetch(`${url}${path}`)).status),
    );
    expect(statuses).toEqual([404, 200]);
    const page = new RelayClient({ headers: { origin: url } });
    await expect(page.connect(relaySocketUrl(url))).rejects.toThrow('403');
    // The burst that one address has, whatever else comes from it.
    const upgrades = await Promise.allSettled(
      Array.from({ length: 400 }, () => new RelayClient().connect(relaySocketUrl(url))),
    );
    expect(upgrades.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(50);
  });
});

it('a relay in an app answers nobody who calls it by a name of the internet, as a website that was made to lead to it would', async () => {
  const relay = createEmbeddedRelay(0, new FakeLog());
  const port = await relay.start();
  afterwards(() => relay.close());
  const statusOf = async (path: string, host: string): Promise<number | undefined> => {
    const [response] = (await once(
      get({
        ...{ host: '127.0.0.1', port, path, agent: false },
        headers: { host: `${host}:${String(port)}` },
      }),
      'response',
    )) as [IncomingMessage];
    response.resume();
    return response.statusCode;
  };
  for (const path of ['/hither/about', '/healthz', '/readyz']) {
    expect(await statusOf(path, 'rebind.example')).toBe(404);
    for (const host of ['127.0.0.1', '[2001:db8::1]', '8.8.8.8', 'box.local', 'box'])
      expect([host, await statusOf(path, host)]).toEqual([host, 200]);
  }
});
