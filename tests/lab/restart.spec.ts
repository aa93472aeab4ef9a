/** The path between two pages breaks and another one is found: picture, files and the link itself go on. */
import { join } from 'node:path';
import { connect } from '../support/app/connect';
import { digestsUnder } from '../support/app/testFiles';
import { TransferParts } from '../support/app/TransferParts';
import type { Host } from '../support/lab/Host';
import { blockLanLanes, cutPorts, laneTraffic } from '../support/lab/laneTraffic';
import { expect, test } from '../support/lab/labTest';
import { limitedTransfer } from '../support/lab/limitedTransfer';
import { framesSince, gapAfter, noteFrames, paintStampedScreen } from '../support/lab/stampedScreen';
import { keepConnections } from '../support/lab/tampering';

/** From the loss of a path to the first picture over the next, in ms. */
const BACK_MS = 5_000;
/**
 * From there to the next part of a file, in ms: SCTP doubles its patience with each try that fails (RFC 9260, 6.3.3), so the first
 * that gets through may be one at 6 s.
 */
const MOVES_MS = 10_000;
/** Long enough for a path at rest to be doubted twice, in ms. */
const REST_MS = 4_000;
const FILE_BYTES = 40_000_000;
const SPEED_MBS = 2;
const TRANSFER_MS = 60_000;

/** How the connections of a page stand, in the order they were made. */
async function connectionStates({ page }: Host): Promise<string[]> {
  return (await laneTraffic(page)).map(({ state }) => state);
}

/** By what ICE knows each connection of a page: another one after a restart. */
async function iceOf({ page }: Host): Promise<(string | undefined)[]> {
  return page.evaluate(() => {
    const { peerConnections = [] } = globalThis as { peerConnections?: RTCPeerConnection[] };
    return peerConnections.map(
      ({ localDescription }) => /a=ice-ufrag:\S+/.exec(localDescription?.sdp ?? '')?.[0],
    );
  });
}

test('a screen and a file go on over the same link when the ports of its path are cut, on either side', async ({
  lab,
}) => {
  const pair = await lab.addPair({ alice: { tamper: keepConnections }, bob: { tamper: keepConnections } });
  const { alice, bob } = pair;
  for (const { network } of [alice, bob]) await blockLanLanes(network);
  await connect(alice, bob);
  const begun = await Promise.all([alice, bob].map(iceOf));
  await alice.page.waitForTimeout(REST_MS);
  expect(await Promise.all([alice, bob].map(iceOf)), 'a path at rest is not taken for a broken one').toEqual(
    begun,
  );
  await paintStampedScreen(alice.page);
  await alice.app.shareScreen();
  await expect(bob.app.remoteVideo).toBeVisible();
  await noteFrames(bob.app.remoteVideo);
  const sent = join(lab.dir, 'sent');
  const [, received] = await limitedTransfer(alice, bob, {
    dir: sent,
    bytes: FILE_BYTES,
    speedMbs: SPEED_MBS,
  });
  for (const side of [alice, bob]) {
    await received.expectToMove(1, TRANSFER_MS);
    const [link] = await laneTraffic(side.page);
    await framesSince(bob.page);
    const cutMs = Date.now();
    await cutPorts(side.network, link?.ports ?? []);
    expect(await gapAfter(bob.page, cutMs), side.name).toBeLessThan(BACK_MS);
  }
  await received.expectToMove(1, MOVES_MS);
  for (const host of [alice, bob]) expect(await connectionStates(host), host.name).toEqual(['connected']);
  await TransferParts.endLimit(alice.page);
  await bob.app.expectTransfer('receive', 'long.bin', 'done', TRANSFER_MS);
  expect(await digestsUnder(bob.downloadsDir)).toEqual(await digestsUnder(sent));
});
