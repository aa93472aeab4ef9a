import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { makeLaneIdentity } from '../../src/main/node/lanes/certificate';
import { createRelay } from '../../src/relay/createRelay';
import { RelaySettingsError } from '../../src/relay/settings/RelaySettings';
import { MAX_RELAY_FRAME_BYTES } from '../../src/shared/protocol/relay';
import { FakeLog } from '../support/FakeLog';
import { client, pair, refusal } from '../support/relay/mailboxRules';
import { randomHex, RelayClient } from '../support/relay/RelayClient';
import { startRelay, testSettings } from '../support/relay/startRelay';

/** The status that an upgrade is refused with. */
async function refusedWith(url: string, headers: Record<string, string> = {}): Promise<string> {
  const socket = new WebSocket(url, { headers });
  const [error] = (await once(socket, 'error').catch((thrown: unknown) => [thrown])) as [Error];
  return error.message;
}

describe('who may come in', () => {
  it('only by the path, behind the base path', async () => {
    const { port, url } = await startRelay({ basePath: '/rendezvous' });
    await client().open(url, { type: 'join', mailbox: randomHex(32) });
    expect(await refusedWith(`ws://127.0.0.1:${port}/hither/relay`)).toContain('404');
    expect((await fetch(`http://127.0.0.1:${port}/rendezvous/hither/relay`)).status).toBe(426);
    expect((await fetch(`http://127.0.0.1:${port}/rendezvous/elsewhere`)).status).toBe(404);
  });

  it('by TLS, with the certificate that it was given', async () => {
    const { certificatePem: cert, fingerprint, keyPem: key } = makeLaneIdentity();
    const { port } = await startRelay({ tls: { cert, key } });
    const raw = connectTls({ host: '127.0.0.1', port, rejectUnauthorized: false });
    await once(raw, 'secureConnect');
    const shown = raw.getPeerCertificate().fingerprint256;
    expect(shown.replaceAll(':', '').toLowerCase()).toBe(fingerprint);
    raw.destroy();
    const socket = new WebSocket(`wss://127.0.0.1:${port}/hither/relay`, { rejectUnauthorized: false });
    await once(socket, 'open');
    socket.terminate();
    expect(await refusedWith(`ws://127.0.0.1:${port}/hither/relay`)).toContain('socket hang up');
  });

  it('no page of anybody else', async () => {
    const { port, url } = await startRelay();
    expect(await refusedWith(url, { origin: 'https://example.org' })).toContain('403');
    expect(await refusedWith(url, { origin: 'null' })).toContain('403');
    await new RelayClient({ headers: { origin: `http://127.0.0.1:${port}` } }).connect(url);
  });

  it('nobody who was refused and keeps a half of the connection', async () => {
    const { port } = await startRelay();
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\nOrigin: https://example.org\r\n\r\n';
    socket.write(`GET /hither/relay HTTP/1.1\r\nHost: x\r\n${upgrade}`);
    let answer = '';
    socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
    await once(socket, 'end');
    expect(answer).toContain('403');
    const [gone] = [new Promise((resolve) => socket.once('error', resolve))];
    // Whoever is gone answers what still comes with a reset.
    const timer = setInterval(() => socket.write('x'), 20);
    expect(await Promise.race([gone, sleep(2_000, 'still there')])).not.toBe('still there');
    clearInterval(timer);
    socket.destroy();
  });

  it('only so many of one address, told apart by what the trusted proxy wrote', async () => {
    const { url } = await startRelay({ trustedProxies: 1, limits: { maxMembersPerAddress: 2 } });
    const from = (address: string) => client({ headers: { 'x-forwarded-for': address } }).connect(url);
    await from('2001:db8::1');
    // What the client wrote itself stands before what the proxy adds, and one /64 is one address.
    await from('192.0.2.9, 2001:db8::2');
    await expect(from('2001:db8:0:0:9::3')).rejects.toThrow('429');
    await from('2001:db8:0:1::1');
  });

  it('believes no X-Forwarded-For without a trusted proxy', async () => {
    const { url } = await startRelay({ limits: { maxMembersPerAddress: 1 } });
    await client({ headers: { 'x-forwarded-for': '192.0.2.1' } }).connect(url);
    await expect(client({ headers: { 'x-forwarded-for': '192.0.2.2' } }).connect(url)).rejects.toThrow('429');
  });

  it('only so many in all, and no more once one is gone than before', async () => {
    const { url } = await startRelay({ limits: { maxMembers: 2 } });
    const first = await client().connect(url);
    await client().connect(url);
    await expect(client().connect(url)).rejects.toThrow('503');
    await first.drop();
    await expect
      .poll(() =>
        client()
          .connect(url)
          .then(() => 'in', String),
      )
      .toBe('in');
  });

  it('only so fast', async () => {
    const { url } = await startRelay({ limits: { socketsPerSecond: 0.01, burstSockets: 2 } });
    await client().connect(url);
    await client().connect(url);
    await expect(client().connect(url)).rejects.toThrow('429');
  });
});

