/** One way between two devices goes, and what can go another way does. */
import { join } from 'node:path';
import { LAN_PORT } from '../../src/shared/protocol/lan';
import { en } from '../../src/renderer/i18n/en';
import { connect } from '../support/app/connect';
import { digestsUnder } from '../support/app/testFiles';
import { TransferParts } from '../support/app/TransferParts';
import { expectPatternFollowed } from '../support/lab/followsPattern';
import type { Host } from '../support/lab/Host';
import { expect, type HostPair, test } from '../support/lab/labTest';
import { limitedTransfer } from '../support/lab/limitedTransfer';
import { recordSessions, seenSessions } from '../support/lab/seenSessions';

/** Keeps the transfer going for as long as the test needs it. */
const SPEED_MBS = 2;
const FILE_BYTES = 80_000_000;
const TRANSFER_MS = 60_000;
/** A socket counts as dead after 10 s of silence, which is looked at every 4 s; in ms. */
const DEAD_SOCKET_MS = 14_500;
/** A link that is silent is closed when a restart has not helped for 6 s, and so are the lanes and the carrier on it; in ms. */
const GIVEN_UP_MS = 6_500;

/** Half of what a session waits for a carrier, in ms. */
const BACK_MS = 15_000;

/** A transfer at a low speed, and what to check once all that can break is broken. */
async function slowTransfer({ alice, bob }: HostPair, dir: string) {
  const sent = join(dir, 'sent');
  const [, received] = await limitedTransfer(alice, bob, {
    dir: sent,
    bytes: FILE_BYTES,
    speedMbs: SPEED_MBS,
  });
  await received.expectLane('lan', 20_000);
  const phases = await received.watchPhases();
  return {
    received,
    /** All of it arrives, and it has never stopped on the way. */
    expectWhole: async () => {
      await TransferParts.endLimit(alice.page);
      await bob.app.expectTransfer('receive', 'long.bin', 'done', TRANSFER_MS);
      expect(await phases()).toEqual(['active', 'done']);
      expect(await digestsUnder(bob.downloadsDir)).toEqual(await digestsUnder(sent));
    },
  };
}

/** A text goes there and its receipt comes back. */
async function expectTextArrives(from: Host, to: Host, text: string): Promise<void> {
  await from.app.sendText(to.name, text);
  // It may have to wait for another carrier.
  await to.app.expectText(text, 'received', BACK_MS);
  await from.app.expectText(text, 'delivered', BACK_MS);
}

test('screen, transfer and texts go on when a firewall cuts the port of the sessions', async ({ lab }) => {
  const pair = await lab.addPair({ alice: { tamper: recordSessions } });
  const { alice, bob } = pair;
  await connect(alice, bob);
  await alice.app.shareScreen();
  const transfer = await slowTransfer(pair, lab.dir);
  await lab.network.blockTcpPorts(LAN_PORT, LAN_PORT + 9);
  const cutMs = Date.now();
  await expectTextArrives(alice, bob, 'while the socket seems to live');
  await expectPatternFollowed(alice, bob, 0);
  await alice.page.waitForTimeout(Math.max(0, DEAD_SOCKET_MS - (Date.now() - cutMs)));
  await expectTextArrives(bob, alice, 'after it has died');
  await transfer.received.expectToMove(1, 20_000);
  await transfer.expectWhole();
  expect(await seenSessions(alice.page)).toEqual([['asking', 'verifying', 'connected']]);
});

test(
  'texts and the transfer go on when a firewall cuts the link of the pages, and it comes back',
  { tag: '@long' },
  async ({ lab }) => {
    const pair = await lab.addPair({ alice: { tamper: recordSessions } });
    const { alice, bob } = pair;
    await connect(alice, bob);
    const transfer = await slowTransfer(pair, lab.dir);
    const letPass = await lab.network.blockUdp();
    await expect(alice.page.getByText(en.session.linkLost)).toBeVisible({ timeout: 20_000 });
    await alice.page.waitForTimeout(GIVEN_UP_MS);
    await expectTextArrives(alice, bob, 'without a link');
    await expectTextArrives(bob, alice, 'nor the other way');
    await transfer.received.expectToMove(1, 20_000);
    await transfer.received.expectLane('lan', 1_000);
    await letPass();
    await alice.app.expectConnected(20_000);
    await transfer.expectWhole();
    expect(await seenSessions(alice.page)).toEqual([['asking', 'verifying', 'connected']]);
  },
);

test(
  'a device that gets another address, and no IPv6 there, while the cable stays in is found again',
  { tag: '@long' },
  async ({ lab }) => {
    const pair = await lab.addPair({ alice: { tamper: recordSessions } });
    const { alice, bob } = pair;
    await connect(alice, bob);
    await bob.app.shareScreen();
    await expect(alice.app.remoteVideo).toBeVisible();
    const transfer = await slowTransfer(pair, lab.dir);
    // Alice has dialed, so it is her device that has to find the new place.
    await bob.network.move('IPv4');
    await expectTextArrives(alice, bob, 'where are you?');
    await transfer.received.expectToMove(1, BACK_MS);
    await transfer.received.expectLane('lan', BACK_MS);
    await alice.app.expectConnected(BACK_MS);
    await expectPatternFollowed(bob, alice, 0);
    await expectTextArrives(bob, alice, 'elsewhere');
    await transfer.expectWhole();
    // One session all along; whether the new socket comes before the old one is missed is up to the machines.
    const seen = await seenSessions(alice.page);
    expect([seen.length, seen[0]?.at(-1)]).toEqual([1, 'connected']);
  },
);
