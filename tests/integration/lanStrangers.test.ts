import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { type LaneIdentity, makeLaneIdentity } from '../../src/main/node/lanes/certificate';
import { dialLane } from '../../src/main/node/lanes/dialLane';
import { LanePort } from '../../src/main/node/lanes/LanePort';
import { HELLO, laneTls } from '../../src/main/node/lanes/laneTls';
import { afterwards } from '../support/lan/opened';

const TIMEOUT_MS = 600;

/** A port of ours that waits for one peer, and who came. */
async function openPort(peerOffered: Promise<void> = Promise.resolve()) {
  const [own, peer] = [makeLaneIdentity(), makeLaneIdentity()];
  const token = randomBytes(32);
  const came: TLSSocket[] = [];
  const port = new LanePort({
    identity: own,
    token,
    peerFingerprint: () => peerOffered.then(() => peer.fingerprint),
    strangerTimeoutMs: TIMEOUT_MS,
    onPeer: (socket) => came.push(socket),
  });
  afterwards(() => {
    port.close();
    for (const socket of came) socket.destroy();
  });
  return { own, peer, token, came, number: await port.open() };
}

/** Dials as the peer would. */
async function dial(port: number, own: LaneIdentity, fingerprint: string, token: Buffer): Promise<TLSSocket> {
  const socket = await dialLane({
    addresses: [{ host: '127.0.0.1', port }],
    fingerprint,
    token,
    identity: own,
    signal: AbortSignal.timeout(3_000),
  });
  afterwards(() => socket.destroy());
  return socket;
}

async function closes(socket: Socket, withinMs: number): Promise<boolean> {
  socket.on('error', () => undefined);
  socket.resume();
  if (socket.destroyed) return true;
  const closed = new Promise<true>((resolve) => socket.once('close', () => resolve(true)));
  return Promise.race([closed, sleep(withinMs).then(() => false)]);
}

describe('the port of a LAN lane', () => {
  it('lets in who has the certificate and the token, once, and closes', async () => {
    const { own, peer, token, came, number } = await openPort();
    await dial(number, peer, own.fingerprint, token);
    expect(came).toHaveLength(1);
    await expect(dial(number, peer, own.fingerprint, token)).rejects.toThrow();
    expect(came).toHaveLength(1);
  });

  it('drops a token that is wrong in one bit, and still lets the peer in afterwards', async () => {
    const { own, peer, token, came, number } = await openPort();
    const wrong = Buffer.from(token);
    wrong.writeUInt8(wrong.readUInt8(31) ^ 1, 31);
    await expect(dial(number, peer, own.fingerprint, wrong)).rejects.toMatchObject({
      code: 'connection-lost',
    });
    expect(came).toHaveLength(0);
    await dial(number, peer, own.fingerprint, token);
    expect(came).toHaveLength(1);
  });

  it('drops the right token with another certificate', async () => {
    const { own, token, came, number } = await openPort();
    await expect(dial(number, makeLaneIdentity(), own.fingerprint, token)).rejects.toMatchObject({
      code: 'connection-lost',
    });
    expect(came).toHaveLength(0);
  });

  it('drops the right token without a certificate', async () => {
    const { token, came, number } = await openPort();
    const socket = connect({
      host: '127.0.0.1',
      port: number,
      rejectUnauthorized: false,
      minVersion: 'TLSv1.3',
    });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    socket.write(Buffer.concat([HELLO, token]));
    expect(await closes(socket, 2_000)).toBe(true);
    expect(came).toHaveLength(0);
  });

  it.each([
    ['with a certificate', true],
    ['without one', false],
  ])('drops who has gone again, %s, before the peer has named its own', async (_, hasCertificate) => {
    let offer = (): void => undefined;
    const { peer, own, token, came, number } = await openPort(new Promise((resolve) => (offer = resolve)));
    const stranger = connect({
      port: number,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      ...(hasCertificate ? laneTls(makeLaneIdentity()) : {}),
    });
    await once(stranger, 'secureConnect');
    stranger.write(Buffer.concat([HELLO, randomBytes(32)]));
    // Each step has reached the port before the next: nobody is told of any.
    await sleep(100);
    stranger.destroy();
    await sleep(100);
    offer();
    await sleep(100);
    expect(came).toHaveLength(0);
    await dial(number, peer, own.fingerprint, token);
    expect(came).toHaveLength(1);
  });

  it('is not told the token when it shows another certificate than the offer named', async () => {
    const { peer, token, came, number } = await openPort();
    await expect(dial(number, peer, makeLaneIdentity().fingerprint, token)).rejects.toMatchObject({
      code: 'connection-lost',
    });
    expect(came).toHaveLength(0);
  });

  it('speaks no older TLS', async () => {
    const { peer, number } = await openPort();
    const socket = connect({
      host: '127.0.0.1',
      port: number,
      ...laneTls(peer),
      minVersion: 'TLSv1.2',
      maxVersion: 'TLSv1.2',
      rejectUnauthorized: false,
    });
    let isSecure = false;
    socket.on('secureConnect', () => (isSecure = true));
    expect(await closes(socket, 2_000)).toBe(true);
    expect(isSecure).toBe(false);
  });

  it('drops who says nothing, or one byte now and then, or garbage, in the time a stranger has', async () => {
    const { own, peer, token, came, number } = await openPort();
    const silent = connectPlain(number, '127.0.0.1');
    const slow = connectPlain(number, '127.0.0.1');
    const garbage = connectPlain(number, '127.0.0.1');
    await Promise.all([silent, slow, garbage].map((socket) => once(socket, 'connect')));
    const drip = setInterval(() => slow.write(Buffer.from([22])), 100);
    slow.on('close', () => clearInterval(drip));
    garbage.write(randomBytes(5_000));
    const startedMs = performance.now();
    const all = await Promise.all([silent, slow, garbage].map((socket) => closes(socket, 5 * TIMEOUT_MS)));
    clearInterval(drip);
    expect(all).toEqual([true, true, true]);
    expect(performance.now() - startedMs).toBeLessThan(4 * TIMEOUT_MS);
    expect(came).toHaveLength(0);
    await dial(number, peer, own.fingerprint, token);
  });

  it('drops who says too much in place of the token', async () => {
    const { peer, came, number } = await openPort();
    const socket = connect({ host: '127.0.0.1', port: number, ...laneTls(peer), rejectUnauthorized: false });
    socket.on('error', () => undefined);
    await once(socket, 'secureConnect');
    socket.write(Buffer.alloc(100_000));
    expect(await closes(socket, TIMEOUT_MS / 2)).toBe(true);
    expect(came).toHaveLength(0);
  });

  it('takes four strangers from one address at a time and drops the rest at once', async () => {
    const { number } = await openPort();
    const sockets = Array.from({ length: 7 }, () => connectPlain(number, '127.0.0.1'));
    afterwards(() => sockets.forEach((socket) => socket.destroy()));
    const dropped = await Promise.all(sockets.map((socket) => closes(socket, TIMEOUT_MS / 2)));
    expect(dropped.filter(Boolean)).toHaveLength(3);
  });
});
