import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { SESSION_LIMITS } from '../../src/shared/protocol/lan';
import { newIdentity } from '../support/lan/identities';
import { afterwards, end } from '../support/lan/opened';
import { firstWord, nextOf, RawDialer, stranger } from '../support/lan/RawDialer';
import { pair } from '../support/lan/SessionEnd';

const hello = (changes: object = {}): string =>
  JSON.stringify({ ...(JSON.parse(RawDialer.begin().hello) as object), ...changes });

const signal = {
  ...{ type: 'message', seq: 1, feature: 'links' },
  body: { type: 'signal', link: 1, signal: { type: 'renegotiate', renegotiate: true } },
};

/** A message about the session itself. */
const own = (seq: number, body: object): object => ({ type: 'message', seq, feature: 'session', body });

describe('a listener', () => {
  it.each([
    ['garbage', 'hello there'],
    ['another message', JSON.stringify({ type: 'message', seq: 1, body: {} })],
    ['a hello without a key', hello({ ephemeral: undefined })],
    ['a hello with a key of small order', hello({ ephemeral: '0'.repeat(64) })],
    ['a hello for other algorithms', hello({ suite: 'rot13' })],
    ['a hello that expects a secret', hello({ auth: 'secret' })],
    ['a hello with a version range upside down', hello({ protocol: { min: 3, max: 2 } })],
  ])('refuses %s', async (_name, text) => {
    const ben = await end();
    expect(await firstWord(ben.port, text)).toMatchObject({ type: 'refuse', reason: 'protocol-violation' });
    expect(ben.events).toEqual([]);
  });

  it('refuses a protocol version it does not speak, whatever else the hello says', async () => {
    const ben = await end();
    const answer = await firstWord(ben.port, JSON.stringify({ type: 'hello', protocol: { min: 7, max: 9 } }));
    expect(answer).toEqual({
      type: 'refuse',
      reason: 'incompatible-version',
      protocol: { min: 3, max: 3 },
    });
  });

  it('drops a first message in binary, and a stranger that sends more than it may', async () => {
    const ben = await end();
    expect(await firstWord(ben.port, Buffer.from('{}'))).toBeNull();
    const padded = hello({ padding: 'x'.repeat(SESSION_LIMITS.maxStrangerBytes) });
    expect(await firstWord(ben.port, padded)).toBeNull();
    expect(ben.events).toEqual([]);
  });

  it('counts what a stranger sends over the whole handshake', async () => {
    const ben = await end();
    const socket = stranger(ben.port);
    await once(socket, 'open');
    const half = 'x'.repeat(SESSION_LIMITS.maxStrangerBytes / 2);
    socket.send(hello({ padding: half }));
    expect(await nextOf(socket)).toContain('welcome');
    socket.send(Buffer.from(half));
    expect(await nextOf(socket)).toBeNull();
  });

  it('tells a stranger that does not prove who it is nothing but that', async () => {
    const ben = await end();
    const socket = stranger(ben.port);
    await once(socket, 'open');
    const handshake = RawDialer.begin();
    socket.send(handshake.hello);
    const welcome = await nextOf(socket);
    for (const told of [ben.own.identityKey, ben.own.deviceId, ben.name, ben.own.fingerprint])
      expect(welcome).not.toContain(told);
    handshake.handleWelcome(String(welcome));
    socket.send(handshake.channel.outgoing.seal('{"type":"identify","body":"{}","signature":"00"}'));
    const answer = await nextOf(socket);
    // Sealed as the second message, where the first is awaited.
    expect(answer).toBeInstanceOf(Uint8Array);
    expect(handshake.handleAnswer(answer as Uint8Array)).toMatchObject({
      type: 'refuse',
      reason: 'tampered',
    });
    expect(ben.events).toEqual([]);
  });

  it('drops a stranger that is slow, wherever it stops', async () => {
    // Opening the sockets on a busy machine has to fit in.
    const ben = await end({ limits: { strangerTimeoutMs: 1_000 } });
    const upgraded = stranger(ben.port);
    const greeted = stranger(ben.port);
    await once(greeted, 'open');
    greeted.send(hello());
    const silent = connect(ben.port, '127.0.0.1');
    silent.on('error', () => undefined);
    const startMs = performance.now();
    await Promise.all([once(upgraded, 'close'), once(greeted, 'close'), once(silent, 'close')]);
    expect(performance.now() - startMs).toBeLessThan(5_000);
  });

  it('does not drop a session once the stranger’s time is over', async () => {
    // The handshake of a busy machine has to fit in.
    const limits = { strangerTimeoutMs: 1_000 };
    const [anna, ben] = [await end({ limits }), await end({ limits })];
    await pair(anna, ben);
    await sleep(1.2 * limits.strangerTimeoutMs);
    expect(anna.carriers).toEqual(['lan up']);
  });

  it('answers so many handshakes from an address and no more, and then again', async () => {
    const ben = await end({ limits: { burstHandshakesPerAddress: 3, handshakesPerAddressPerSecond: 2 } });
    const answers = await Promise.all([...Array(8).keys()].map(() => RawDialer.to(ben.port)));
    expect(answers.filter((answer) => answer === 'busy')).toHaveLength(5);
    await expect.poll(() => RawDialer.to(ben.port)).not.toBeTypeOf('string');
  });

  it('refuses web pages by their Origin, and every other path', async () => {
    const ben = await end();
    const socket = stranger(ben.port, { origin: 'http://evil.example' });
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
    const status = async (path: string, headers = {}): Promise<number | undefined> => {
      const request = get({ port: ben.port, host: '127.0.0.1', path, headers, agent: false });
      const [answer] = (await once(request, 'response')) as [{ statusCode: number; resume(): void }];
      answer.resume();
      return answer.statusCode;
    };
    expect(await status('/hither/device')).toBe(200);
    expect(await status('/hither/device', { origin: 'http://evil.example' })).toBe(404);
    expect(await status('/')).toBe(404);
    expect(await status('/hither/device/..')).toBe(404);
  });

  it('lets in so many strangers and no more, in all and from one address', async () => {
    const ben = await end({ limits: { maxStrangersPerAddress: 3 } });
    const sockets = [1, 2, 3].map(() => connect(ben.port, '127.0.0.1'));
    for (const socket of sockets) {
      socket.on('error', () => undefined);
      afterwards(() => {
        socket.destroy();
      });
    }
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    const anna = await end();
    await expect(anna.connect(ben.address)).rejects.toMatchObject({ code: 'not-hither' });
    sockets[0]?.destroy();
    await vi.waitFor(() => anna.connect(ben.address), 5_000);
  });

  it('ends a session whose peer floods it', async () => {
    const ben = await end({
      limits: { burstMessages: 50, messagesPerSecond: 10 },
      timings: { reconnectWindowMs: 200 },
    });
    const peer = await RawDialer.admitted(ben.port);
    const session = ben.service.session(peer.peer.sessionId);
    for (let seq = 1; seq <= 200; seq++) peer.say(own(seq, { type: 'accept' }));
    await once(peer.socket, 'close');
    expect(session.lastSeq).toBeGreaterThan(0);
    expect(session.lastSeq).toBeLessThanOrEqual(50);
    expect(await ben.until('sessions:ended')).toMatchObject({ reason: 'lost' });
  });

  it.each([
    ['a message about the session that is none', own(1, { type: 'run', command: 'rm' })],
    ['a message of no feature', { type: 'message', seq: 1, body: { type: 'accept' } }],
    ['a feature without a proper name', { ...own(1, { type: 'accept' }), feature: 'Run!' }],
    ['a message from beyond the window', own(SESSION_LIMITS.maxInFlight + 1, { type: 'accept' })],
    ['a "verified" before the person has accepted', own(1, { type: 'verified' })],
    ['an acknowledgement of what was never said', { type: 'ack', seq: 9 }],
    ['an unknown frame', { type: 'shout' }],
    ['a signal before the two people have verified', signal],
    ['a message of a feature that nobody knows, as early', { ...signal, feature: 'of-tomorrow' }],
  ])('ends a session as a protocol violation at %s', async (_name, frame) => {
    const ben = await end();
    const peer = await RawDialer.admitted(ben.port);
    peer.say(frame);
    expect(await ben.until('sessions:ended')).toMatchObject({ reason: 'protocol-violation', by: 'none' });
    expect(ben.all('sessions:message')).toEqual([]);
  });

  it('passes on once what a peer sends twice', async () => {
    const ben = await end();
    const peer = await RawDialer.admitted(ben.port);
    const { sessionId } = peer.peer;
    ben.accept(sessionId);
    ben.verify(sessionId);
    peer.say(own(1, { type: 'verified' }));
    const relink = (seq: number): object => ({
      ...{ type: 'message', seq, feature: 'links' },
      body: { type: 'relink', link: seq },
    });
    for (const seq of [2, 2, 3, 2, 3, 4]) peer.say(relink(seq));
    await expect.poll(() => ben.heard()).toContain(4);
    expect(ben.heard()).toEqual([2, 3, 4]);
  });

  it('drops a socket that sends more than a message may hold', async () => {
    const ben = await end({ timings: { reconnectWindowMs: 100 } });
    const { socket } = await RawDialer.admitted(ben.port);
    socket.send(Buffer.alloc(SESSION_LIMITS.maxMessageBytes + 1));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
    expect(await ben.until('sessions:ended')).toMatchObject({ reason: 'lost' });
  });

  it('gives a session back to nobody but the device that it is with', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    const thief = { claims: { sessionId }, identity: newIdentity(), lastSeq: 0 };
    expect(await RawDialer.to(ben.port, thief)).toBe('lost');
    expect(ben.isUp()).toBe(true);
    expect(ben.carriers).toEqual(['lan up']);
    expect(await RawDialer.to(ben.port, { ...thief, identity: anna.identity })).toBeInstanceOf(RawDialer);
    expect(ben.carriers).toEqual(['lan up', 'lan up']);
  });

  it('holds at most 32 sessions', async () => {
    const ben = await end();
    for (let n = 0; n < 32; n++) await RawDialer.admitted(ben.port);
    expect(await RawDialer.to(ben.port)).toBe('busy');
  });
});
