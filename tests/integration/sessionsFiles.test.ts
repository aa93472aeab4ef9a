/** Sessions that are asked for to send files, and for nothing else. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { FeatureSession } from '../../src/backend/ports';
import { TEXTS_FEATURE } from '../../src/shared/protocol/text';
import { TRANSFERS_FEATURE } from '../../src/shared/protocol/transfer';
import { end } from '../support/lan/opened';
import { RawDialer } from '../support/lan/RawDialer';
import { pair, type SessionEnd, SOME_FILES, verifyBoth } from '../support/lan/SessionEnd';

const files = { scope: 'files' } as const;

/** Has both features of the backends recorded: what was opened, and what came. */
function record({ service }: SessionEnd) {
  const opened: [string, FeatureSession['agreedFiles']][] = [];
  const messages: string[] = [];
  for (const name of [TRANSFERS_FEATURE, TEXTS_FEATURE])
    service.register({
      ...{ name, schema: z.unknown() },
      opened: ({ agreedFiles }) => opened.push([name, agreedFiles]),
      handle: () => messages.push(name),
    });
  return { opened, messages };
}

/** Both trust each other, and no session is left. */
async function friends(anna: SessionEnd, ben: SessionEnd): Promise<void> {
  const sessionId = await pair(anna, ben);
  await Promise.all([anna.pin(sessionId), ben.pin(sessionId)]);
  anna.leave(sessionId);
  await expect.poll(() => ben.view(sessionId)).toBeUndefined();
}

const phases = (each: SessionEnd) => each.service.views().map(({ scope, phase }) => `${scope} ${phase}`);

describe('a request to send files', () => {
  it('reaches the person with what it names, and once', async () => {
    const [anna, ben] = [await end(), await end()];
    const { sessionId, scope } = await anna.connectForFiles(ben.address);
    expect(scope).toBe('files');
    expect(await ben.until('sessions:changed')).toMatchObject({ sessionId, ...files, purpose: SOME_FILES });
    expect(ben.all('sessions:changed')).toHaveLength(1);
    expect((await anna.connect((await end()).address)).purpose).toBeNull();
  });

  it.each<[string, unknown]>([
    ['nothing', null],
    ['what makes no sense', { names: [] }],
    ['a name that hides everything', { ...SOME_FILES, names: ['\u202e'] }],
    ['more than fits', { ...SOME_FILES, names: Array(1_000).fill('x') }],
  ])('that names %s is one for files without names', async (_, purpose) => {
    const ben = await end();
    const anna = await RawDialer.admitted(ben.port, { claims: files });
    const body = { type: 'purpose', purpose };
    anna.say({ type: 'message', seq: 1, feature: 'session', body });
    expect(await ben.until('sessions:changed')).toMatchObject({ ...files, purpose: null, phase: 'asked' });
  });

  it('is shown without names where these do not come, and with no others afterwards', async () => {
    const ben = await end({ timings: { purposeWaitMs: 50 } });
    const anna = await RawDialer.admitted(ben.port, { claims: files });
    expect(await ben.until('sessions:changed')).toMatchObject({ ...files, purpose: null });
    const say = (seq: number, names: string[]) => {
      const body = { type: 'purpose', purpose: { ...SOME_FILES, names } };
      anna.say({ type: 'message', seq, feature: 'session', body });
    };
    say(1, ['late.pdf']);
    anna.say({ type: 'close', reason: 'cancelled' });
    await ben.until('sessions:ended');
    expect(ben.all('sessions:changed').map(({ purpose }) => purpose)).toEqual([null]);
  });

  it('can’t be changed under the eyes of the person who reads it', async () => {
    const ben = await end();
    const anna = await RawDialer.admitted(ben.port, { claims: files });
    for (const [index, name] of ['report.pdf', 'virus.exe'].entries()) {
      const body = { type: 'purpose', purpose: { ...SOME_FILES, names: [name] } };
      anna.say({ type: 'message', seq: index + 1, feature: 'session', body });
    }
    anna.say({ type: 'close', reason: 'cancelled' });
    await ben.until('sessions:ended');
    expect(ben.all('sessions:changed').map(({ purpose }) => purpose?.names)).toEqual([['report.pdf']]);
  });

  it('of an unknown scope is one for everything', async () => {
    const ben = await end();
    await RawDialer.admitted(ben.port, { claims: { scope: 'screens' as 'files' } });
    expect(await ben.until('sessions:changed')).toMatchObject({ scope: 'all', purpose: null });
  });

  it('tells nobody but the device that is meant what it is for', async () => {
    const [anna, ben, squatter] = [await end(), await end(), await end()];
    anna.nearby.set(ben.own.deviceId, [squatter.lanAddress]);
    const target = { kind: 'device', deviceId: ben.own.deviceId } as const;
    const sessionId = '7'.repeat(32);
    const dialed = anna.service.handlers['sessions:connect'](
      { sessionId, target, purpose: SOME_FILES },
      'page',
    );
    await expect(dialed).rejects.toMatchObject({ code: 'wrong-device' });
    expect(squatter.all('sessions:changed').map(({ purpose }) => purpose)).toEqual([]);
  });
});

