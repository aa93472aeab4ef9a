import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { CuttableRelay } from '../support/lan/CuttableRelay';
import { afterwards, end } from '../support/lan/opened';
import { pair, type SessionEnd } from '../support/lan/SessionEnd';
import { JoinedPages, type RewriteFrame } from '../support/sessions/JoinedPages';

/** Quick enough for a test, slow enough for a busy machine. */
const timings = { redial: { firstMs: 30, longestMs: 60 }, reconnectWindowMs: 3_000 };

/** A session over a socket that can be cut, and over a data channel. */
async function linked(rewrite?: RewriteFrame, reconnectWindowMs = timings.reconnectWindowMs) {
  const patience = { timings: { ...timings, reconnectWindowMs } };
  const [anna, ben] = [await end(patience), await end(patience)];
  const relay = await CuttableRelay.before(ben.port);
  afterwards(() => relay.close());
  const sessionId = await pair(anna, ben, relay.address);
  const pages = new JoinedPages(anna, ben, sessionId, rewrite);
  pages.open();
  await bothUpBy(anna, ben, 'data-channel');
  return { anna, ben, relay, sessionId, pages };
}

type Kind = 'lan' | 'data-channel';

async function bothUpBy(anna: SessionEnd, ben: SessionEnd, kind: Kind, isUp = true): Promise<void> {
  for (const each of [anna, ben])
    await expect.poll(() => each.service.withDevice(otherOf(each, anna, ben))?.isUpBy(kind)).toBe(isUp);
}

async function bothDownBy(anna: SessionEnd, ben: SessionEnd, kind: Kind): Promise<void> {
  await bothUpBy(anna, ben, kind, false);
}

const otherOf = (one: SessionEnd, anna: SessionEnd, ben: SessionEnd): string =>
  (one === anna ? ben : anna).device.deviceId;

const count = (n: number): number[] => [...Array(n).keys()];

describe('a session whose socket is cut', () => {
  it('goes on over the data channel, and over the socket once that is back, with no message lost or doubled', async () => {
    const { anna, ben, relay, sessionId, pages } = await linked();
    let n = 0;
    const sayBoth = (): void => {
      anna.say(sessionId, n);
      ben.say(sessionId, n++);
    };
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 10; i++) {
        sayBoth();
        if (i === 4) relay.cut();
      }
      await bothDownBy(anna, ben, 'lan');
      for (let i = 0; i < 10; i++) sayBoth();
      for (const each of [anna, ben]) await expect.poll(() => each.heard()).toHaveLength(n);
      for (const each of [anna, ben]) expect(each.view(sessionId)?.phase).toBe('connected');
      relay.mend();
      await bothUpBy(anna, ben, 'lan');
      // What is said from now on goes over the socket alone.
      await sleep(250);
      const frames = pages.sentBy(anna) + pages.sentBy(ben);
      for (let i = 0; i < 10; i++) sayBoth();
      for (const each of [anna, ben]) await expect.poll(() => each.heard()).toHaveLength(n);
      await sleep(150);
      expect(pages.sentBy(anna) + pages.sentBy(ben)).toBe(frames);
    }
    expect(anna.heard()).toEqual(count(n));
    expect(ben.heard()).toEqual(count(n));
    for (const each of [anna, ben]) expect(each.all('sessions:ended')).toEqual([]);
    const phases = anna.all('sessions:changed').map(({ phase }) => phase);
    expect(phases).not.toContain('reconnecting');
  });

  it('outlives the window while the data channel is there, and not without it', async () => {
    const { anna, ben, relay, sessionId, pages } = await linked(undefined, 800);
    relay.cut();
    await bothDownBy(anna, ben, 'lan');
    await sleep(1_000);
    anna.say(sessionId, 1);
    await expect.poll(() => ben.heard()).toEqual([1]);
    pages.close();
    for (const each of [anna, ben]) await expect.poll(() => each.view(sessionId)?.phase).toBe('reconnecting');
    expect(await anna.until('sessions:ended')).toEqual({ sessionId, reason: 'lost', by: 'none' });
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'lost', by: 'none' });
  });

  it('is not taken for forgotten by another device that answers at the address meanwhile', async () => {
    const { anna, ben, relay, sessionId } = await linked();
    const squatter = await end();
    relay.cut();
    relay.leadTo(squatter.port);
    const before = relay.connections;
    relay.mend();
    await expect.poll(() => relay.connections).toBeGreaterThan(before + 4);
    anna.say(sessionId, 1);
    await expect.poll(() => ben.heard()).toEqual([1]);
    relay.leadTo(ben.port);
    await bothUpBy(anna, ben, 'lan');
    expect(anna.all('sessions:ended')).toEqual([]);
  });

  it('hears over the data channel why it ends', async () => {
    const { anna, ben, relay, sessionId } = await linked();
    relay.cut();
    await bothDownBy(anna, ben, 'lan');
    for (const n of count(50)) anna.say(sessionId, n);
    anna.leave(sessionId);
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'left', by: 'peer' });
    expect(ben.heard()).toEqual(count(50));
  });
});

