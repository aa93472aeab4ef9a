import { existsSync } from 'node:fs';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { digestOf, digestsUnder, writeFolder, writeRandomFile } from '../support/app/testFiles';
import { words } from '../support/app/words';
import { expect, test } from '../support/lab/labTest';
import { HOSTILE_BACKEND } from '../support/lab/tampering';
import { Tmpfs } from '../support/lab/Tmpfs';

const MEGABYTE = 1_000_000;

test('an offer with a hostile name is refused, and says which', async ({ lab }) => {
  const file = await writeRandomFile(join(lab.dir, 'innocent.txt'), 1_000);
  const { alice, bob } = await lab.addSession({ alice: { preload: HOSTILE_BACKEND } });
  await alice.app.drop(file);
  await bob.app.expectRefusedOffer('hostile-name', '../evil.txt');
  await alice.app.expectTransferFailure('send', 'innocent.txt', 'hostile-name');
  expect(await digestsUnder(bob.downloadsDir)).toEqual(new Map());
  expect(existsSync(join(bob.downloadsDir, '../evil.txt'))).toBe(false);
});

test('a peer that talks garbage loses its session', async ({ lab }) => {
  const { alice, bob } = await lab.addSession({ alice: { preload: HOSTILE_BACKEND } });
  await alice.app.startSharing();
  await bob.app.expectEnded('protocol-violation', 'Alice');
});

test('an offer that does not fit on the disk can’t be accepted, and says so', async ({ lab }) => {
  const file = await writeRandomFile(join(lab.dir, 'too big.bin'), 20 * MEGABYTE);
  const disk = await Tmpfs.mount(join(lab.dir, 'small disk'), 8 * MEGABYTE);
  try {
    const { alice, bob } = await lab.addSession({ bob: { downloadsDir: disk.dir } });
    await alice.app.drop(file);
    await bob.app.expectOfferProblem('Alice', 'disk-full');
    await bob.app.declineOffer('Alice');
    await alice.app.expectTransfer('send', 'too big.bin', 'declined');
  } finally {
    await disk.unmount();
  }
});

test('a disk that fills up holds a transfer on both sides until there is room, and then it arrives whole', async ({
  lab,
}) => {
  const file = await writeRandomFile(join(lab.dir, 'large.bin'), 150 * MEGABYTE);
  const disk = await Tmpfs.mount(join(lab.dir, 'disk'), 200 * MEGABYTE);
  try {
    const { alice, bob } = await lab.addSession({ bob: { downloadsDir: disk.dir } });
    await alice.app.drop(file);
    await bob.app.acceptOffer('Alice');
    await expect
      .poll(() => bob.app.transferProgress('receive', 'large.bin'), { timeout: 30_000 })
      .toBeGreaterThan(2);
    const filler = join(disk.dir, 'somebody else’s.bin');
    await writeRandomFile(filler, 300 * MEGABYTE).catch(() => undefined);
    await bob.app.expectTransfer('receive', 'large.bin', 'paused', 60_000);
    await expect(bob.app.transfer('receive', 'large.bin')).toContainText(en.transfers.paused.diskFull);
    await alice.app.expectTransfer('send', 'large.bin', 'paused');
    await expect(alice.app.transfer('send', 'large.bin')).toContainText(
      words(en.transfers.paused.peerDiskFull, { name: 'Bob' }),
    );
    await rm(filler);
    await bob.app.expectTransfer('receive', 'large.bin', 'done', 60_000);
    await alice.app.expectTransfer('send', 'large.bin', 'done');
    expect(await digestsUnder(disk.dir)).toEqual(new Map([['large.bin', await digestOf(file)]]));
  } finally {
    await disk.unmount();
  }
});

test('a read-only downloads folder is told before anything is accepted', async ({ lab }) => {
  const file = await writeRandomFile(join(lab.dir, 'file.bin'), 1_000);
  const disk = await Tmpfs.mount(join(lab.dir, 'disk'), 8 * MEGABYTE);
  try {
    const { alice, bob } = await lab.addSession({ bob: { downloadsDir: disk.dir } });
    await disk.makeReadOnly();
    await alice.app.drop(file);
    await bob.app.expectOfferProblem('Alice', 'folder-read-only');
    await bob.app.declineOffer('Alice');
    await alice.app.expectTransfer('send', 'file.bin', 'declined');
  } finally {
    await disk.unmount();
  }
});

/** What Chromium itself says of a post whose file it can't read. */
const UNREADABLE_POST =
  /Failed to load resource: net::ERR_(FILE_NOT_FOUND|UPLOAD_FILE_CHANGED) \(http:.*\/backend/;

test('a file that vanishes after it was offered fails the transfer with its name', async ({ lab }) => {
  lab.troubles.announce(UNREADABLE_POST);
  const file = await writeRandomFile(join(lab.dir, 'vanishing.bin'), 5 * MEGABYTE);
  const { alice, bob } = await lab.addSession();
  await alice.app.drop(file);
  await expect(bob.app.offer('Alice')).toBeVisible();
  await rm(file);
  await bob.app.acceptOffer('Alice');
  await alice.app.expectTransferFailure('send', 'vanishing.bin', 'source-missing');
  await bob.app.expectTransfer('receive', 'vanishing.bin', 'failed');
  await expect.poll(() => digestsUnder(bob.downloadsDir)).toEqual(new Map());
});

test('one of many small files that vanishes after it was offered is the one that is named', async ({
  lab,
}) => {
  lab.troubles.announce(UNREADABLE_POST);
  const folder = await writeFolder(join(lab.dir, 'holiday'), 200);
  const { alice, bob } = await lab.addSession();
  await alice.app.sendFolder(folder);
  await expect(bob.app.offer('Alice')).toBeVisible();
  await rm(join(folder, 'group 0', 'part 0', 'file 150.bin'));
  await bob.app.acceptOffer('Alice');
  await alice.app.expectTransferFailure('send', 'holiday', 'source-missing');
  await expect(alice.app.transfer('send', 'holiday')).toContainText('file 150.bin');
  await bob.app.expectTransfer('receive', 'holiday', 'failed');
});

test('a file that changes after it was offered fails the transfer', async ({ lab }) => {
  lab.troubles.announce(UNREADABLE_POST);
  const file = await writeRandomFile(join(lab.dir, 'changing.bin'), 5 * MEGABYTE);
  const { alice, bob } = await lab.addSession();
  await alice.app.drop(file);
  await expect(bob.app.offer('Alice')).toBeVisible();
  await appendFile(file, 'more');
  await bob.app.acceptOffer('Alice');
  await bob.app.expectTransfer('receive', 'changing.bin', 'failed');
  await alice.app.expectTransfer('send', 'changing.bin', 'failed');
  await expect.poll(() => digestsUnder(bob.downloadsDir)).toEqual(new Map());
});
