import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { VIEW_REQUESTS_FEATURE } from '../../src/shared/protocol/viewRequests';
import { CuttableRelay } from '../support/lan/CuttableRelay';
import { afterwards, end } from '../support/lan/opened';
import { pair, type SessionEnd } from '../support/lan/SessionEnd';
import { ManualClock } from '../support/ManualClock';
import { systemClock } from '../../src/main/node/systemClock';

/** Both have each other's key; Anna may connect to Ben without a question. */
async function friends(anna: SessionEnd, ben: SessionEnd, mayConnect = true): Promise<void> {
  const sessionId = await pair(anna, ben);
  await Promise.all([anna.pin(sessionId), ben.pin(sessionId)]);
  if (mayConnect) await ben.welcome(anna.device.deviceId);
  anna.leave(sessionId);
  await expect.poll(() => ben.view(sessionId)).toBeUndefined();
}

const outcomeOf = async (dialing: Promise<unknown>): Promise<string> =>
  dialing.then(
    () => 'accepted',
    (error: unknown) => (error as { code: string }).code,
  );

describe('a backend without a page', () => {
  const timings = { pageGraceMs: 100, callerWaitMs: 0 };

  it('accepts a trusted device that may connect unasked, and nobody else', async () => {
    const [anna, ben, carol, dora] = [await end(), await end({ timings }), await end(), await end()];
    await friends(anna, ben);
    await friends(carol, ben, false);
    ben.dropPage();
    await sleep(200);
    expect(await outcomeOf(carol.connect(ben.address))).toBe('unavailable');
    expect(await outcomeOf(dora.connect(ben.address))).toBe('unavailable');
    const { sessionId } = await anna.connect(ben.address);
    for (const each of [anna, ben]) await expect.poll(() => each.view(sessionId)?.phase).toBe('connected');
    expect(anna.view(sessionId)?.hasPeerPage).toBe(false);
    // A page that comes finds it.
    ben.attachPage('e'.repeat(64));
    await expect.poll(() => anna.view(sessionId)?.hasPeerPage).toBe(true);
    expect(ben.service.views()).toMatchObject([{ sessionId, phase: 'connected' }]);
  });

  it('says so when somebody asks to see a screen, and stays silent to what it does not know', async () => {
    const [anna, ben] = [await end(), await end({ timings })];
    await friends(anna, ben);
    ben.dropPage();
    await sleep(200);
    const { sessionId } = await anna.connect(ben.address);
    await expect.poll(() => anna.view(sessionId)?.phase).toBe('connected');
    anna.send(sessionId, 'of-tomorrow', { n: 1 });
    anna.send(sessionId, VIEW_REQUESTS_FEATURE, { type: 'view-request' });
    const body = { type: 'view-declined', reason: 'no-screen' };
    await expect
      .poll(() => anna.all('sessions:message'))
      .toEqual([{ sessionId, feature: VIEW_REQUESTS_FEATURE, body }]);
  });

  it('says so as well to who asked while the page was expected back', async () => {
    const [anna, ben] = [await end(), await end({ timings: { pageGraceMs: 400 } })];
    await friends(anna, ben);
    const { sessionId } = await anna.connect(ben.address);
    for (const each of [anna, ben]) await expect.poll(() => each.view(sessionId)?.phase).toBe('connected');
    ben.dropPage();
    anna.send(sessionId, VIEW_REQUESTS_FEATURE, { type: 'view-request' });
    await sleep(150);
    expect(anna.all('sessions:message')).toEqual([]);
    await expect
      .poll(() => anna.all('sessions:message').map(({ body }) => body))
      .toEqual([{ type: 'view-declined', reason: 'no-screen' }]);
  });

  it('ends a session whose page stays away as closed, but not one whose peer may connect unasked', async () => {
    const [anna, ben, carol] = [await end(), await end({ timings }), await end()];
    await friends(anna, ben);
    const withAnna = (await anna.connect(ben.address)).sessionId;
    await expect.poll(() => anna.view(withAnna)?.phase).toBe('connected');
    const withCarol = await pair(carol, ben);
    ben.dropPage();
    expect(await carol.until('sessions:ended')).toEqual({
      ...{ sessionId: withCarol, reason: 'closed', by: 'peer' },
    });
    await expect.poll(() => anna.view(withAnna)?.hasPeerPage).toBe(false);
    expect(anna.view(withAnna)?.phase).toBe('connected');
    expect(ben.service.views()).toHaveLength(1);
  });
});

