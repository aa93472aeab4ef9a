import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { VIEW_REQUESTS_FEATURE } from '../../src/shared/protocol/viewRequests';
import { CuttableRelay } from '../support/lan/CuttableRelay';
import { identityBeginning, newIdentity } from '../support/lan/identities';
import { afterwards, end } from '../support/lan/opened';
import { newId, pair, verifyBoth } from '../support/lan/SessionEnd';

async function relayTo(port: number): Promise<CuttableRelay> {
  const relay = await CuttableRelay.before(port);
  afterwards(() => relay.close());
  return relay;
}

/** Quick enough for a test, slow enough for a busy machine. */
const fast = { redial: { firstMs: 30, longestMs: 60 }, reconnectWindowMs: 3_000 };

describe('a session between two devices', () => {
  it('is welcomed, shown to the other page and named by both', async () => {
    const [anna, ben] = [await end(), await end()];
    const session = await anna.connect(ben.address);
    expect(session).toMatchObject({ peer: ben.device, role: 'dialer', phase: 'asking' });
    expect(anna.isUp()).toBe(true);
    const incoming = await ben.until('sessions:changed');
    const { sessionId } = session;
    expect(incoming).toMatchObject({ sessionId, peer: anna.device, role: 'listener', phase: 'asked' });
    expect(incoming.route).toEqual({ kind: 'lan', address: '127.0.0.1', iceServers: [] });
  });

  it('carries messages both ways in order', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    for (let n = 0; n < 50; n++) {
      anna.say(sessionId, n);
      ben.say(sessionId, 100 + n);
    }
    for (const each of [anna, ben]) await expect.poll(() => each.heard()).toHaveLength(50);
    expect(ben.heard()).toEqual([...Array(50).keys()]);
    expect(anna.heard()).toEqual([...Array(50).keys()].map((n) => 100 + n));
  });

  it('works over this machine’s own network address and over IPv6', async () => {
    const own = Object.values(networkInterfaces()).flat();
    const address = own.find((info) => info?.internal === false && info.family === 'IPv4')?.address;
    const ben = await end();
    for (const host of ['[::1]', ...(address === undefined ? [] : [address])]) {
      const anna = await end();
      const { route } = await anna.connect(`${host}:${ben.port}`);
      expect(route.address).toBe(host === '[::1]' ? '::1' : address);
    }
  });

  it('tells both pages why it ended, and by whom', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    anna.leave(sessionId);
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'left', by: 'peer' });
    expect(anna.all('sessions:ended')).toEqual([{ sessionId, reason: 'left', by: 'me' }]);
    expect([anna.endedSessions, ben.endedSessions]).toEqual([[sessionId], [sessionId]]);
    expect([anna.service.views(), ben.service.views()]).toEqual([[], []]);
  });

  it('delivers what was said just before it ended', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    for (let n = 0; n < 300; n++) anna.say(sessionId, n);
    anna.leave(sessionId);
    await ben.until('sessions:ended');
    expect(ben.heard()).toHaveLength(300);
  });

  it('times out on both sides when nobody answers the request', async () => {
    const timings = { answerTimeoutMs: 200 };
    const [anna, ben] = [await end({ timings }), await end({ timings })];
    const { sessionId } = await anna.connect(ben.address);
    for (const each of [anna, ben]) {
      const leftMs = (each.view(sessionId)?.waitsUntilMs ?? 0) - Date.now();
      expect(leftMs).toBeGreaterThan(-200);
      expect(leftMs).toBeLessThanOrEqual(200);
    }
    expect(await anna.until('sessions:ended')).toEqual({ sessionId, reason: 'timed-out', by: 'none' });
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'timed-out', by: 'none' });
  });

  it('is taken back while it is being dialed, also on the other side', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = newId();
    const dialing = anna.connect(ben.address, sessionId);
    // Past the hello, as late as it can be.
    await ben.until('sessions:changed').then(() => {
      anna.leave(sessionId);
    });
    await dialing.catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'cancelled' });
    });
    const { reason } = await ben.until('sessions:ended');
    expect(['left', 'cancelled']).toContain(reason);
  });

  it('is refused as unavailable where no page is open', async () => {
    const [anna, ben] = [await end(), await end({ timings: { callerWaitMs: 0 } })];
    ben.hasActivePage = false;
    await expect(anna.connect(ben.address)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('waits for a page that reloads, and is bound to the certificate that it comes back with', async () => {
    const [anna, ben] = [await end(), await end()];
    ben.dropPage();
    const dialing = anna.connect(ben.address);
    // A handshake between two of this process takes a tenth of that: it waits.
    await sleep(150);
    expect(ben.all('sessions:changed')).toEqual([]);
    const fingerprint = 'c'.repeat(64);
    ben.attachPage(fingerprint);
    expect((await dialing).peer.deviceId).toBe(ben.device.deviceId);
    expect(anna.service.views()[0]?.peerFingerprint).toBe(fingerprint);
    await ben.until('sessions:changed');
  });

  it('waits for a page that begins to reload in the middle of the handshake', async () => {
    const [anna, ben] = [await end(), await end()];
    vi.spyOn(ben.service, 'pageKnown').mockImplementationOnce(() => {
      ben.dropPage();
      return Promise.resolve();
    });
    const dialing = anna.connect(ben.address);
    // The handshake is where it waits for the page by then: nobody is told.
    await sleep(150);
    const fingerprint = 'd'.repeat(64);
    ben.attachPage(fingerprint);
    expect((await dialing).peer.deviceId).toBe(ben.device.deviceId);
    await expect.poll(() => anna.service.views()[0]?.peerFingerprint).toBe(fingerprint);
  });

  it('is refused when the page that went does not come back soon', async () => {
    const [anna, ben] = [await end(), await end({ timings: { callerWaitMs: 300 } })];
    ben.dropPage();
    const startedMs = performance.now();
    await expect(anna.connect(ben.address)).rejects.toMatchObject({ code: 'unavailable' });
    expect(performance.now() - startedMs).toBeGreaterThan(250);
  });

  it('is refused as busy while there is another with the same device', async () => {
    const [anna, ben] = [await end(), await end()];
    await pair(anna, ben);
    await expect(anna.connect(ben.address)).rejects.toMatchObject({ code: 'busy' });
    await expect(ben.connect(anna.address)).rejects.toMatchObject({ code: 'busy' });
  });

  it('keeps what arrives while the page reloads, and ends when it stays away', async () => {
    const [anna, ben] = [await end({ timings: { pageGraceMs: 400 } }), await end()];
    const sessionId = await pair(anna, ben);
    anna.dropPage();
    ben.say(sessionId, 7);
    // Less than the page’s grace, and far more than the message takes.
    await sleep(150);
    anna.attachPage();
    await expect.poll(() => anna.heard()).toContain(7);
    anna.dropPage();
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'closed', by: 'peer' });
  });

  it('has a question for a screen answered when the page that might have shown one stays away', async () => {
    const [anna, ben] = [await end({ timings: { pageGraceMs: 200 } }), await end()];
    const sessionId = await pair(anna, ben);
    await anna.pin(sessionId);
    await anna.welcome(ben.device.deviceId);
    anna.dropPage();
    ben.send(sessionId, VIEW_REQUESTS_FEATURE, { type: 'view-request' });
    expect((await ben.until('sessions:message')).body).toEqual({
      type: 'view-declined',
      reason: 'no-screen',
    });
  });
});

