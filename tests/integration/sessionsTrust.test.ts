import { describe, expect, it, vi } from 'vitest';
import { signRebind } from '../../src/shared/identity/rebind';
import { CuttableRelay } from '../support/lan/CuttableRelay';
import { newFingerprint, newIdentity } from '../support/lan/identities';
import { afterwards, end } from '../support/lan/opened';
import { RawDialer } from '../support/lan/RawDialer';
import { newId, pair, type SessionEnd } from '../support/lan/SessionEnd';

/** Both trust each other, and no session is left. */
async function friends(anna: SessionEnd, ben: SessionEnd, via = ben.address): Promise<void> {
  const sessionId = await pair(anna, ben, via);
  await Promise.all([anna.pin(sessionId), ben.pin(sessionId)]);
  anna.leave(sessionId);
  await expect.poll(() => ben.view(sessionId)).toBeUndefined();
}

describe('trust', () => {
  it('lets two who dial each other’s address at once end in one session, whoever is first', async () => {
    const [anna, ben] = [await end(), await end()];
    await friends(anna, ben);
    for (const [one, other] of [
      [anna, ben],
      [ben, anna],
    ] as const)
      await one.trust.update(other.own.deviceId, {
        permissions: { connect: 'allow', sendFiles: 'ask', viewScreen: 'ask' },
      });
    for (let round = 0; round < 5; round++) {
      await Promise.allSettled([anna.connect(ben.address), ben.connect(anna.address)]);
      await expect
        .poll(() => [anna, ben].map(({ service }) => service.views().map(({ phase }) => phase)))
        .toEqual([['connected'], ['connected']]);
      const [sessionId = ''] = anna.service.views().map((view) => view.sessionId);
      expect(ben.view(sessionId)).toBeDefined();
      anna.leave(sessionId);
      await expect.poll(() => ben.service.views()).toEqual([]);
    }
  });

  it('shows the same code to both, and a device that nobody knows as unknown', async () => {
    const [anna, ben] = [await end(), await end()];
    const session = await anna.connect(ben.address);
    const incoming = await ben.until('sessions:changed');
    expect(session.code).toEqual(incoming.code);
    expect(session).toMatchObject({ peerKey: ben.own.identityKey, peerFingerprint: ben.own.fingerprint });
    expect(incoming).toMatchObject({ peerKey: anna.own.identityKey, peerFingerprint: anna.own.fingerprint });
    for (const each of [session, incoming])
      expect(each).toMatchObject({ trust: { state: 'unknown' }, isVerified: false, isPeerVerified: false });
    const again = await (await end()).connect(ben.address);
    expect(again.code).not.toEqual(session.code);
  });

  it('is not given before the code was compared', async () => {
    const [anna, ben] = [await end(), await end()];
    const { sessionId } = await anna.connect(ben.address);
    await anna.verifyAndTrust(sessionId);
    expect(anna.view(sessionId)?.isVerified).toBe(false);
    expect(anna.trust.list).toEqual([]);
    await expect(anna.verifyAndTrust(newId())).rejects.toMatchObject({ code: 'unknown-session' });
  });

  it('is given with the word that the codes match, on the side that gives it alone', async () => {
    const [anna, ben] = [await end(), await end()];
    const { sessionId } = await anna.connect(ben.address);
    ben.accept(sessionId);
    await expect.poll(() => anna.view(sessionId)?.phase).toBe('verifying');
    await anna.verifyAndTrust(sessionId);
    ben.verify(sessionId);
    await expect.poll(() => anna.view(sessionId)?.phase).toBe('connected');
    expect(anna.trust.list).toMatchObject([{ identityKey: ben.own.identityKey }]);
    expect(anna.view(sessionId)?.trust.state).toBe('trusted');
    expect(ben.trust.list).toEqual([]);
  });

  it('is given in the middle of a session as well, and not before that has begun', async () => {
    const [anna, ben] = [await end(), await end()];
    const { sessionId } = await anna.connect(ben.address);
    await expect(anna.trustPeer(sessionId)).rejects.toMatchObject({ code: 'not-verified' });
    ben.accept(sessionId);
    await expect.poll(() => anna.view(sessionId)?.phase).toBe('verifying');
    anna.verify(sessionId);
    await expect(anna.trustPeer(sessionId)).rejects.toMatchObject({ code: 'not-verified' });
    ben.verify(sessionId);
    await expect.poll(() => anna.view(sessionId)?.phase).toBe('connected');
    await anna.trustPeer(sessionId);
    await anna.trustPeer(sessionId);
    expect(anna.trust.list).toMatchObject([
      {
        identityKey: ben.own.identityKey,
        permissions: { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' },
      },
    ]);
    expect(anna.view(sessionId)).toMatchObject({ trust: { state: 'trusted' }, phase: 'connected' });
    expect(ben.trust.list).toEqual([]);
  });

  it('is not given so to a device under the name of a trusted one', async () => {
    const [anna, ben, posing] = [await end(), await end(), await end()];
    await friends(anna, ben);
    posing.name = ben.name;
    const sessionId = await pair(anna, posing, posing.address);
    expect(anna.view(sessionId)?.trust.state).toBe('name-taken');
    await expect(anna.trustPeer(sessionId)).rejects.toMatchObject({ code: 'not-allowed' });
    await anna.revoke(ben.own.deviceId);
    await expect.poll(() => anna.view(sessionId)?.trust.state).toBe('unknown');
    await anna.trustPeer(sessionId);
    expect(anna.trust.list).toMatchObject([{ identityKey: posing.own.identityKey }]);
  });

  it('is remembered by key: the next session is verified from its beginning', async () => {
    const [anna, ben] = [await end(), await end()];
    await friends(anna, ben);
    ben.name = 'Another name altogether';
    const session = await anna.connect(ben.address);
    const permissions = { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' };
    expect(session).toMatchObject({ trust: { state: 'trusted', permissions }, isVerified: true });
    expect(session.isPeerVerified).toBe(false);
    expect(anna.trust.list).toMatchObject([{ deviceId: ben.own.deviceId, identityKey: ben.own.identityKey }]);
  });

  it('keeps the name that the device has here, whatever it calls itself, on both sides', async () => {
    const [anna, ben] = [await end(), await end()];
    await friends(anna, ben);
    await anna.trust.update(ben.own.deviceId, { name: 'Ben at work' });
    await ben.trust.update(anna.own.deviceId, { name: 'My sister' });
    for (const [caller, callee] of [
      [anna, ben],
      [ben, anna],
    ] as const) {
      const { sessionId } = await caller.connect(callee.address);
      await expect.poll(() => callee.view(sessionId)?.peer.name).toBeDefined();
      expect(anna.view(sessionId)?.peer.name).toBe('Ben at work');
      expect(ben.view(sessionId)?.peer.name).toBe('My sister');
      caller.leave(sessionId);
      await expect.poll(() => callee.view(sessionId)).toBeUndefined();
    }
  });

  it('tells the page of a session when it is given, changed and taken back', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    await anna.pin(sessionId);
    await anna.trust.update(ben.own.deviceId, {
      permissions: { connect: 'allow', sendFiles: 'ask', viewScreen: 'ask' },
    });
    const told = anna.all('sessions:changed').map(({ trust }) => trust);
    const news = told.filter((each, n) => JSON.stringify(each) !== JSON.stringify(told[n - 1]));
    expect(news).toMatchObject([
      { state: 'unknown' },
      { state: 'trusted', permissions: { connect: 'ask' } },
      { state: 'trusted', permissions: { connect: 'allow' } },
    ]);
    await anna.revoke(ben.own.deviceId);
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'left', by: 'peer' });
    expect(await anna.until('sessions:ended')).toEqual({ sessionId, reason: 'left', by: 'me' });
    expect((await anna.connect(ben.address)).trust).toEqual({ state: 'unknown' });
  });

  it('warns of another key under a trusted name, whichever side it is on', async () => {
    const [anna, ben] = [await end(), await end({ name: 'Ben' })];
    await friends(anna, ben);
    const impostor = await end({ name: 'ＢＥＮ' });
    const outgoing = await anna.connect(impostor.address);
    expect(outgoing).toMatchObject({ trust: { state: 'name-taken', trustedName: 'Ben' }, isVerified: false });
    anna.leave(outgoing.sessionId);
    await expect.poll(() => impostor.view(outgoing.sessionId)).toBeUndefined();
    await impostor.connect(anna.address);
    expect(anna.incoming().at(-1)?.trust).toMatchObject({ state: 'name-taken' });
  });

  it('warns of another key at the address of a trusted device, on the side that dialed', async () => {
    const [anna, ben, squatter] = [await end(), await end({ name: 'Ben' }), await end()];
    const relay = await CuttableRelay.before(ben.port);
    afterwards(() => relay.close());
    await friends(anna, ben, relay.address);
    relay.leadTo(squatter.port);
    const session = await anna.connect(relay.address);
    expect(session).toMatchObject({
      trust: { state: 'address-taken', trustedName: 'Ben' },
      isVerified: false,
    });
  });

  it('reaches a trusted device that is not in the list where it was last, and nobody else there', async () => {
    const [anna, ben, squatter] = [await end(), await end(), await end()];
    const relay = await CuttableRelay.before(ben.port);
    afterwards(() => relay.close());
    await friends(anna, ben, relay.address);
    const { sessionId } = await anna.connectDevice(ben.own.deviceId);
    anna.leave(sessionId);
    relay.leadTo(squatter.port);
    await expect(anna.connectDevice(ben.own.deviceId)).rejects.toMatchObject({ code: 'wrong-device' });
  });
});

