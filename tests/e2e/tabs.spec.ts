import { join } from 'node:path';
import type { TransferView } from '../../src/shared/contract/transfers';
import { en } from '../../src/renderer/i18n/en';
import type { HitherPage } from '../support/app/HitherPage';
import type { Instance } from '../support/app/Instance';
import { expect, type LocalInstances, test } from '../support/app/localTest';
import { digestOf, writeRandomFile } from '../support/app/testFiles';
import { TransferParts } from '../support/app/TransferParts';
import { words } from '../support/app/words';

/** Takes most of a minute at the speed it is sent with, which is what a busy machine needs to open tabs beside it. */
const FILE = 'long.bin';
const FILE_BYTES = 24_000_000;
const SPEED_MBS = 0.5;

interface Sending {
  alice: Instance;
  bob: Instance;
  path: string;
  /** What a tab says of the file that another one sends. */
  held: string;
}

/** Alice's first tab is in the middle of sending a file to Bob. */
async function addSending(local: LocalInstances, tamper: () => void = () => undefined): Promise<Sending> {
  const { alice, bob } = await local.addSession({ alice: { tamper } });
  const path = await writeRandomFile(join(local.dir, FILE), FILE_BYTES);
  await TransferParts.limitSpeed(alice.page, SPEED_MBS);
  await alice.app.drop(path);
  await bob.app.acceptOffer(alice.name);
  await bob.app.expectTransfer('receive', FILE, 'active', 20_000);
  await new TransferParts(bob.page, 'receive', FILE).expectToMove(5, 10_000);
  const held = words(en.app.heldFiles_one, { name: bob.name }).replace('{{count, number}}', '1');
  return { alice, bob, path, held };
}

/** The transfer stands so, and its row says why. */
async function expectRow(
  app: HitherPage,
  direction: TransferView['direction'],
  phase: TransferView['phase'],
  text: string,
): Promise<void> {
  await app.expectTransfer(direction, FILE, phase);
  await expect(app.transfer(direction, FILE)).toContainText(text);
}

/** The file goes on and arrives as it was; what is left of it goes as fast as it can. */
async function expectArrived({ alice, bob, path }: Sending): Promise<void> {
  await TransferParts.endLimit(alice.page);
  await bob.app.expectTransfer('receive', FILE, 'done', 30_000);
  expect(await digestOf(join(bob.downloadsDir, FILE))).toBe(await digestOf(path));
}

test('a tab that sends is named before another takes over, what it sends waits for it, and goes on', async ({
  local,
}) => {
  const sending = await addSending(local);
  const { alice, bob, held } = sending;
  const second = await alice.openTab();
  await second.expectQuestion(en.app.occupied.sends, held);
  // No is an answer, and costs nothing.
  await second.leaveThere();
  await alice.app.expectInUse();
  await bob.app.expectTransfer('receive', FILE, 'active');
  await second.useHere();
  await second.expectQuestion(held);
  await second.useHere();
  await second.expectInUse();
  await alice.app.expectSuperseded();
  await expect(alice.page.getByRole('alertdialog')).toContainText(held);
  await expectRow(second, 'send', 'paused', en.transfers.paused.pageAway);
  const { peerPageAway } = en.transfers.paused;
  await expectRow(bob.app, 'receive', 'paused', words(peerPageAway, { name: alice.name }));
  const before = await bob.app.transferProgress('receive', FILE);
  expect(before).toBeGreaterThan(0);
  // The second tab holds nothing, so there is nothing to ask.
  await alice.app.useHere();
  await alice.app.expectInUse();
  await second.expectSuperseded();
  await bob.app.expectTransfer('receive', FILE, 'active');
  expect(await bob.app.transferProgress('receive', FILE)).toBeGreaterThanOrEqual(before);
  await expectArrived(sending);
});

test(
  'a tab that was set aside goes on when the other one is closed, and its sends with it',
  { tag: '@long' },
  async ({ local }) => {
    const sending = await addSending(local);
    const { alice, bob } = sending;
    const second = await alice.openTab();
    await second.useHere();
    await bob.app.expectTransfer('receive', FILE, 'paused');
    await second.page.close();
    await alice.app.expectInUse();
    await expectArrived(sending);
  },
);

test(
  'what a tab sends fails once that tab is closed, be it set aside or in use',
  { tag: '@long' },
  async ({ local }) => {
    const { alice, bob } = await addSending(local);
    const second = await alice.openTab();
    await second.useHere();
    await bob.app.expectTransfer('receive', FILE, 'paused');
    await alice.page.close();
    await second.expectTransferFailure('send', FILE, 'page-gone');
    await bob.app.expectTransferFailure('receive', FILE, 'page-gone');
    await second.expectInUse();
  },
);

test(
  'what a page sends fails when it is reloaded, and nobody is asked anything',
  { tag: '@long' },
  async ({ local }) => {
    const { alice, bob } = await addSending(local);
    await alice.page.reload();
    await alice.app.expectInUse();
    await alice.app.expectTransferFailure('send', FILE, 'page-gone');
    await bob.app.expectTransferFailure('receive', FILE, 'page-gone');
  },
);

test(
  'a page whose socket breaks comes back, and what it sends goes on',
  { tag: '@long' },
  async ({ local }) => {
    const sending = await addSending(local, keepSockets);
    const { alice, bob } = sending;
    // No page that is closed gives such a code.
    await alice.page.evaluate(() => globalThis.keptSockets.at(-1)?.close(4000));
    await expect.poll(() => alice.page.evaluate(() => globalThis.keptSockets.length)).toBe(2);
    await alice.app.expectInUse();
    await bob.app.expectTransfer('receive', FILE, 'active');
    await expectArrived(sending);
  },
);

declare global {
  var keptSockets: WebSocket[];
}

/** Runs in the page: keeps its sockets at hand. */
function keepSockets(): void {
  globalThis.keptSockets = [];
  globalThis.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      globalThis.keptSockets.push(this);
    }
  };
}
