import { describe, expect, it, vi } from 'vitest';
import type { BackendPorts } from '../../src/backend/BackendPorts';
import type { LaneOffer } from '../../src/shared/protocol/transfer';
import { CuttableRelay } from '../support/lan/CuttableRelay';
import { ALL_RIGHTS } from '../../src/shared/protocol/rights';
import { afterwards, end } from '../support/lan/opened';
import { newId } from '../support/lan/SessionEnd';
import { relayedDevice, textOf, untilConnected, type RelayedDevice } from '../support/relay/RelayedDevice';
import { type StartedRelay, startRelay } from '../support/relay/startRelay';

/** Has two devices trust each other, and ends the session that they did it in. */
async function befriend(anna: RelayedDevice, ben: RelayedDevice): Promise<void> {
  const { sessionId } = await ben.page.request('sessions:connect', {
    sessionId: newId(),
    target: { kind: 'address', address: anna.address },
  });
  await anna.page.untilPhase(sessionId, 'asked');
  await anna.page.request('sessions:accept', { sessionId });
  for (const device of [anna, ben]) {
    await device.page.untilPhase(sessionId, 'verifying');
    await device.page.request('sessions:verify', { sessionId, trust: true });
  }
  await untilConnected(sessionId, anna, ben);
  await ben.page.request('sessions:end', { sessionId, reason: 'left' });
  await vi.waitUntil(() => anna.page.all('sessions:ended').length > 0);
}

/** Lanes of a device that says where it listens, and notes what it is told of others. */
function listeningLanes(address: string, heard: LaneOffer[]): Partial<BackendPorts> {
  return {
    createLaneConnector: (user) => {
      const offer = (): void =>
        user.send({
          type: 'lane-offer',
          fingerprint: 'ab'.repeat(32),
          token: 'cd'.repeat(32),
          addresses: [address],
          port: 4711,
        });
      return {
        sessionOpened: offer,
        cameNear: offer,
        sessionClosed: () => undefined,
        listeningChanged: () => undefined,
        handleOffer: (told) => heard.push(told),
      };
    },
  };
}

async function friends(annas: Partial<BackendPorts> = {}, bens: Partial<BackendPorts> = {}) {
  const relay = await startRelay();
  const anna = await relayedDevice('Anna', relay.http, annas);
  const ben = await relayedDevice('Ben', relay.http, bens);
  await befriend(anna, ben);
  return { relay, anna, ben };
}

/** Sockets of members at a relay. */
async function membersOf({ http }: StartedRelay): Promise<number> {
  const metrics = await (await fetch(`${http}/metrics`)).text();
  return Number(/^hither_relay_members (\d+)$/m.exec(metrics)?.[1]);
}

const idOf = async (device: RelayedDevice): Promise<string> => (await device.page.attach()).device.deviceId;
const reachable = (device: RelayedDevice): string[] =>
  device.page.all('away:changed').at(-1)?.reachable ?? [];
const setReachable = async (device: RelayedDevice, isOn: boolean): Promise<unknown> =>
  device.page.request('settings:update', { reachable: isOn });

