/** Whole apps beyond their networks: what takes long to try, or measures time. */
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import type { Instance } from '../support/app/Instance';
import { digestOf, writeRandomFile } from '../support/app/testFiles';
import { TransferParts } from '../support/app/TransferParts';
import { expect, expectPath, test } from '../support/lab/beyondTest';
import { laneTraffic } from '../support/lab/laneTraffic';
import { framesSince, gapAfter, noteFrames, paintStampedScreen } from '../support/lab/stampedScreen';

/** From the loss of a path to the first picture over the next, in ms; 2.0 to 2.5 s as measured. */
const BACK_MS = 5_000;
const TRANSFER_MS = 60_000;

/** Which of the connections that a page has made are up, by their number: that of a new link is another one. */
async function connectedOnes({ page }: Instance): Promise<number[]> {
  const states = (await laneTraffic(page)).map(({ state }, index) => [state, index] as const);
  return states.filter(([state]) => state === 'connected').map(([, index]) => index);
}

/** How the browser of this page talks to its TURN server. */
async function relayProtocol({ page }: Instance): Promise<unknown> {
  return page.evaluate(async () => {
    const { peerConnections = [] } = globalThis as { peerConnections?: RTCPeerConnection[] };
    for (const connection of peerConnections) {
      const report = (await connection.getStats()) as unknown as Map<string, Record<string, unknown>>;
      const used = [...report.values()].find(
        ({ type, nominated }) => type === 'candidate-pair' && nominated === true,
      );
      const local = report.get(String(used?.['localCandidateId']));
      if (local?.['relayProtocol'] !== undefined) return local['relayProtocol'];
    }
    return null;
  });
}

test.describe('where UDP is blocked', () => {
  test.use({ routers: { nat: 'cone', lets: 'tcp' } });
  test('the path goes through coturn all the same', async ({ pair: { alice, bob, meet } }) => {
    await meet();
    await expectPath([alice, bob], en.session.path.relay);
  });
});

test.describe('where only TLS gets out', () => {
  test.use({ routers: { nat: 'cone', lets: 'tls' } });
  test('screen and file go through coturn over TLS', async ({ pair: { alice, bob, meet, dir } }) => {
    await meet();
    await expectPath([alice, bob], en.session.path.relay);
    await paintStampedScreen(alice.page);
    await alice.app.shareScreen();
    await expect(bob.app.remoteVideo).toBeVisible();
    const file = await writeRandomFile(join(dir, 'sealed.bin'), 2_000_000);
    await alice.app.drop(file);
    await bob.app.acceptOffer('Alice');
    await bob.app.expectTransfer('receive', 'sealed.bin', 'done', TRANSFER_MS);
    expect(await relayProtocol(alice)).toBe('tls');
  });
});

test('a screen and a file go on over the same link when the machine changes its network', async ({
  pair: { alice, bob, meet, dir },
  world,
}) => {
  await world?.spare.join(world.here.host);
  await meet();
  await expectPath([alice, bob], en.session.path.internet);
  await paintStampedScreen(alice.page);
  await alice.app.shareScreen();
  await expect(bob.app.remoteVideo).toBeVisible();
  await noteFrames(bob.app.remoteVideo);
  const file = await writeRandomFile(join(dir, 'moving.bin'), 12_000_000);
  await TransferParts.limitSpeed(alice.page, 1);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');
  const received = new TransferParts(bob.page, 'receive', 'moving.bin');
  await received.expectToMove(5, TRANSFER_MS);
  await framesSince(bob.page);
  const before = await Promise.all([alice, bob].map(connectedOnes));
  const leftMs = Date.now();
  await world?.here.lan.leave(world.here.host);
  expect(await gapAfter(bob.page, leftMs)).toBeLessThan(BACK_MS);
  await received.expectToMove(5, TRANSFER_MS);
  expect(await Promise.all([alice, bob].map(connectedOnes))).toEqual(before);
  await TransferParts.endLimit(alice.page);
  await bob.app.expectTransfer('receive', 'moving.bin', 'done', TRANSFER_MS);
  expect(await digestOf(join(bob.downloadsDir, 'moving.bin'))).toBe(await digestOf(file));
});