describe('a session whose socket swallows everything', () => {
  it('says over the data channel what it has to say, and that it ends', async () => {
    const { anna, ben, relay, sessionId } = await linked();
    relay.freeze();
    anna.say(sessionId, 1);
    // Two seconds of silence are what tells a blocked port from a slow one.
    await expect.poll(() => ben.heard()).toEqual([1]);
    expect(anna.service.session(sessionId).isUpBy('lan')).toBe(true);
    anna.leave(sessionId);
    expect(await ben.until('sessions:ended')).toEqual({ sessionId, reason: 'left', by: 'peer' });
  });
});

describe('a data channel as a carrier', () => {
  const flipped = (bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
    const changed = bytes.slice();
    changed[5] = (changed[5] ?? 0) ^ 1;
    return changed;
  };

  it('that brings a frame that was tampered with is given up, and nothing else', async () => {
    let isTampering = false;
    const { anna, ben, relay, sessionId } = await linked(({ bytes, from }) =>
      isTampering && from.device.deviceId === anna.device.deviceId ? flipped(bytes) : bytes,
    );
    relay.cut();
    await bothDownBy(anna, ben, 'lan');
    isTampering = true;
    anna.say(sessionId, 1);
    await expect.poll(() => ben.carriers.at(-1)).toBe('data-channel down');
    expect(ben.heard()).toEqual([]);
    expect(ben.service.session(sessionId).isUp).toBe(false);
    relay.mend();
    await bothUpBy(anna, ben, 'lan');
    anna.say(sessionId, 2);
    await expect.poll(() => ben.heard()).toEqual([1, 2]);
    for (const each of [anna, ben]) expect(each.all('sessions:ended')).toEqual([]);
  });

  it('has frames that say nothing to the pages that pass them on', async () => {
    const seen: string[] = [];
    const { anna, ben, relay, sessionId } = await linked(({ bytes }) => {
      seen.push(Buffer.from(bytes).toString('latin1'));
      return bytes;
    });
    relay.cut();
    await bothDownBy(anna, ben, 'lan');
    anna.send(sessionId, 'secrets', 'the treasure is under the oak');
    await expect.poll(() => ben.all('sessions:message')).toHaveLength(1);
    expect(seen.length).toBeGreaterThan(4);
    expect(seen.join('\n')).not.toMatch(/treasure|secrets|message/);
  });

  it.each(['both sides', 'the side that dialed', 'the side that was called'] as const)(
    'works anew after %s lost the page for a moment',
    async (who) => {
      const { anna, ben, relay, sessionId, pages } = await linked();
      relay.cut();
      await bothDownBy(anna, ben, 'lan');
      const away = [
        ...(who === 'the side that was called' ? [] : [anna]),
        ...(who === 'the side that dialed' ? [] : [ben]),
      ];
      let n = 0;
      for (let round = 0; round < 3; round++) {
        for (const each of away) each.dropPage();
        // Lost on the way, where a page is away that would have passed it on.
        for (let i = 0; i < 5; i++, n++) for (const each of [anna, ben]) each.say(sessionId, n);
        await sleep(50);
        for (const each of away) {
          each.attachPage();
          pages.announce(each);
        }
        for (let i = 0; i < 5; i++, n++) for (const each of [anna, ben]) each.say(sessionId, n);
        for (const each of [anna, ben]) await expect.poll(() => each.heard()).toEqual(count(n));
      }
      for (const each of [anna, ben]) expect(each.all('sessions:ended')).toEqual([]);
    },
  );

  it.each([1, 2])('is agreed upon whoever announces it when, and how often (%i)', async (seed) => {
    const [anna, ben] = [await end({ timings }), await end({ timings })];
    const relay = await CuttableRelay.before(ben.port);
    afterwards(() => relay.close());
    const sessionId = await pair(anna, ben, relay.address);
    relay.cut();
    const pages = new JoinedPages(anna, ben, sessionId);
    // The first words of whoever is first are lost: the other page has no carrier yet.
    let dice = seed;
    for (let step = 0; step < 6; step++) {
      dice = (dice * 48_271) % 2_147_483_647;
      pages.announce(dice % 2 === 0 ? anna : ben);
      await sleep(dice % 3);
    }
    for (const each of [anna, ben]) pages.announce(each);
    await bothUpBy(anna, ben, 'data-channel');
    for (const each of [anna, ben]) each.say(sessionId, seed);
    for (const each of [anna, ben]) await expect.poll(() => each.heard()).toEqual([seed]);
  });

  it('that is announced by one side alone is none yet', async () => {
    const [anna, ben] = [await end({ timings }), await end({ timings })];
    const sessionId = await pair(anna, ben);
    const pages = new JoinedPages(anna, ben, sessionId);
    pages.announce(anna);
    await sleep(50);
    expect(anna.service.session(sessionId).isUpBy('data-channel')).toBe(false);
    // Its first word was lost, as nobody was there to hear it; it says it again as soon as somebody is.
    pages.announce(ben);
    await bothUpBy(anna, ben, 'data-channel');
  });

  it('is closed where its peer begins anew all the time; the session goes on', async () => {
    const { anna, ben, sessionId } = await linked();
    const carrierId = `channel of ${ben.device.deviceId}`;
    for (let n = 0; n < 100; n++)
      void ben.service.handlers['carriers:frame']({ carrierId, bytes: new Uint8Array(16).fill(n) }, 'page');
    await expect.poll(() => ben.service.session(sessionId).isUpBy('data-channel')).toBe(false);
    anna.say(sessionId, 1);
    await expect.poll(() => ben.heard()).toEqual([1]);
  });
});
