import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { CREDIT_WINDOW_BYTES } from '../../src/shared/transfer/receiving/CreditLedger';
import { digestsUnder } from '../support/app/testFiles';
import { TransferParts } from '../support/app/TransferParts';
import { expect, test } from '../support/lab/labTest';
import { limitedTransfer } from '../support/lab/limitedTransfer';

/** Keeps the transfer going for the whole test, on either kind of lane, whatever the machine can do. */
const SPEED_MBS = 12;
const FILE_BYTES = 600_000_000;
const TRANSFER_MS = 240_000;
const OUTAGES = 6;
/** ICE misses packets after some seconds, and 3 s later the link is given up; a busy machine takes longer, in ms. */
const LINK_LOSS_MS = 20_000;

test('a file arrives whole over a cable that is pulled and put back at random moments', async ({ lab }) => {
  test.setTimeout(TRANSFER_MS + 120_000);
  const { alice, bob } = await lab.addSession();
  const sent = join(lab.dir, 'sent');
  const [, received] = await limitedTransfer(alice, bob, {
    dir: sent,
    bytes: FILE_BYTES,
    speedMbs: SPEED_MBS,
  });
  const outages: string[] = [];
  for (let outage = 1; outage <= OUTAGES; outage++) {
    // The cable goes at any moment of the transfer, and is back after any time.
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
  await TransferParts.endLimit(alice.page);
  await bob.app.expectTransfer('receive', 'long.bin', 'done', TRANSFER_MS);
  await alice.app.expectTransfer('send', 'long.bin', 'done');
  expect(await digestsUnder(bob.downloadsDir)).toEqual(await digestsUnder(sent));
  // What is there is not sent again: no more than the credit is lost with a cable, and packets have headers.
  expect(await alice.network.sentBytes()).toBeLessThan(1.05 * FILE_BYTES + OUTAGES * CREDIT_WINDOW_BYTES);
});
