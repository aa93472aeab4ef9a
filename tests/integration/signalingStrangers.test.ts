import { once } from 'node:events';
import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { LAN_LIMITS, LAN_SOCKET_PATH, LanServerFirst } from '../../src/shared/signaling/lan';
import { eventually } from '../support/lan/eventually';
import { afterwards, end } from '../support/lan/opened';
import { newId, pair } from '../support/lan/SignalingEnd';

function stranger(port: number, headers: Record<string, string> = {}): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${LAN_SOCKET_PATH}`, { headers });
  socket.on('error', () => undefined);
  afterwards(() => {
    socket.terminate();
  });
  return socket;
}

const hello = (changes: object = {}) => ({
  type: 'hello',
  protocol: { min: 1, max: 1 },
  device: { deviceId: newId(), name: 'x', platform: 'linux', appVersion: '0.1.0' },
  sessionId: newId(),
  ...changes,
});

/** Says something as the first message; what comes back, or `null` where the socket closes without a word. */
async function firstWord(port: number, text: string | Buffer): Promise<LanServerFirst | null> {
  const socket = stranger(port);
  await once(socket, 'open');
  socket.send(text);
  const [answer] = (await Promise.race([once(socket, 'message'), once(socket, 'close')])) as [unknown];
  return Buffer.isBuffer(answer) ? LanServerFirst.parse(JSON.parse(answer.toString())) : null;
}

/** A stranger with a session. */
async function admitted(port: number): Promise<WebSocket> {
  const socket = stranger(port);
  await once(socket, 'open');
  socket.send(JSON.stringify(hello()));
  await once(socket, 'message');
  return socket;
}

describe('a listener', () => {
  it.each([
    ['garbage', 'hello there'],
    ['another message', JSON.stringify({ type: 'message', seq: 1, body: {} })],
    ['a hello without a device', JSON.stringify(hello({ device: undefined }))],
    ['a hello with a bad session id', JSON.stringify(hello({ sessionId: '../../etc' }))],
    ['a hello with a version range upside down', JSON.stringify(hello({ protocol: { min: 2, max: 1 } }))],
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
      protocol: { min: 1, max: 1 },
    });
  });

  it('drops a first message in binary, and one larger than a hello may be', async () => {
    const ben = await end();
    expect(await firstWord(ben.port, Buffer.from('{}'))).toBeNull();
    const padded = JSON.stringify(hello({ padding: 'x'.repeat(LAN_LIMITS.maxHelloBytes) }));
    expect(await firstWord(ben.port, padded)).toBeNull();
    expect(ben.events).toEqual([]);
  });

  it('drops a stranger that is slow with its hello, and one that never speaks HTTP', async () => {
    const ben = await end({ limits: { helloTimeoutMs: 200 } });
    const socket = stranger(ben.port);
    const silent = connect(ben.port, '127.0.0.1');
    silent.on('error', () => undefined);
    const startMs = performance.now();
    await Promise.all([once(socket, 'close'), once(silent, 'close')]);
    expect(performance.now() - startMs).toBeLessThan(2_000);
  });

  it('does not drop a session once the hello’s time is over', async () => {
    const limits = { helloTimeoutMs: 150 };
    const [anna, ben] = [await end({ limits }), await end({ limits })];
    await pair(anna, ben);
    await sleep(400);
    expect(anna.all('signaling:link')).toEqual([]);
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
    await eventually(() =>
      anna.connect(ben.address).then(
        () => true,
        () => false,
      ),
    );
  });

  it('ends a session whose peer floods it', async () => {
    const ben = await end({
      limits: { burstMessages: 50, messagesPerSecond: 10 },
      timings: { reconnectWindowMs: 200 },
    });
    const socket = await admitted(ben.port);
    for (let seq = 1; seq <= 200; seq++)
      socket.send(JSON.stringify({ type: 'message', seq, body: { type: 'accept' } }));
    await once(socket, 'close');
    expect(ben.all('signaling:message').length).toBeLessThanOrEqual(50);
    expect(await ben.until('signaling:closed')).toMatchObject({ reason: 'lost' });
  });

  it.each([
    ['a message that is not a signal', { type: 'message', seq: 1, body: { type: 'run', command: 'rm' } }],
    ['a gap in the sequence', { type: 'message', seq: 5, body: { type: 'accept' } }],
    ['an acknowledgement of what was never said', { type: 'ack', seq: 9 }],
    ['an unknown frame', { type: 'shout' }],
  ])('ends a session as a protocol violation at %s', async (_name, frame) => {
    const ben = await end();
    const socket = await admitted(ben.port);
    socket.send(JSON.stringify(frame));
    expect(await ben.until('signaling:closed')).toMatchObject({ reason: 'protocol-violation' });
    expect(ben.all('signaling:message')).toEqual([]);
  });

  it('passes on once what a peer sends twice', async () => {
    const ben = await end();
    const socket = await admitted(ben.port);
    for (const seq of [1, 1, 2, 1, 2, 3])
      socket.send(JSON.stringify({ type: 'message', seq, body: { type: 'relink', link: seq } }));
    await eventually(() => ben.heard().includes(3));
    expect(ben.heard()).toEqual([1, 2, 3]);
  });

  it('drops a socket that sends more than a message may hold', async () => {
    const ben = await end({ timings: { reconnectWindowMs: 100 } });
    const socket = await admitted(ben.port);
    socket.send('x'.repeat(LAN_LIMITS.maxMessageBytes + 1));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
    expect(await ben.until('signaling:closed')).toMatchObject({ reason: 'lost' });
  });

  it('gives a session back to nobody without its token', async () => {
    const [anna, ben] = [await end(), await end()];
    const sessionId = await pair(anna, ben);
    const answer = await firstWord(ben.port, JSON.stringify(hello({ sessionId, resumeToken: newId() })));
    expect(answer).toMatchObject({ type: 'refuse', reason: 'lost' });
    expect(ben.service.views()[0]?.isUp).toBe(true);
    expect(ben.all('signaling:link')).toEqual([]);
  });

  it('holds at most 32 sessions', async () => {
    const ben = await end();
    for (let n = 0; n < 32; n++) await admitted(ben.port);
    expect(await firstWord(ben.port, JSON.stringify(hello()))).toMatchObject({ reason: 'busy' });
  });
});
