/** What a relay can do that reads and rewrites everything: refuse service, and nothing else. */
import { describe, expect, it, vi } from 'vitest';
import { encodeRelayData, RELAY_HEADER_BYTES } from '../../src/shared/protocol/relay';
import { LINKS_FEATURE } from '../../src/shared/protocol/links';
import { offerSdp } from '../support/coreSession';
import { LyingRelay } from '../support/relay/LyingRelay';
import { relayedDevice, textOf, untilConnected, type RelayedDevice } from '../support/relay/RelayedDevice';
import { startRelay } from '../support/relay/startRelay';

async function twoBehind(relay: LyingRelay): Promise<[RelayedDevice, RelayedDevice]> {
  return [await relayedDevice('Anna Kim', relay.http), await relayedDevice('Ben Lee', relay.http)];
}

async function lyingRelay(): Promise<LyingRelay> {
  return LyingRelay.before((await startRelay()).url);
}

async function meet(anna: RelayedDevice, ben: RelayedDevice): Promise<string> {
  const { sessionId } = await ben.come(textOf(await anna.link()));
  await untilConnected(sessionId, anna, ben);
  return sessionId;
}

/** The texts that a device has got from the other one, in order. */
function heard(device: RelayedDevice): string[] {
  const texts = device.page
    .all('texts:changed')
    .flatMap((change) => JSON.stringify(change).match(/word \d+/g) ?? []);
  return [...new Set(texts)];
}

async function say(device: RelayedDevice, sessionId: string, from: number, count: number): Promise<string[]> {
  const words = Array.from({ length: count }, (_, index) => `word ${from + index}`);
  for (const text of words) await device.page.request('texts:send', { sessionId, text });
  return words;
}

describe('a relay that lies', () => {
  it('sees no name, id, key, address or SDP of a whole session', async () => {
    const relay = await lyingRelay();
    const [anna, ben] = await twoBehind(relay);
    const sessionId = await meet(anna, ben);
    await say(ben, sessionId, 0, 3);
    await ben.page.request('sessions:send', {
      sessionId,
      feature: LINKS_FEATURE,
      body: { type: 'signal', link: 1, signal: { type: 'offer', sdp: offerSdp } },
    });
    await vi.waitUntil(() => anna.page.all('sessions:message').length > 0);
    const states = [await anna.page.attach(), await ben.page.attach()];
    const all = Buffer.concat(relay.seen);
    expect(all.length).toBeGreaterThan(offerSdp.length);
    const secrets = states.flatMap(({ device, identityKey }) => [
      ...[device.name, device.deviceId, identityKey],
      ...[device.deviceId, identityKey].map((hex) => Buffer.from(hex, 'hex')),
    ]);
    for (const secret of [...secrets, sessionId, 'a=ice', 'fingerprint', '127.0.0.1', 'word 1', '0.1.0'])
      expect(all.includes(secret), String(secret)).toBe(false);
  });

  it('that drops, repeats or turns frames around costs time and no word', async () => {
    const relay = await lyingRelay();
    const [anna, ben] = await twoBehind(relay);
    const sessionId = await meet(anna, ben);
    let count = 0;
    let held: Buffer | null = null;
    relay.lie = ({ isBinary, isToClient, bytes }) => {
      if (!isBinary || !isToClient || bytes.length <= RELAY_HEADER_BYTES) return [bytes];
      count += 1;
      if (count % 7 === 3) return [];
      if (count % 7 === 4) return [bytes, bytes];
      if (count % 7 === 5) {
        held = bytes;
        return [];
      }
      const both = held === null ? [bytes] : [bytes, held];
      held = null;
      return both;
    };
    const words = await say(ben, sessionId, 0, 20);
    await vi.waitUntil(() => heard(anna).length >= 10, 10_000);
    relay.lie = ({ bytes }) => [bytes];
    await vi.waitUntil(() => heard(anna).length === words.length, 15_000);
    expect(heard(anna)).toEqual(words);
  }, 40_000);

  it('that rewrites what it carries is noticed, and gets nothing through', async () => {
    const relay = await lyingRelay();
    const [anna, ben] = await twoBehind(relay);
    const sessionId = await meet(anna, ben);
    // The door where they met is shut by then: what passes the mailbox is all there is.
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    let rewritten = 0;
    relay.lie = ({ isBinary, isToClient, bytes }) => {
      if (!isBinary || !isToClient || bytes.length < 100 || rewritten >= 3) return [bytes];
      rewritten += 1;
      const changed = Buffer.from(bytes);
      changed[60] = (changed[60] ?? 0) ^ 1;
      return [changed];
    };
    const words = await say(ben, sessionId, 0, 5);
    await vi.waitUntil(() => heard(anna).length === words.length, 15_000);
    expect(rewritten).toBe(3);
    expect(heard(anna)).toEqual(words);
  }, 30_000);

  it('that says that somebody is there who is not, or floods, or sends 100 MB, holds up nobody else', async () => {
    const relay = await lyingRelay();
    const [anna, ben] = await twoBehind(relay);
    const sessionId = await meet(anna, ben);
    const before = relay.connections;
    const epoch = 'ab'.repeat(16);
    const claim = Buffer.from(JSON.stringify({ type: 'peer', isPresent: true, epoch }));
    for (let client = 0; client < before; client++) {
      for (let n = 0; n < 3; n++) relay.say(client, claim, false);
      relay.say(client, Buffer.alloc(100_000_000), true);
    }
    await vi.waitUntil(() => relay.connections > before, 10_000);
    const flood = encodeRelayData(7, 1, new Uint8Array(10));
    for (let n = 0; n < 20_000; n++) relay.say(relay.connections - 1, Buffer.from(flood), true);
    const words = await say(ben, sessionId, 0, 5);
    await vi.waitUntil(() => heard(anna).length === words.length, 20_000);
    expect(heard(anna)).toEqual(words);
  }, 40_000);

  it('that answers in the inviter’s place, or leads to another mailbox, gets no session', async () => {
    const relay = await lyingRelay();
    const [anna, ben] = await twoBehind(relay);
    const invite = textOf(await anna.link());
    relay.lie = ({ isBinary, isToClient, bytes }) => {
      if (isBinary || !isToClient || !bytes.includes('"joined"')) return [bytes];
      return [Buffer.from(bytes.toString().replace(/"mailbox":"[0-9a-f]{2}/, '"mailbox":"00'))];
    };
    await expect(ben.come(invite)).rejects.toMatchObject({ code: 'not-a-relay' });
    relay.lie = ({ bytes }) => [bytes];
    // Without the secret its own welcome opens for nobody.
    relay.lie = ({ isBinary, isToClient, bytes }) => {
      const at = isBinary && isToClient ? bytes.indexOf('"type":"welcome"') : -1;
      if (at < 0) return [bytes];
      return [
        Buffer.from(
          bytes.toString('latin1').replace(/"ephemeral":"[0-9a-f]{8}/, '"ephemeral":"00000000'),
          'latin1',
        ),
      ];
    };
    await expect(ben.come(invite)).rejects.toMatchObject({
      code: expect.stringMatching(/tampered|connection-lost/) as string,
    });
    expect(anna.page.all('sessions:changed')).toEqual([]);
    relay.lie = ({ bytes }) => [bytes];
    const { sessionId } = await ben.come(invite);
    await untilConnected(sessionId, anna, ben);
  }, 30_000);
});