describe('features of a session', () => {
  it('are closed where one of them ends it while they open, and those after that one are not opened', async () => {
    const [anna, ben] = [await end(), await end()];
    const log: string[] = [];
    for (const name of ['first', 'ending', 'last'])
      anna.service.register({
        name,
        schema: z.unknown(),
        opened: ({ sessionId }) => {
          log.push(`opened ${name}`);
          if (name === 'ending') anna.leave(sessionId);
        },
        handle: () => undefined,
        closed: () => log.push(`closed ${name}`),
      });
    const { sessionId } = await anna.connect(ben.address);
    await expect.poll(() => ben.view(sessionId)).toBeDefined();
    ben.accept(sessionId);
    await expect.poll(() => anna.view(sessionId)?.phase).toBe('verifying');
    for (const each of [anna, ben]) each.verify(sessionId);
    await ben.until('sessions:ended');
    expect(log).toEqual(['opened first', 'opened ending', 'closed first', 'closed ending']);
  });

  it('hear of it when both have verified and when it is over, and get their messages in between', async () => {
    const [anna, ben] = [await end(), await end()];
    const log: string[] = [];
    ben.service.register({
      name: 'notes',
      schema: z.object({ n: z.int() }),
      opened: ({ peer }) => log.push(`opened ${peer.name}`),
      handle: (_, { n }) => log.push(`note ${n}`),
      closed: () => log.push('closed'),
    });
    const { sessionId } = await anna.connect(ben.address);
    expect(() => anna.send(sessionId, 'notes', { n: 0 })).toThrow('not-verified');
    expect(log).toEqual([]);
    anna.leave(sessionId);
    await ben.until('sessions:ended');
    expect(log).toEqual([]);
    const next = await pair(anna, ben);
    anna.send(next, 'notes', { n: 1 });
    await expect.poll(() => log).toEqual([`opened ${anna.name}`, 'note 1']);
    // What a feature of the backend handles is nothing for the page, in neither direction.
    expect(ben.all('sessions:message')).toEqual([]);
    expect(() => ben.send(next, 'notes', { n: 1 })).toThrow('bad-request');
    anna.leave(next);
    await expect.poll(() => log.at(-1)).toBe('closed');
  });

  it('end the session where a message breaks their schema or their rules', async () => {
    for (const handle of [
      () => undefined,
      (): never => {
        throw new Error('a bug');
      },
    ]) {
      const [anna, ben] = [await end(), await end()];
      ben.service.register({ name: 'notes', schema: z.object({ n: z.int() }), handle });
      const sessionId = await pair(anna, ben);
      anna.send(sessionId, 'notes', handle.toString().includes('bug') ? { n: 1 } : { n: 'one' });
      expect(await anna.until('sessions:ended')).toEqual({
        sessionId,
        reason: 'protocol-violation',
        by: 'none',
      });
    }
  });

  it('that nobody here knows reach the page and do no harm', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    anna.send(sessionId, 'of-tomorrow', { anything: ['at all'] });
    await expect
      .poll(() => ben.all('sessions:message'))
      .toEqual([{ sessionId, feature: 'of-tomorrow', body: { anything: ['at all'] } }]);
    expect(ben.view(sessionId)?.phase).toBe('connected');
  });
});

describe('two people who compare a code', () => {
  it('are connected when both have said that it matches, whoever is first', async () => {
    for (const dialerFirst of [true, false]) {
      const [anna, ben] = [await end(), await end()];
      const { sessionId } = await anna.connect(ben.address);
      // Nothing is said to somebody who has not accepted.
      anna.verify(sessionId);
      ben.accept(sessionId);
      await expect.poll(() => anna.view(sessionId)?.phase).toBe('verifying');
      expect([anna.view(sessionId)?.isVerified, ben.view(sessionId)?.isPeerVerified]).toEqual([false, false]);
      const [first, second] = dialerFirst ? [anna, ben] : [ben, anna];
      first.verify(sessionId);
      await expect.poll(() => second.view(sessionId)?.isPeerVerified).toBe(true);
      for (const each of [anna, ben]) {
        expect(each.view(sessionId)?.phase).toBe('verifying');
        expect(each.view(sessionId)?.waitsUntilMs).toBeGreaterThan(Date.now());
      }
      second.verify(sessionId);
      for (const each of [anna, ben]) {
        await expect.poll(() => each.view(sessionId)?.phase).toBe('connected');
        expect(each.view(sessionId)?.waitsUntilMs, 'nobody is waited for').toBeNull();
      }
    }
  });

  it('have so long and no longer', async () => {
    const timings = { verifyTimeoutMs: 300 };
    const [anna, ben] = [await end({ timings }), await end()];
    const { sessionId } = await anna.connect(ben.address);
    ben.accept(sessionId);
    ben.verify(sessionId);
    expect(await anna.until('sessions:ended')).toEqual({ sessionId, reason: 'timed-out', by: 'none' });
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'timed-out', by: 'none' });
  });
});

