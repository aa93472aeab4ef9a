import { join } from 'node:path';
import { LAN_PORT } from '../../src/shared/protocol/lan';
import { digestsUnder } from '../support/app/testFiles';
import { TransferParts } from '../support/app/TransferParts';
import { expect, test } from '../support/lab/labTest';
import { limitedTransfer } from '../support/lab/limitedTransfer';

/** Keeps the transfer going for the whole test, on either kind of lane, whatever the machine can do: 50 s. */
const SPEED_MBS = 4;
const FILE_BYTES = 200_000_000;
const TRANSFER_MS = 240_000;
/** What TCP sends whole over Ethernet is longer, and what WebRTC sends is shorter. */
const NARROW_BYTES = 1_400;
/** At twice the speed of the other test: 8 s, so that a LAN lane has the time to come up again. */
const NARROW_FILE_BYTES = 64_000_000;
/** A firewall that swallows packets is noticed by silence, in 2.5 s; a busy machine takes longer, in ms. */
const TO_CHANNELS_MS = 20_000;
/** Dials are 10 s apart by then, and one that is under way may take 3 s more; in ms. */
const BACK_TO_LAN_MS = 40_000;

test('a LAN lane that a firewall cuts gives way to data channels, and is back when the firewall is gone', async ({
  lab,
}) => {
  test.setTimeout(TRANSFER_MS + 120_000);
  const { alice, bob } = await lab.addSession();
  const sent = join(lab.dir, 'sent');
  const rows = await limitedTransfer(alice, bob, { dir: sent, bytes: FILE_BYTES, speedMbs: SPEED_MBS });
  for (const row of rows) await row.expectLane('lan', 20_000);
  const phases = await Promise.all(rows.map((row) => row.watchPhases()));
  await rows[1].expectToMove(2, 30_000);
  const letPass = await lab.network.blockTcp({ butPort: LAN_PORT });
  for (const row of rows) await row.expectLane('data-channel', TO_CHANNELS_MS);
  await rows[1].expectToMove(4, 60_000);
  await letPass();
  for (const row of rows) await row.expectLane('lan', BACK_TO_LAN_MS);
  await rows[1].expectToMove(2, 30_000);
  await TransferParts.endLimit(alice.page);
  await bob.app.expectTransfer('receive', 'long.bin', 'done', TRANSFER_MS);
  await alice.app.expectTransfer('send', 'long.bin', 'done');
  // Neither stopped on the way.
  for (const seen of phases) expect(await seen()).toEqual(['active', 'done']);
  expect(await digestsUnder(bob.downloadsDir)).toEqual(await digestsUnder(sent));
});

test('a path that drops long packets has no LAN lane, and the data channels carry at their own speed', async ({
  lab,
}) => {
  const { alice, bob } = await lab.addSession();
  await lab.network.dropTcpLongerThan(NARROW_BYTES);
  const sent = join(lab.dir, 'sent');
  const limits = { dir: sent, bytes: NARROW_FILE_BYTES, speedMbs: 2 * SPEED_MBS };
  const [, received] = await limitedTransfer(alice, bob, limits);
  // The lane of before has yet to be missed.
  await received.expectLane('data-channel', TO_CHANNELS_MS);
  const [lanes, phases] = [await received.watchLanes(), await received.watchPhases()];
  await bob.app.expectTransfer('receive', 'long.bin', 'done', TRANSFER_MS);
  expect([await lanes(), await phases()]).toEqual([['data-channel'], ['active', 'done']]);
  expect(await digestsUnder(bob.downloadsDir)).toEqual(await digestsUnder(sent));
});