describe('what a member may do', () => {
  it('says in time what it wants, in a version that the relay speaks', async () => {
    const { url } = await startRelay({ limits: { openingMs: 200 } });
    const silent = await client().connect(url);
    await expect.poll(() => silent.closedWith).toBe('silent');
    const newer = await client().connect((await startRelay()).url);
    newer.say({ type: 'join', version: 2, side: newer.side, mailbox: randomHex(32) });
    await expect.poll(() => newer.closedWith).toBe('unsupported');
  });

  it.each([
    ['text that is no JSON', (ws: WebSocket) => ws.send('{')],
    ['an unknown message', (ws: WebSocket) => ws.send('{"type":"dance"}')],
    ['a frame before its place', (ws: WebSocket) => ws.send(Buffer.from([1, 0, 0, 0, 0, 0, 0, 0, 1, 9]))],
    ['a leave before its place', (ws: WebSocket) => ws.send('{"type":"leave"}')],
    ['JSON nested without end', (ws: WebSocket) => ws.send('['.repeat(5_000))],
  ])('is closed for %s', async (_, act) => {
    const { url } = await startRelay();
    const member = await client().connect(url);
    act(member.socket);
    await expect.poll(() => member.closedWith).toBe('protocol-violation');
  });

  it('is closed for broken frames, a second opening, and a frame too large', async () => {
    const relay = await startRelay({ limits: { frameBytes: 20_000 } });
    const { a, b } = await pair([relay, relay]);
    a.socket.send(Buffer.from([7, 0, 0, 0, 0, 0, 0, 0, 1, 1]));
    await expect.poll(() => a.closedWith).toBe('protocol-violation');
    b.say({ type: 'join', version: 1, side: b.side, mailbox: randomHex(32) });
    await expect.poll(() => b.closedWith).toBe('protocol-violation');
    const c = (await pair([relay, relay])).a;
    c.send('x'.repeat(MAX_RELAY_FRAME_BYTES));
    await expect.poll(() => c.closedWith).toBe('1009');
    const text = await (await fetch(`${relay.http}/metrics`)).text();
    expect(text).toContain('hither_relay_closes_total{reason="too-large"} 1');
  });

  it('is closed for a text too long, whatever it says', async () => {
    const { url } = await startRelay();
    const a = client();
    await a.open(url, { type: 'join', mailbox: randomHex(32) });
    a.socket.send(JSON.stringify({ type: 'ice', more: 'x'.repeat(9_000) }));
    await expect.poll(() => a.closedWith).toBe('protocol-violation');
  });

  it('is closed for garbage on the wire', async () => {
    const { port, url } = await startRelay();
    const raw = connect(port, '127.0.0.1');
    raw.on('error', () => undefined);
    raw.write(
      'GET /hither/relay HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    await once(raw, 'data');
    raw.write(Buffer.alloc(4_096, 0xff));
    await once(raw, 'close');
    await client().open(url, { type: 'join', mailbox: randomHex(32) });
  });

  it('sends no faster than its limits, and its peer does not notice', async () => {
    const relay = await startRelay({ limits: { framesPerSecond: 20, bytesPerSecond: 50_000 } });
    const { a, b } = await pair([relay, relay]);
    for (let n = 0; n < 200; n++) a.send('flood');
    await expect.poll(() => a.closedWith).toBe('too-fast');
    expect(b.closedWith).toBeNull();
    expect(b.received.length).toBeLessThan(200);
    const { a: c } = await pair([relay, relay]);
    for (let n = 0; n < 38; n++) c.send('x'.repeat(15_000));
    await expect.poll(() => c.closedWith).toBe('too-fast');
  });

  it('guesses nameplates only so often, and another address is not held up', async () => {
    const { url } = await startRelay({
      trustedProxies: 1,
      limits: { nameplatesPerMinute: 0.1, burstNameplates: 3 },
    });
    const guess = (address: string): Promise<string> =>
      refusal(
        client({ headers: { 'x-forwarded-for': address } }).open(url, {
          type: 'claim',
          nameplate: '4711',
        }),
      );
    const tried: string[] = [];
    for (let n = 0; n < 5; n++) tried.push(await guess('192.0.2.1'));
    expect(tried).toEqual(['gone', 'gone', 'gone', 'too-fast', 'too-fast']);
    expect(await guess('192.0.2.2')).toBe('gone');
  });

  it('is closed if it does not read, without holding up others', async () => {
    const relay = await startRelay({
      limits: { unreadBytes: 200_000, framesPerSecond: 5_000, bytesPerSecond: 50_000_000 },
      mailboxes: { waitingBytes: 64 * 2 ** 20, waitingBytesPerAddress: 64 * 2 ** 20, waitingFrames: 5_000 },
    });
    const { a, b } = await pair([relay, relay], { acknowledges: false });
    const { a: c, b: d } = await pair([relay, relay]);
    b.socket.pause();
    // More than the buffers of the two systems' sockets hold.
    for (let n = 0; n < 150; n++) a.send(Buffer.alloc(100_000));
    await expect.poll(() => a.isPeerPresent).toBe(false);
    c.send('others');
    await expect.poll(() => d.received).toEqual(['others']);
    expect(a.closedWith).toBeNull();
    await expect
      .poll(async () => (await fetch(`${relay.http}/metrics`)).text())
      .toContain('hither_relay_closes_total{reason="slow-reader"} 1');
  });

  it('is closed if it never acknowledges, or falls silent', async () => {
    const relay = await startRelay({ limits: { heartbeatMs: 100, unacknowledgedMs: 200, silenceMs: 2_500 } });
    const { a, b } = await pair([relay, relay], { acknowledges: false });
    a.send('one');
    await expect.poll(() => b.closedWith).toBe('slow-reader');
    // A client that answers no ping: its library does so before anybody sees them.
    const [raw] = [(a.socket as unknown as { _socket: NodeJS.ReadableStream })._socket];
    raw.pause();
    await expect
      .poll(async () => (await fetch(`${relay.http}/metrics`)).text())
      .toContain('hither_relay_closes_total{reason="silent"} 1');
  });

  it('is told ICE servers that last a while, in a mailbox and not too often', async () => {
    const secret = 'north of the border';
    const relay = await startRelay({
      stunUrls: ['stun:stun.example.org:3478'],
      turn: { urls: ['turn:turn.example.org:3478'], secret, ttlS: 600 },
    });
    const a = client();
    await a.open(relay.url, { type: 'join', mailbox: randomHex(32) });
    a.say({ type: 'ice' });
    await expect.poll(() => a.messages.find(({ type }) => type === 'ice')).toBeDefined();
    const told = a.messages.find((message) => message.type === 'ice')!;
    const [stun, turn] = told.servers;
    expect(stun).toEqual({ urls: ['stun:stun.example.org:3478'] });
    const [expiry] = turn!.username!.split(':');
    expect(Number(expiry) - Date.now() / 1000).toBeGreaterThan(590);
    expect(Number(expiry) - Date.now() / 1000).toBeLessThanOrEqual(600);
    expect(turn!.credential).toBe(createHmac('sha1', secret).update(turn!.username!).digest('base64'));
    expect(told.ttlS).toBe(600);
    for (let n = 0; n < 4; n++) a.say({ type: 'ice' });
    await expect.poll(() => a.closedWith).toBe('too-fast');
  });
});

describe('a relay that is watched, and one that goes down', () => {
  it('says how it is, and counts without naming anybody', async () => {
    const relay = await startRelay();
    const { a, b, mailbox } = await pair([relay, relay]);
    a.send('secret words');
    await expect.poll(() => b.received).toEqual(['secret words']);
    expect(await (await fetch(`${relay.http}/healthz`)).json()).toEqual({ status: 'ok' });
    const metrics = await (await fetch(`${relay.http}/metrics`)).text();
    expect(metrics).toContain('hither_relay_members 2');
    expect(metrics).toContain('hither_relay_mailboxes 1');
    expect(metrics).toContain('hither_relay_joins_total{way="join"} 2');
    expect(metrics).toContain('hither_relay_frames_total 1');
    const said = metrics + JSON.stringify(relay.log.lines);
    for (const word of [mailbox, a.side, '127.0.0.1', 'secret']) expect(said).not.toContain(word);
  });

  it('shows its numbers to nobody behind a proxy but who has the token', async () => {
    const metricsToken = 'a token of some length';
    const { http } = await startRelay({ metricsToken });
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${http}/metrics`, { headers })).status;
    const forwarded = { 'x-forwarded-for': '127.0.0.1' };
    expect(await ask(forwarded)).toBe(404);
    expect(await ask({ ...forwarded, authorization: 'Bearer another token of length' })).toBe(404);
    expect(await ask({ ...forwarded, authorization: `Bearer ${metricsToken}` })).toBe(200);
  });

  it('tells members to move, lets nobody else in, and closes whoever stays', async () => {
    const relay = await startRelay({ drainMs: 1_500 });
    const { a, b } = await pair([relay, relay]);
    const drained = relay.relay.drain();
    await expect.poll(() => a.messages).toContainEqual({ type: 'draining', withinMs: 1_500 });
    expect(await refusedWith(relay.url)).toContain('503');
    expect((await fetch(`${relay.http}/healthz`)).status).toBe(503);
    a.send('still passed on');
    await expect.poll(() => b.received).toEqual(['still passed on']);
    await a.drop();
    await drained;
    await expect.poll(() => b.closedWith).toBe('draining');
  });

  it('is down at once when everybody has moved', async () => {
    const relay = await startRelay({ drainMs: 20_000 });
    const { a, b } = await pair([relay, relay]);
    const drained = relay.relay.drain();
    await Promise.all([a.drop(), b.drop()]);
    await expect(Promise.race([drained.then(() => 'down'), sleep(2_000)])).resolves.toBe('down');
  });

  it('is not made of settings that would be unsafe', () => {
    const unsafe = testSettings({ turn: { urls: ['turn:turn.example.org'], secret: '', ttlS: 600 } });
    expect(() => createRelay(unsafe, { log: new FakeLog() })).toThrow(RelaySettingsError);
  });
});