describe('two devices that trust each other', () => {
  it('find each other at a relay while both want that, and connect by a click', async () => {
    const { anna, ben } = await friends();
    const [annaId, benId] = [await idOf(anna), await idOf(ben)];
    await setReachable(anna, true);
    expect(reachable(ben)).toEqual([]);
    await setReachable(ben, true);
    await vi.waitUntil(() => reachable(anna).includes(benId) && reachable(ben).includes(annaId));
    // Where it was on the network is nobody any more.
    await anna.page.request('settings:update', { nearby: false });
    const { sessionId } = await ben.page.request('sessions:connect', {
      sessionId: newId(),
      target: { kind: 'device', deviceId: annaId },
    });
    await anna.page.untilPhase(sessionId, 'asked');
    await anna.page.request('sessions:accept', { sessionId });
    await untilConnected(sessionId, anna, ben);
    expect(anna.view(sessionId)).toMatchObject({ route: { kind: 'relay' }, trust: { state: 'trusted' } });
    await setReachable(anna, false);
    await vi.waitUntil(() => reachable(ben).length === 0);
    expect(anna.view(sessionId)?.phase).toBe('connected');
  });

  it('may have met by an invite, where each has chosen to trust the other, one after the other', async () => {
    const { http } = await startRelay();
    const [anna, ben] = [await relayedDevice('Anna', http), await relayedDevice('Ben', http)];
    for (const device of [anna, ben]) await setReachable(device, true);
    const { sessionId } = await ben.come(textOf(await anna.link()));
    await untilConnected(sessionId, anna, ben);
    await anna.page.request('sessions:trust', { sessionId });
    expect(anna.view(sessionId)?.trust.state).toBe('trusted');
    // Her device says at once where it can be found; his listens once he trusts it.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect([...reachable(anna), ...reachable(ben)]).toEqual([]);
    await ben.page.request('sessions:trust', { sessionId });
    const [annaId, benId] = [await idOf(anna), await idOf(ben)];
    await vi.waitUntil(() => reachable(anna).includes(benId) && reachable(ben).includes(annaId));
    await ben.page.request('sessions:end', { sessionId, reason: 'left' });
    await vi.waitUntil(() => anna.page.all('sessions:ended').length > 0);
    const again = await ben.page.request('sessions:connect', {
      sessionId: newId(),
      target: { kind: 'device', deviceId: annaId },
    });
    await anna.page.untilPhase(again.sessionId, 'asked');
    await anna.page.request('sessions:accept', { sessionId: again.sessionId });
    await untilConnected(again.sessionId, anna, ben);
    expect(ben.view(again.sessionId)).toMatchObject({ trust: { state: 'trusted' }, proof: 'code' });
  });

  it('are told when their relay is gone, and that it is back', async () => {
    const { relay, anna, ben } = await friends();
    for (const device of [anna, ben]) await setReachable(device, true);
    const benId = await idOf(ben);
    await vi.waitUntil(() => reachable(anna).includes(benId));
    const trouble = () => anna.page.all('away:changed').at(-1)?.trouble?.code ?? null;
    expect(trouble()).toBeNull();
    await relay.relay.close();
    await vi.waitUntil(() => trouble() === 'relay-unreachable', 15_000);
    expect((await anna.page.attach()).away.trouble?.code).toBe('relay-unreachable');
    await startRelay({ port: relay.port });
    await vi.waitUntil(() => trouble() === null && reachable(anna).includes(benId), 25_000);
  }, 60_000);

  it('go on over the relay when their network is gone, and come back to it', async () => {
    const heard: LaneOffer[] = [];
    const { anna, ben, relay } = await friends(
      listeningLanes('192.0.2.7', []),
      listeningLanes('192.0.2.8', heard),
    );
    for (const device of [anna, ben]) await setReachable(device, true);
    const annaId = await idOf(anna);
    await vi.waitUntil(() => reachable(ben).includes(annaId));
    const waiting = await membersOf(relay);
    const lan = await CuttableRelay.before(Number(anna.address.split(':').at(-1)));
    afterwards(() => lan.close());
    const { sessionId } = await ben.page.request('sessions:connect', {
      sessionId: newId(),
      target: { kind: 'address', address: `127.0.0.1:${lan.port}` },
    });
    await anna.page.untilPhase(sessionId, 'asked');
    await anna.page.request('sessions:accept', { sessionId });
    await untilConnected(sessionId, anna, ben);
    expect(ben.view(sessionId)?.route.kind).toBe('lan');
    await vi.waitUntil(() => heard.length > 0);
    // Until both are in the session's mailbox there is no other way.
    await vi.waitUntil(async () => (await membersOf(relay)) >= waiting + 2, 5_000);
    expect(heard.at(-1)?.addresses).toEqual(['192.0.2.7']);
    lan.cut();
    await vi.waitUntil(() => ben.view(sessionId)?.route.kind === 'relay', 8_000);
    await ben.page.request('texts:send', { sessionId, text: 'from afar' });
    await vi.waitUntil(() => JSON.stringify(anna.page.all('texts:changed')).includes('from afar'));
    expect(heard).toHaveLength(2);
    lan.mend();
    await vi.waitUntil(() => ben.view(sessionId)?.route.kind === 'lan', 12_000);
    // An offer that led nowhere over the relay is made again.
    await vi.waitUntil(() => heard.length === 3);
    expect(heard.at(-1)?.addresses).toEqual(['192.0.2.7']);
    for (const device of [anna, ben]) expect(device.page.all('sessions:ended')).toHaveLength(1);
  }, 30_000);
});

it('who comes by an invite is not told where a device is on its own network', async () => {
  const { http } = await startRelay();
  const heard: LaneOffer[] = [];
  const anna = await relayedDevice('Anna', http, listeningLanes('192.0.2.7', []));
  const ben = await relayedDevice('Ben', null, listeningLanes('192.0.2.8', heard));
  const invite = await anna.link();
  const { sessionId } = await ben.come(textOf(invite));
  await untilConnected(sessionId, anna, ben);
  await vi.waitUntil(() => heard.length > 0);
  expect(heard).toMatchObject([{ addresses: [], port: 0 }]);
});

it('the door of one trusted device lets in no other key', async () => {
  const [anna, ben] = [await end(), await end()];
  const answer = anna.service.answer.bind(anna.service);
  let peerKey = 'ab'.repeat(32);
  anna.service.answer = (caller) => {
    const grant = { relayUrl: 'https://relay.example', proof: 'code', rights: ALL_RIGHTS } as const;
    answer({
      ...caller,
      grant: {
        ...grant,
        peerKey,
        isInvited: false,
        mayBegin: () => true,
        refusal: () => null,
        used: () => undefined,
      },
    });
  };
  await expect(ben.connect(anna.address)).rejects.toMatchObject({ code: 'not-taking' });
  peerKey = ben.identity.publicKey;
  expect((await ben.connect(anna.address)).phase).toBe('asking');
});