describe('two devices that dial each other at once', () => {
  it.each(['device', 'address'] as const)('end up in the session of the smaller id (%s)', async (kind) => {
    const small = await end({ identity: identityBeginning('01') });
    const large = await end({ identity: identityBeginning('ef') });
    small.nearby.set(large.device.deviceId, [large.lanAddress]);
    large.nearby.set(small.device.deviceId, [small.lanAddress]);
    const [bySmall, byLarge] = await Promise.allSettled(
      kind === 'device'
        ? [small.connectDevice(large.device.deviceId), large.connectDevice(small.device.deviceId)]
        : [small.connect(large.address), large.connect(small.address)],
    );
    expect(bySmall.status).toBe('fulfilled');
    // The larger one's dial fails, or was welcomed first and is then closed in favour of the other.
    if (byLarge.status === 'rejected') expect(byLarge.reason).toMatchObject({ code: 'busy' });
    else await expect.poll(() => large.all('sessions:ended').map(({ reason }) => reason)).toContain('busy');
    for (const each of [small, large]) await expect.poll(() => each.service.views()).toHaveLength(1);
    expect(small.service.views()[0]).toMatchObject({ role: 'dialer' });
    expect(large.service.views()[0]).toMatchObject({ role: 'listener' });
    const sessionId = small.service.views()[0]?.sessionId ?? '';
    for (const each of [small, large]) expect(each.isUp(sessionId)).toBe(true);
    await verifyBoth(small, large, sessionId);
    small.say(sessionId, 1);
    await expect.poll(() => large.heard()).toContain(1);
  });
});

