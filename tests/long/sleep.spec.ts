import { join } from 'node:path';
import { connect } from '../support/app/connect';
import { digestsUnder } from '../support/app/testFiles';
import { TransferParts } from '../support/app/TransferParts';
import { expect, test } from '../support/lab/labTest';
import { limitedTransfer } from '../support/lab/limitedTransfer';
import { recordSessions, seenSessions } from '../support/lab/seenSessions';

/** Keeps the transfer unfinished until the machine sleeps, whatever the machine can do. */
const SPEED_MBS = 3;
const FILE_BYTES = 120_000_000;
const TRANSFER_MS = 120_000;
/** Longer than a session waits: it is lost 30 s after its last carrier, which takes 14 s to be found dead. */
const SLEEP_MS = 60_000;

test('after a minute of sleep a trusted device is back by itself, and so is what it was being sent', async ({
  lab,
}) => {
  test.setTimeout(SLEEP_MS + TRANSFER_MS + 120_000);
  const { alice, bob } = await lab.addPair({ alice: { tamper: recordSessions } });
  await connect(alice, bob, { trust: true });
  const sent = join(lab.dir, 'sent');
  const [, received] = await limitedTransfer(alice, bob, {
    dir: sent,
    bytes: FILE_BYTES,
    speedMbs: SPEED_MBS,
  });
  await received.expectToMove(5, 30_000);
  await bob.sleep();
  const asleepMs = Date.now();
  try {
    await alice.app.expectSession('reconnecting', 20_000);
    await alice.app.expectEnded('lost', 'Bob', SLEEP_MS);
    await alice.page.waitForTimeout(Math.max(0, SLEEP_MS - (Date.now() - asleepMs)));
  } finally {
    await bob.wake();
  }
  await alice.app.expectTransfer('send', 'long.bin', 'active', 60_000);
  await TransferParts.endLimit(alice.page);
  await bob.app.expectTransfer('receive', 'long.bin', 'done', TRANSFER_MS);
  await alice.app.expectTransfer('send', 'long.bin', 'done');
  expect(await digestsUnder(bob.downloadsDir)).toEqual(await digestsUnder(sent));
  const [before, after] = await seenSessions(alice.page);
  expect(before?.at(-1)).toBe('reconnecting');
  expect(after?.at(-1)).toBe('connected');
});