describe('requests', () => {
  it.each([
    ['everyone', true, true],
    ['trusted', true, false],
    ['hidden', true, false],
    ['nobody', false, false],
  ] as const)(
    '%s: trusted ones get through: %s, unknown ones: %s',
    async (requests, takesTrusted, takesUnknown) => {
      const [anna, ben, carol] = [await end(), await end(), await end()];
      await friends(anna, ben);
      ben.requests = requests;
      const shown = ben.incoming().length;
      const outcome = async (dialer: SessionEnd): Promise<string> =>
        dialer.connect(ben.address).then(
          () => 'asked',
          (error: unknown) => (error as { code: string }).code,
        );
      expect(await outcome(carol)).toBe(takesUnknown ? 'asked' : 'not-taking');
      expect(await outcome(anna)).toBe(takesTrusted ? 'asked' : 'not-taking');
      expect(ben.incoming().length - shown).toBe(Number(takesTrusted) + Number(takesUnknown));
      const card = await fetch(`http://${ben.address}/hither/device`);
      expect(card.status).toBe(requests === 'hidden' ? 404 : 200);
    },
  );

  it('of one device that come to nothing three times stop reaching the person, trusted or not', async () => {
    for (const isTrusted of [false, true]) {
      const [anna, ben] = [await end(), await end()];
      if (isTrusted) await friends(anna, ben);
      const shown = ben.incoming().length;
      for (let n = 1; n <= 3; n++) {
        const { sessionId } = await anna.connect(ben.address);
        await expect.poll(() => ben.view(sessionId)).toBeDefined();
        ben.decline(sessionId);
        for (const each of [anna, ben]) await expect.poll(() => each.view(sessionId)).toBeUndefined();
      }
      await expect(anna.connect(ben.address)).rejects.toMatchObject({ code: 'not-taking' });
      expect(ben.incoming().length - shown).toBe(3);
      await (await end()).connect(ben.address);
    }
  });

  it('that the caller takes back cost it nothing', async () => {
    const [anna, ben] = [await end(), await end({ limits: { maxInVain: 1 } })];
    for (let n = 0; n < 3; n++) {
      const { sessionId } = await anna.connect(ben.address);
      await expect.poll(() => ben.view(sessionId)).toBeDefined();
      anna.leave(sessionId);
      for (const each of [anna, ben]) await expect.poll(() => each.view(sessionId)).toBeUndefined();
    }
    await anna.connect(ben.address);
  });

  it('for another device, which was here before, cost the caller nothing and come once', async () => {
    const [anna, ben] = [await end(), await end({ limits: { maxInVain: 1 } })];
    const relay = await CuttableRelay.before(ben.port);
    afterwards(() => relay.close());
    const gone = newId();
    // Both lead to the same machine, and so to the device that is there now.
    const addresses = [ben.lanAddress, { host: '127.0.0.1', port: relay.port }];
    anna.nearby.set(gone, addresses).set(ben.own.deviceId, addresses);
    await expect(anna.connectDevice(gone)).rejects.toMatchObject({ code: 'wrong-device' });
    expect((await ben.until('sessions:ended')).reason).toBe('cancelled');
    expect([ben.incoming().length, relay.connections]).toEqual([1, 0]);
    await anna.connectDevice(ben.own.deviceId);
  });

  it('of unknown devices are limited at once and by the minute, those of trusted ones are not', async () => {
    const limits = { promptsPerMinute: 4, maxOpenPrompts: 2 };
    const [anna, ben] = [await end(), await end({ limits })];
    await friends(anna, ben);
    const first = await RawDialer.admitted(ben.port);
    await RawDialer.admitted(ben.port);
    expect(await RawDialer.to(ben.port)).toBe('busy');
    first.say({ type: 'close', reason: 'cancelled' });
    await expect.poll(() => ben.service.views()).toHaveLength(1);
    await RawDialer.admitted(ben.port);
    await expect.poll(() => ben.service.views()).toHaveLength(2);
    for (const { sessionId } of ben.service.views()) ben.decline(sessionId);
    // Anna's first request was the fourth of this minute.
    expect(await RawDialer.to(ben.port)).toBe('busy');
    expect((await anna.connect(ben.address)).trust.state).toBe('trusted');
  });
});