describe('a session that no carrier leads to', () => {
  it('is lost after half a minute, not a moment sooner', async () => {
    const clock = new ManualClock();
    const [anna, ben] = [await end(), await end({ clock })];
    const relay = await CuttableRelay.before(ben.port);
    afterwards(() => relay.close());
    const { sessionId } = await anna.connect(relay.address);
    await expect.poll(() => ben.isUp(sessionId)).toBe(true);
    relay.cut();
    await expect.poll(() => ben.isUp(sessionId)).toBe(false);
    clock.advance(29_999);
    expect(ben.all('sessions:ended')).toEqual([]);
    clock.advance(1);
    expect(ben.all('sessions:ended')).toEqual([{ sessionId, reason: 'lost', by: 'none' }]);
  });

  it('goes on at another address where its peer is seen, at once and under the same id', async () => {
    // The first try of its own would be too late.
    const slow = { redial: { firstMs: 20_000, longestMs: 20_000 } };
    const [anna, ben] = [await end({ timings: slow }), await end({ timings: slow })];
    const before = await CuttableRelay.before(ben.port);
    const after = await CuttableRelay.before(ben.port);
    for (const relay of [before, after]) afterwards(() => relay.close().catch(() => undefined));
    const sessionId = await pair(anna, ben, before.address);
    before.cut();
    await expect.poll(() => anna.view(sessionId)?.phase).toBe('reconnecting');
    await expect.poll(() => ben.view(sessionId)?.phase).toBe('reconnecting');
    anna.say(sessionId, 1);
    ben.say(sessionId, 2);
    anna.nearby.set(ben.device.deviceId, [{ host: '127.0.0.1', port: after.port }]);
    // Somebody else who is seen means nothing.
    anna.service.deviceSeen('0'.repeat(32));
    await sleep(100);
    expect(after.connections).toBe(0);
    const startedMs = systemClock.monotonicMs();
    anna.service.deviceSeen(ben.device.deviceId);
    for (const each of [anna, ben]) await expect.poll(() => each.view(sessionId)?.phase).toBe('connected');
    expect(systemClock.monotonicMs() - startedMs).toBeLessThan(4_000);
    await expect.poll(() => [anna.heard(), ben.heard()]).toEqual([[2], [1]]);
    expect(after.connections).toBe(1);
  });

  it('is found at its new address by itself, where nothing listens at the old one', async () => {
    const timings = { redial: { firstMs: 100, longestMs: 200 } };
    const [anna, ben] = [await end({ timings }), await end({ timings })];
    const before = await CuttableRelay.before(ben.port);
    const after = await CuttableRelay.before(ben.port);
    afterwards(() => after.close());
    const sessionId = await pair(anna, ben, before.address);
    anna.nearby.set(ben.device.deviceId, [{ host: '127.0.0.1', port: after.port }]);
    await before.close();
    await expect.poll(() => after.connections).toBe(1);
    for (const each of [anna, ben]) await expect.poll(() => each.view(sessionId)?.phase).toBe('connected');
  });

  it('passes over another device that has its old address now, and goes on at the new one', async () => {
    const timings = { redial: { firstMs: 100, longestMs: 200 } };
    const [anna, ben, squatter] = [await end({ timings }), await end({ timings }), await end()];
    const before = await CuttableRelay.before(ben.port);
    const after = await CuttableRelay.before(ben.port);
    for (const relay of [before, after]) afterwards(() => relay.close());
    const sessionId = await pair(anna, ben, before.address);
    anna.nearby.set(ben.device.deviceId, [{ host: '127.0.0.1', port: after.port }]);
    before.cut();
    before.leadTo(squatter.port);
    before.mend();
    await expect.poll(() => after.connections).toBe(1);
    for (const each of [anna, ben]) await expect.poll(() => each.view(sessionId)?.phase).toBe('connected');
    expect(anna.all('sessions:ended')).toEqual([]);
  });

  it('does not go on with another device that has the address now', async () => {
    const timings = { redial: { firstMs: 30, longestMs: 60 }, reconnectWindowMs: 600 };
    const [anna, ben, squatter] = [await end({ timings }), await end({ timings }), await end()];
    const relay = await CuttableRelay.before(ben.port);
    afterwards(() => relay.close());
    const sessionId = await pair(anna, ben, relay.address);
    relay.cut();
    relay.leadTo(squatter.port);
    relay.mend();
    expect(await anna.until('sessions:ended')).toEqual({ sessionId, reason: 'lost', by: 'none' });
    expect(squatter.all('sessions:changed').map(({ phase }) => phase)).not.toContain('connected');
  });
});
