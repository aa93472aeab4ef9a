import type { Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { RELAY_PORT } from '../../src/shared/protocol/relay';
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

test('where multicast is blocked, an invite by the relay in the app brings screens across, and outlives the relay', async ({
  lab,
}) => {
  await lab.network.blockMulticastDns();
  const { alice, bob } = await lab.addPair();
  const { page } = alice;
  await runRelay(page);
  await expect(page.getByText(`http://${alice.network.addressV4}:${RELAY_PORT}`)).toBeVisible();
  await press(page, en.app.close);
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
  await alice.app.shareScreen();
  await expectPatternFollowed(alice, bob, 0);
});
