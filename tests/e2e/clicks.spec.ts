/** How much two people have to do until a file is there: every click of both, and a drop counts as one. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../src/renderer/i18n/en';
import { connect } from '../support/app/connect';
import { expect, type LocalInstances, test } from '../support/app/localTest';
import type { Instance } from '../support/app/Instance';
import { digestsUnder } from '../support/app/testFiles';

/** mDNS answers within seconds; a probe that got lost is repeated. */
const FOUND_MS = 20_000;
/** From the last yes to a small file's last byte. */
const DELIVERED_MS = 15_000;

/** Counts what is pressed in the pages of both, from now on. */
async function countClicks(...people: readonly Instance[]): Promise<() => Promise<number>> {
  for (const { page } of people)
    await page.evaluate(() => {
      const counted = globalThis as { clickCount?: number };
      counted.clickCount = 0;
      const count = (): void => void (counted.clickCount = (counted.clickCount ?? 0) + 1);
      for (const type of ['click', 'drop']) addEventListener(type, count, true);
    });
  return async () => {
    const counts = await Promise.all(
      people.map(({ page }) => page.evaluate(() => (globalThis as { clickCount?: number }).clickCount ?? 0)),
    );
    return counts.reduce((sum, each) => sum + each, 0);
  };
}

/** Drops a new file on the other's card. */
async function drop(local: LocalInstances, from: Instance, to: Instance, name: string): Promise<void> {
  const path = join(local.dir, name);
  await writeFile(path, `this is ${name}`);
  await expect(from.app.card(to.name)).toBeVisible({ timeout: FOUND_MS });
  await from.app.dropOnCard(to.name, path);
}

/** The card says that it is there, and it is; nobody has left Home for it. */
async function expectDelivered(from: Instance, to: Instance, name: string): Promise<void> {
  const line = from.app.card(to.name).getByTestId('card-line').filter({ hasText: name });
  await expect(line).toContainText(en.transfers.card.delivered, { timeout: DELIVERED_MS });
  expect([...(await digestsUnder(to.downloadsDir)).keys()]).toContain(name);
  for (const { page } of [from, to])
    await expect(page.getByRole('navigation').getByRole('button')).toHaveCount(1);
}

/** Two people who have met, trust each other, and are back on Home. */
async function addFriends(local: LocalInstances): Promise<{ alice: Instance; bob: Instance }> {
  const [alice, bob] = await Promise.all([local.add('Alice'), local.add('Bob')]);
  await connect(alice, bob, { trust: true });
  await alice.app.leave();
  for (const { app } of [alice, bob]) await app.expectNoSession();
  return { alice, bob };
}

test('the first time: a drop, a yes, and the code on both sides', async ({ local }) => {
  const [alice, bob] = await Promise.all([local.add('Alice'), local.add('Bob')]);
  await expect(alice.app.card(bob.name)).toBeVisible({ timeout: FOUND_MS });
  const clicks = await countClicks(alice, bob);
  await drop(local, alice, bob, 'report.txt');
  const request = bob.app.fileRequest(alice.name, 'report.txt');
  await expect(request).toBeVisible();
  await request.getByRole('button', { name: en.app.accept }).click();
  const [here, there] = await Promise.all([alice.app.trust.code(), bob.app.trust.code()]);
  expect(here).toEqual(there);
  await alice.app.trust.confirmCode();
  await bob.app.trust.confirmCode();
  await expectDelivered(alice, bob, 'report.txt');
  expect(await clicks()).toBe(4);

  // A second file in the same session needs no code, and is asked about as any other is.
  await drop(local, alice, bob, 'second.txt');
  await bob.app.acceptOffer(alice.name);
  await expectDelivered(alice, bob, 'second.txt');
});

test('trusted: a drop and a yes; with standing consent the drop alone, and nothing more than files', async ({
  local,
}) => {
  const { alice, bob } = await addFriends(local);
  const clicks = await countClicks(alice, bob);
  await drop(local, alice, bob, 'asked.txt');
  await bob.app.fileRequest(alice.name, 'asked.txt').getByRole('button', { name: en.app.accept }).click();
  await expectDelivered(alice, bob, 'asked.txt');
  expect(await clicks()).toBe(2);

  // Whoever wants more than files asks anew, and is connected in place of that session.
  await alice.app.connectTo(bob.name);
  await bob.app.acceptRequest(alice.name);
  await alice.app.expectConnected();
  await alice.app.leave();
  for (const { app } of [alice, bob]) await app.expectNoSession();

  await bob.app.trust.allow(alice.name, 'sendFiles');
  const before = await clicks();
  await drop(local, alice, bob, 'unasked.txt');
  await expectDelivered(alice, bob, 'unasked.txt');
  expect((await clicks()) - before).toBe(1);
});

test(
  'what was declined says so on the card, and is sent again from there',
  { tag: '@long' },
  async ({ local }) => {
    const [alice, bob] = await Promise.all([local.add('Alice'), local.add('Bob')]);
    await drop(local, alice, bob, 'report.txt');
    await bob.app.fileRequest(alice.name, 'report.txt').getByRole('button', { name: en.app.decline }).click();
    const line = alice.app.card(bob.name).getByTestId('card-line');
    await expect(line).toContainText(`${bob.name} declined`);
    await line.getByRole('button', { name: en.transfers.card.again }).click();
    await bob.app.fileRequest(alice.name, 'report.txt').getByRole('button', { name: en.app.accept }).click();
    await compareCodesOnly(alice, bob);
    await expectDelivered(alice, bob, 'report.txt');
  },
);

/** Both say that the codes match; what follows is no session on screen. */
async function compareCodesOnly(alice: Instance, bob: Instance): Promise<void> {
  for (const { app } of [alice, bob]) {
    await app.trust.code();
    await app.trust.confirmCode();
  }
}