describe('a page that is reloaded', () => {
  it('has its new certificate known to the other page before anything it says', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    anna.say(sessionId, 1);
    const fingerprint = newFingerprint();
    anna.service.pageComes(fingerprint);
    anna.say(sessionId, 2);
    await expect.poll(() => ben.heard()).toContain(2);
    expect(ben.events.map(({ name }) => name).slice(-3)).toEqual([
      'sessions:message',
      'sessions:changed',
      'sessions:message',
    ]);
    expect(ben.view(sessionId)?.peerFingerprint).toBe(fingerprint);
    expect(anna.view(sessionId)?.peerFingerprint).toBe(ben.own.fingerprint);
    anna.service.pageComes(fingerprint);
    anna.say(sessionId, 3);
    await expect.poll(() => ben.heard()).toContain(3);
    expect(ben.events.at(-2)?.name).not.toBe('sessions:changed');
  });

  it('while the socket is broken tells the other side when it is back, in its place', async () => {
    const timings = { redial: { firstMs: 30, longestMs: 60 }, reconnectWindowMs: 3_000 };
    const [anna, ben] = [await end({ timings }), await end({ timings })];
    const relay = await CuttableRelay.before(ben.port);
    afterwards(() => relay.close());
    const sessionId = await pair(anna, ben, relay.address);
    relay.cut();
    await expect.poll(() => anna.isUp(sessionId)).toBe(false);
    anna.say(sessionId, 1);
    const fingerprint = newFingerprint();
    anna.service.pageComes(fingerprint);
    anna.say(sessionId, 2);
    relay.mend();
    await expect.poll(() => ben.heard()).toContain(2);
    expect(ben.events.map(({ name }) => name).slice(-3)).toEqual([
      'sessions:message',
      'sessions:changed',
      'sessions:message',
    ]);
    expect(ben.view(sessionId)?.peerFingerprint).toBe(fingerprint);
  });

  it('leaves no signal of the old page for another page that is reloading, too', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    ben.dropPage();
    anna.say(sessionId, 1);
    anna.send(sessionId, 'another', { n: 1 });
    anna.service.pageComes(newFingerprint());
    anna.say(sessionId, 2);
    await expect.poll(() => ben.view(sessionId)?.peerFingerprint).toBe(anna.own.fingerprint);
    // What was said before the new certificate would have come by then.
    await new Promise((resolve) => setTimeout(resolve, 100));
    const before = ben.all('sessions:message').length;
    ben.attachPage();
    await expect.poll(() => ben.heard()).toContain(2);
    const heard = ben.all('sessions:message').slice(before);
    expect(heard.map(({ feature }) => feature)).toEqual(['another', 'links']);
    expect(ben.heard()).toEqual([2]);
  });

  it('is believed with the signature of its device alone', async () => {
    const ben = await end();
    const [identity, mallory] = [newIdentity(), newIdentity()];
    const fingerprint = newFingerprint();
    const rebind = async (signer: typeof identity): Promise<string> => {
      const peer = await RawDialer.admitted(ben.port, { identity });
      const { sessionId } = peer.peer;
      const signature = signRebind(signer, { sessionId, seq: 1, fingerprint });
      peer.say({ type: 'rebind', seq: 1, fingerprint, signature });
      peer.say({ type: 'close', reason: 'cancelled' });
      return vi.waitUntil(
        () => ben.all('sessions:ended').find((closed) => closed.sessionId === sessionId)?.reason,
        5_000,
      );
    };
    const told = () => ben.all('sessions:changed').map(({ peerFingerprint }) => peerFingerprint);
    expect(await rebind(mallory)).toBe('tampered');
    expect(told()).not.toContain(fingerprint);
    expect(await rebind(identity)).toBe('cancelled');
    expect(told()).toContain(fingerprint);
  });
});