describe('a broken socket', () => {
  it('is replaced with no message lost or doubled', async () => {
    const [anna, ben] = [await end({ timings: fast }), await end({ timings: fast })];
    const relay = await relayTo(ben.port);
    const sessionId = await pair(anna, ben, relay.address);
    let n = 0;
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 10; i++, n++) {
        anna.say(sessionId, n);
        ben.say(sessionId, n);
        if (i === 4) relay.cut();
      }
      await expect.poll(() => !anna.isUp() && !ben.isUp()).toBe(true);
      relay.mend();
      await expect.poll(() => anna.isUp() && ben.isUp()).toBe(true);
    }
    await expect.poll(() => anna.heard().length >= n && ben.heard().length >= n).toBe(true);
    // What came twice would have come by then.
    await sleep(200);
    expect(anna.heard()).toEqual([...Array(n).keys()]);
    expect(ben.heard()).toEqual([...Array(n).keys()]);
    expect(anna.carriers).toContain('lan down');
    expect(anna.all('sessions:changed').map(({ phase }) => phase)).toContain('reconnecting');
    expect(relay.connections).toBeGreaterThan(5);
  });

  it('ends the session as lost on both sides when it stays away', async () => {
    const timings = { ...fast, reconnectWindowMs: 400 };
    const [anna, ben] = [await end({ timings }), await end({ timings })];
    const relay = await relayTo(ben.port);
    const sessionId = await pair(anna, ben, relay.address);
    relay.cut();
    expect(await anna.until('sessions:ended')).toEqual({ sessionId, reason: 'lost', by: 'none' });
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'lost', by: 'none' });
  });

  it('ends the session early when nothing listens there any more', async () => {
    const timings = { ...fast, reconnectWindowMs: 20_000 };
    const [anna, ben] = [await end({ timings }), await end({ timings })];
    const relay = await CuttableRelay.before(ben.port);
    const sessionId = await pair(anna, ben, relay.address);
    await relay.close();
    expect(await anna.until('sessions:ended')).toEqual({ sessionId, reason: 'lost', by: 'none' });
  });

  it('ends the session when the listener has forgotten it', async () => {
    const [anna, ben] = [await end({ timings: fast }), await end({ timings: fast })];
    const relay = await relayTo(ben.port);
    const sessionId = await pair(anna, ben, relay.address);
    relay.cut();
    await expect.poll(() => ben.isUp()).toBe(false);
    ben.leave(sessionId);
    relay.mend();
    expect(await anna.until('sessions:ended')).toEqual({ sessionId, reason: 'lost', by: 'none' });
  });

  it('is noticed when the other end goes silent without closing', async () => {
    const limits = { heartbeatMs: 50, silenceMs: 200 };
    const [anna, ben] = [await end({ limits, timings: fast }), await end({ limits, timings: fast })];
    const relay = await relayTo(ben.port);
    const sessionId = await pair(anna, ben, relay.address);
    relay.freeze();
    await expect.poll(() => anna.carriers).toContain('lan down');
    await expect.poll(() => anna.isUp()).toBe(true);
    anna.say(sessionId, 3);
    await expect.poll(() => ben.heard()).toContain(3);
  });

  it('gives way to a fresh dial from a device that was restarted', async () => {
    const identity = newIdentity();
    const ben = await end({ timings: fast });
    const anna = await end({
      identity,
      timings: { ...fast, redial: { firstMs: 10_000, longestMs: 10_000 } },
    });
    const relay = await relayTo(ben.port);
    const old = await pair(anna, ben, relay.address);
    relay.cut();
    await expect.poll(() => ben.isUp()).toBe(false);
    const reborn = await end({ identity });
    const { sessionId } = await reborn.connect(ben.address);
    expect(ben.all('sessions:ended')).toEqual([{ sessionId: old, reason: 'lost', by: 'none' }]);
    expect(ben.service.views().map((view) => view.sessionId)).toEqual([sessionId]);
  });
});