describe('a session for files', () => {
  it('gives the transfers what the person agreed to, and is for nothing else', async () => {
    const [anna, ben] = [await end(), await end()];
    const [here, there] = [record(anna), record(ben)];
    const { sessionId } = await anna.connectForFiles(ben.address);
    await expect.poll(() => ben.view(sessionId)).toBeDefined();
    ben.acceptFiles(sessionId, '/inbox');
    await verifyBoth(anna, ben, sessionId);
    expect(there.opened).toEqual([[TRANSFERS_FEATURE, { purpose: SOME_FILES, dir: '/inbox' }]]);
    expect(here.opened).toEqual([[TRANSFERS_FEATURE, null]]);
    const text = { type: 'text', textId: '1'.repeat(32), text: 'hello' };
    const session = anna.service.session(sessionId);
    expect(() => session.send(TEXTS_FEATURE, text)).toThrow('not-allowed');
    session.send(TRANSFERS_FEATURE, { type: 'cancel', transferId: '2'.repeat(32) });
    await expect.poll(() => there.messages).toEqual([TRANSFERS_FEATURE]);
  });

  it('leaves alone what a peer says all the same', async () => {
    const ben = await end();
    const { messages } = record(ben);
    const anna = await RawDialer.admitted(ben.port, { claims: files });
    const { sessionId } = anna.peer;
    let seq = 0;
    const say = (feature: string, body: unknown) => anna.say({ type: 'message', seq: ++seq, feature, body });
    say('session', { type: 'purpose', purpose: SOME_FILES });
    await expect.poll(() => ben.view(sessionId)).toBeDefined();
    ben.accept(sessionId);
    ben.verify(sessionId);
    say('session', { type: 'verified' });
    say(TEXTS_FEATURE, { type: 'text', textId: '1'.repeat(32), text: 'hello' });
    say('tracks', { type: 'track-published', source: 'screen', streamId: 's', mute: 'none' });
    say(TRANSFERS_FEATURE, { type: 'cancel', transferId: '2'.repeat(32) });
    await expect.poll(() => messages).toEqual([TRANSFERS_FEATURE]);
    expect(ben.all('sessions:message')).toEqual([]);
    expect(phases(ben)).toEqual(['files connected']);
  });

  it('needs no question where the device may send files unasked, and no page', async () => {
    const [anna, ben] = [await end(), await end()];
    await friends(anna, ben);
    await ben.allow(anna.own.deviceId, { sendFiles: 'allow' });
    ben.hasActivePage = false;
    const { sessionId } = await anna.connectForFiles(ben.address);
    await expect.poll(() => phases(anna)).toEqual(['files connected']);
    anna.leave(sessionId);
    await expect.poll(() => phases(ben)).toEqual([]);
    // For everything it has to ask, and there is nobody.
    await expect(anna.connect(ben.address)).rejects.toMatchObject({ code: 'unavailable' });
    ben.hasActivePage = true;
    await anna.connect(ben.address);
    await expect.poll(() => phases(ben)).toEqual(['all asked']);
  });

  it('asks where the device may do nothing unasked', async () => {
    const [anna, ben] = [await end(), await end()];
    await friends(anna, ben);
    await anna.connectForFiles(ben.address);
    await expect.poll(() => phases(ben)).toEqual(['files asked']);
  });

  it('makes way for one for everything, whichever side asks for that', async () => {
    for (const isSame of [true, false]) {
      const [anna, ben] = [await end(), await end()];
      const { sessionId } = await anna.connectForFiles(ben.address);
      await expect.poll(() => ben.view(sessionId)).toBeDefined();
      await verifyBoth(anna, ben, sessionId);
      const [from, to] = isSame ? [anna, ben] : [ben, anna];
      await from.connect(to.address);
      await expect.poll(() => phases(to)).toEqual(['all asked']);
      await expect.poll(() => phases(from)).toEqual(['all asking']);
    }
  });

  it('ends by itself when nothing is under way in it', async () => {
    const [anna, ben] = [await end({ timings: { filesIdleMs: 60 } }), await end()];
    const { sessionId } = await anna.connectForFiles(ben.address);
    await expect.poll(() => ben.view(sessionId)).toBeDefined();
    ben.accept(sessionId);
    for (const each of [anna, ben]) {
      await expect.poll(() => each.view(sessionId)?.phase).toBe('verifying');
      each.verify(sessionId);
    }
    expect(await ben.until('sessions:ended')).toMatchObject({ sessionId, reason: 'closed' });
  });
});
