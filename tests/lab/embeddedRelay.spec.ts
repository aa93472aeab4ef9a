/** A relay in the app, where the network keeps devices from finding each other. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { RELAY_PORT } from '../../src/shared/protocol/relay';
import { digestOf, writeRandomFile } from '../support/app/testFiles';
import { attempt } from '../support/lab/command';
import { expectPatternFollowed } from '../support/lab/followsPattern';
import { expect, test } from '../support/lab/labTest';

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Turns the relay in the app on, and reads where others reach it. */
async function runRelay(page: Page): Promise<void> {
  await press(page, en.app.settings);
  await page.getByRole('tab', { name: en.settings.tabs.beyond }).click();
  await page.getByRole('switch', { name: en.settings.embeddedRelay.title }).click();
  await expect(page.getByText(en.settings.embeddedRelay.addresses)).toBeVisible();
}

test('where multicast is blocked, an invite by the relay in the app brings a screen and a file across, and the session outlives the relay', async ({
  lab,
}) => {
  await lab.network.blockMulticastDns();
  const { alice, bob } = await lab.addPair();
  const { page } = alice;
  await runRelay(page);
  await expect(page.getByText(`http://${alice.network.addressV4}:${RELAY_PORT}`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await press(page, en.invites.open);
  await press(page, en.invites.form.create);
  const link = await page.getByRole('dialog').locator('code').textContent();
  expect(link).toContain(`http://${alice.network.addressV4}:${RELAY_PORT}/#`);

  const field = bob.page.getByLabel(en.home.address.label);
  await field.fill(link ?? '');
  await field.press('Enter');
  await bob.app.expectConnected();
  await press(page, en.invites.toSession);
  await alice.app.expectConnected();
  for (const each of [page, bob.page])
    await expect(
      each.getByRole('region', { name: en.session.stage.label }).getByText(en.session.path.local),
    ).toBeVisible();
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);

  await press(page, en.app.settings);
  await page.getByRole('tab', { name: en.settings.tabs.beyond }).click();
  await page.getByRole('switch', { name: en.settings.embeddedRelay.title }).click();
  const health = `http://${alice.network.addressV4}:${RELAY_PORT}/healthz`;
  const [program, ...args] = bob.network.wrap(process.execPath, '-e', `await fetch('${health}')`);
  await expect.poll(() => attempt(program, ...args), { timeout: 5_000, message: 'it answers' }).toBe(false);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  const file = await writeRandomFile(join(lab.dir, 'near.bin'), 4_000_000);
  await bob.app.drop(file);
  await alice.app.acceptOffer('Bob');
  await alice.app.expectTransfer('receive', 'near.bin', 'done');
  expect(await digestOf(join(alice.downloadsDir, 'near.bin'))).toBe(await digestOf(file));
  await expectPatternFollowed(alice, bob, 8);
});
