import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { LAN_PORT } from '../../src/shared/protocol/lan';
import { CREDIT_WINDOW_BYTES } from '../../src/shared/transfer/receiving/CreditLedger';
import { digestsUnder, writeRandomFile } from '../support/app/testFiles';
import { TransferParts } from '../support/app/TransferParts';
import type { Host } from '../support/lab/Host';
import { expect, test } from '../support/lab/labTest';

/** Keeps the transfer going for the whole test, on either kind of lane, whatever the machine can do. */
const SPEED_MBS = 12;
/** Faster than any lane: what is left when all has been seen need not take long. */
const NO_LIMIT_MBS = 1_000;
const FILE_BYTES = 600_000_000;
const TRANSFER_MS = 240_000;
const OUTAGES = 6;
/** ICE misses packets after some seconds, and 3 s later the link is given up; a busy machine takes longer, in ms. */
const LINK_LOSS_MS = 20_000;
/** A firewall that swallows packets is noticed by silence, in 2.5 s; a busy machine takes longer, in ms. */
const TO_CHANNELS_MS = 20_000;
/** Dials are 10 s apart by then, and one that is under way may take 3 s more; in ms. */
const BACK_TO_LAN_MS = 40_000;

/** Alice sends Bob a file of hers, at a speed that is the same on every lane. */
async function startTransfer(alice: Host, bob: Host, dir: string): Promise<[TransferParts, TransferParts]> {
  const name = 'long.bin';
  const file = await writeRandomFile(join(dir, name), FILE_BYTES);
  await TransferParts.limitSpeed(alice.page, SPEED_MBS);
  await alice.app.drop(file);
  await bob.app.acceptOffer('Alice');
  await bob.app.expectTransfer('receive', name, 'active', 20_000);
  return [new TransferParts(alice.page, 'send', name), new TransferParts(bob.page, 'receive', name)];
}

test('a LAN lane that a firewall cuts gives way to data channels, and is back when the firewall is gone', async ({
  lab,
}) => {
  test.setTimeout(TRANSFER_MS + 120_000);
  const { alice, bob } = await lab.addSession();
  const sent = join(lab.dir, 'sent');
  const rows = await startTransfer(alice, bob, sent);
  for (const row of rows) await row.expectLane('lan', 20_000);
  const phases = await Promise.all(rows.map((row) => row.watchPhases()));
  await rows[1].expectToMove(2, 30_000);
  const letPass = await lab.network.blockTcp({ butPort: LAN_PORT });
  for (const row of rows) await row.expectLane('data-channel', TO_CHANNELS_MS);
  await rows[1].expectToMove(4, 60_000);
  await letPass();
  for (const row of rows) await row.expectLane('lan', BACK_TO_LAN_MS);
  await rows[1].expectToMove(2, 30_000);
  await TransferParts.limitSpeed(alice.page, NO_LIMIT_MBS);
  await bob.app.expectTransfer('receive', 'long.bin', 'done', TRANSFER_MS);
  await alice.app.expectTransfer('send', 'long.bin', 'done');
  // Neither stopped on the way.
  for (const seen of phases) expect(await seen()).toEqual(['active', 'done']);
  expect(await digestsUnder(bob.downloadsDir)).toEqual(await digestsUnder(sent));
});

test('a file arrives whole over a cable that is pulled and put back at random moments', async ({ lab }) => {
  test.setTimeout(TRANSFER_MS + 120_000);
  const { alice, bob } = await lab.addSession();
  const sent = join(lab.dir, 'sent');
  const [, received] = await startTransfer(alice, bob, sent);
  const outages: string[] = [];
  for (let outage = 1; outage <= OUTAGES; outage++) {
    await bob.page.waitForTimeout(randomInt(1_000, 4_000));
    const host = outage % 2 === 0 ? alice : bob;
    await host.network.unplug();
    const from = Date.now();
    // Left to chance, half of all runs would lose no link, and so could not tell whether a new one goes on.
    if (outage % 3 === 0) {
      await bob.app.expectTransfer('receive', 'long.bin', 'waiting', LINK_LOSS_MS);
      await alice.app.expectTransfer('send', 'long.bin', 'waiting', LINK_LOSS_MS);
      await bob.page.waitForTimeout(randomInt(50, 4_000));
    } else await bob.page.waitForTimeout(randomInt(50, 9_000));
    await host.network.plugIn();
    outages.push(`${host.name} ${Date.now() - from} ms`);
    await received.expectToMove(1, 60_000);
  }
  test.info().annotations.push({ type: 'outages', description: outages.join(', ') });
  await TransferParts.limitSpeed(alice.page, NO_LIMIT_MBS);
  await bob.app.expectTransfer('receive', 'long.bin', 'done', TRANSFER_MS);
  await alice.app.expectTransfer('send', 'long.bin', 'done');
  expect(await digestsUnder(bob.downloadsDir)).toEqual(await digestsUnder(sent));
  // What is there is not sent again: no more than the credit is lost with a cable, and packets have headers.
  expect(await alice.network.sentBytes()).toBeLessThan(1.05 * FILE_BYTES + OUTAGES * CREDIT_WINDOW_BYTES);
});
