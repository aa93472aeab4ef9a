/** The settings of what lies beyond this network, on a made-up core. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { hasRelay, openBeyond, RUNNING } from '../support/harness/relayViews';
import { open, restyle, test } from '../support/harness/sceneTest';

const words = en.settings.beyond;
const updates = (page: Page) => page.evaluate(() => window.fakeCore.callsOf('settings:update'));

async function openSettings(page: Page) {
  await open(page, 'home');
  await openBeyond(page);
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

for (const [lang, { app, settings, errors }] of [
  ['en', en],
  ['ko', ko],
] as const)
  test(`a relay in the app is turned on, copied, moved and turned off (${lang})`, async ({ page }) => {
    await openSettings(page);
    await restyle(page, { lang, theme: 'light' });
    const own = settings.embeddedRelay;
    const relay = page.getByRole('switch', { name: own.title });
    const port = page.getByRole('textbox', { name: own.port });
    await expect(relay).not.toBeChecked();
    await expect(port).toBeHidden();
    await relay.click();
    expect(await updates(page)).toEqual([{ embeddedRelay: true }]);

    await hasRelay(page, { phase: 'starting' });
    await expect(page.getByText(own.starting)).toBeVisible();
    await hasRelay(page, { phase: 'stopping' });
    await expect(page.getByText(own.stopping)).toBeVisible();
    await hasRelay(page, RUNNING);
    await expect(page.getByText(own.addresses)).toBeVisible();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const address = 'http://192.168.0.12:47180';
    await page.getByRole('button', { name: app.copy.replace('{{text}}', address), exact: true }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address);

    for (const bad of ['', '0', '65536', '80a']) {
      await port.fill(bad);
      await page.keyboard.press('Enter');
      await expect(page.getByText(own.badPort)).toBeVisible();
    }
    await port.fill(' 8790 ');
    await page.keyboard.press('Enter');
    expect((await updates(page)).slice(1)).toEqual([{ embeddedRelayPort: 8790 }]);
    await expect(port).toHaveValue('8790');
    await expect(port).toBeFocused();
    await hasRelay(page, { phase: 'failed', failure: { code: 'port-taken', facts: { port: 8790 } } });
    await expect(page.getByRole('alert').filter({ hasText: errors['port-taken'].title })).toContainText(
      errors['port-taken'].help,
    );
    await expect(page.getByText(address)).toBeHidden();
    await expect(port).toHaveValue('8790');

    await relay.click();
    expect((await updates(page)).at(-1)).toEqual({ embeddedRelay: false });
    await expect(page.getByRole('alert').filter({ hasText: errors['port-taken'].title })).toBeHidden();
  });

test('a page whose backend can run no relay offers none', async ({ page }) => {
  await openSettings(page);
  await expect(page.getByRole('switch', { name: en.settings.embeddedRelay.title })).toBeVisible();
  await page.evaluate(() => window.fakeCore.set({ embeddedRelay: { phase: 'unavailable' } }));
  await expect(page.getByRole('switch', { name: en.settings.embeddedRelay.title })).toBeHidden();
});

test('invites lead to a relay in the app where no other one is set, and say whom that leaves out', async ({
  page,
}) => {
  const { form, noRelay, open: invite } = en.invites;
  await open(page, 'invite-without-relay');
  await page.getByRole('button', { name: invite, exact: true }).click();
  await expect(page.getByText(noRelay.title)).toBeVisible();
  await hasRelay(page, RUNNING);
  await expect(page.getByText(form.onlyHere)).toBeVisible();
  await page.getByRole('radiogroup').getByText(form.code, { exact: true }).click();
  await expect(page.getByText('192.168.0.12:47180')).toBeVisible();
  await page.evaluate(() => {
    const { settings } = window.fakeCore.getSnapshot();
    if (settings) window.fakeCore.set({ settings: { ...settings, relayUrl: 'https://relay.example.org' } });
  });
  await expect(page.getByText('relay.example.org')).toBeVisible();
  await expect(page.getByText(form.onlyHere)).toBeHidden();
  await hasRelay(page, { ...RUNNING, urls: [] });
  await page.evaluate(() => {
    const { settings } = window.fakeCore.getSnapshot();
    if (settings) window.fakeCore.set({ settings: { ...settings, relayUrl: null } });
  });
  await expect(page.getByText(noRelay.title)).toBeVisible();
});
