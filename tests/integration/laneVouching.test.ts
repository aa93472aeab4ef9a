/** Whom a verified peer can have this device knock at: nobody but itself. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it } from 'vitest';
import { TRANSFERS_FEATURE } from '../../src/shared/protocol/transfer';
import { HubPage } from '../support/lan/HubPage';
import { loopbackBackend, type Sightings } from '../support/lan/LoopbackBackend';
import { afterwards, end } from '../support/lan/opened';

/** The peer's machine, and another one on the same network. */
const PEER = '127.0.0.1';
const THIRD = '127.0.0.2';
/** Something that listens, as any service of a machine does, and counts who comes. */
async function service(address: string, port = 0) {
  const seen = { calls: 0 };
  const server = createServer((socket) => {
    seen.calls++;
    socket.on('error', () => undefined);
    socket.destroy();
  });
  server.listen(port, address);
  await once(server, 'listening');
  afterwards(() => server.close());
  return Object.assign(seen, { port: (server.address() as AddressInfo).port });
}

/**
 * A backend with a verified session whose peer offers lanes as it likes.
 * @returns what makes an offer, and the two that it may have called
 */
async function verifiedPeer(sightings: Sightings = { named: [], answered: null }) {
  const { backend, address, close } = await loopbackBackend(sightings);
  afterwards(close);
  const page = await HubPage.open(backend);
  const peer = await end({ name: 'Mallory' });
  const { sessionId } = await peer.connect(address);
  await page.untilPhase(sessionId, 'asked');
  await page.request('sessions:accept', { sessionId });
  await page.untilPhase(sessionId, 'verifying');
  await page.request('sessions:verify', { sessionId, trust: false });
  await expect.poll(() => peer.view(sessionId)?.phase).toBe('verifying');
  peer.verify(sessionId);
  await page.untilPhase(sessionId, 'connected');

  const third = await service(THIRD);
  const own = await service(PEER, third.port);
  const offer = (...addresses: string[]): void => {
    const [fingerprint, token] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
    peer.service
      .session(sessionId)
      .send(TRANSFERS_FEATURE, { type: 'lane-offer', fingerprint, token, addresses, port: third.port });
  };
  return { offer, third, own };
}

it('a lane is dialed where the session is, and at no other machine that the peer names', async () => {
  const { offer, third, own } = await verifiedPeer();
  // In this order: whoever comes first is dialed first.
  offer(THIRD, `::ffff:${THIRD}`, PEER);
  await expect.poll(() => own.calls).toBeGreaterThan(0);
  expect(third.calls).toBe(0);
});

it('what the peer announces of itself vouches for nothing', async () => {
  const named = [THIRD, PEER].map((host) => ({ host, port: 47_117 }));
  const { offer, third, own } = await verifiedPeer({ named, answered: PEER });
  offer(THIRD, PEER);
  await expect.poll(() => own.calls).toBeGreaterThan(0);
  expect(third.calls).toBe(0);
});

it('discovery vouches for the address where the device has answered', async () => {
  const { offer, third } = await verifiedPeer({ named: [], answered: THIRD });
  offer(THIRD);
  await expect.poll(() => third.calls).toBeGreaterThan(0);
});
