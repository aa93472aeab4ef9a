/** The settings of what lies beyond this network, on a made-up core. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { open, test } from '../support/harness/sceneTest';

const words = en.settings.beyond;
const updates = (page: Page) => page.evaluate(() => window.fakeCore.callsOf('settings:update'));

async function openSettings(page: Page) {
  await open(page, 'home');
  await page.keyboard.press('Control+,');
  await page.getByRole('tab', { name: en.settings.tabs.beyond }).click();
  return page.getByRole('textbox', { name: words.relay });
}

test('a relay’s address is brought into its form, and told what is wrong with it', async ({ page }) => {
  const field = await openSettings(page);
  await field.fill('relay.example.org/base/');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('https://relay.example.org/base');
  expect(await updates(page)).toEqual([{ relayUrl: 'https://relay.example.org/base' }]);

  await field.fill('https://relay.example.org/base/ ');
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('https://relay.example.org/base');
  for (const [typed, problem] of [
    ['wss://relay.example.org', words.problem.scheme],
    ['https://relay.example.org/#AQ', words.problem.parts],
    ['my relay', words.problem.host],
  ] as const) {
    await field.fill(typed);
    await page.keyboard.press('Enter');
    await expect(page.getByText(problem)).toBeVisible();
  }
  expect(await updates(page)).toHaveLength(1);

  await field.fill('http://192.168.0.2:8080');
  await expect(page.getByText(words.plain)).toBeVisible();
  await field.fill('');
  await field.blur();
  expect((await updates(page)).at(-1)).toEqual({ relayUrl: null });
});

test('trusted devices can be let in at a relay, once there is one', async ({ page }) => {
  const field = await openSettings(page);
  const reachable = page.getByRole('switch', { name: words.reachable });
  await expect(reachable).toBeDisabled();
  await expect(page.getByText(words.needsRelay)).toBeVisible();
  await field.fill('relay.example.org');
  await field.blur();
  await expect(reachable).toBeEnabled();
  await expect(reachable).not.toBeChecked();
  await reachable.click();
  await expect(reachable).toBeChecked();
  expect((await updates(page)).at(-1)).toEqual({ reachable: true });
});
