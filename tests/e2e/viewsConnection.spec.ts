/** The settings about the way to peers, and what a session says where they leave none. */
import { expect } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { open, test } from '../support/harness/sceneTest';

const words = en.settings.servers;

test('own servers are looked at before they are kept, and what is wrong is said', async ({ page }) => {
  await open(page, 'home');
  await page.getByRole('button', { name: en.app.settings, exact: true }).click();
  const dialog = page.getByRole('dialog', { name: en.settings.title });
  await dialog.getByRole('tab', { name: en.settings.tabs.beyond }).click();
  const patches = () => page.evaluate(() => window.fakeCore.callsOf('settings:update'));
  const url = dialog.getByRole('textbox', { name: words.url });
  for (const [typed, complaint] of [
    ['https://example.org', words.bad.url],
    ['turn:example.org', words.bad.credentials],
  ] as const) {
    await url.fill(typed);
    await url.press('Enter');
    await expect(dialog.getByText(complaint)).toBeVisible();
  }
  expect(await patches()).toEqual([]);
  await dialog.getByRole('textbox', { name: words.username }).fill('me');
  await dialog.getByLabel(words.credential, { exact: true }).fill('secret');
  await dialog.getByRole('button', { name: words.add }).click();
  const server = { url: 'turn:example.org', username: 'me', credential: 'secret' };
  expect(await patches()).toEqual([{ iceServers: [server] }]);
  await expect(url).toHaveValue('');
  await page.evaluate(
    (iceServers) => {
      const { settings } = window.fakeCore.getSnapshot();
      if (settings) window.fakeCore.set({ settings: { ...settings, iceServers } });
    },
    [server],
  );
  await url.fill('turn:example.org');
  await url.press('Enter');
  await expect(dialog.getByText(words.bad.known)).toBeVisible();
  await dialog.getByRole('button', { name: 'Remove turn:example.org' }).click();
  await dialog.getByRole('switch', { name: en.settings.hideAddress }).click();
  expect((await patches()).slice(1)).toEqual([{ iceServers: [] }, { hideAddress: true }]);
});

test('a session that can have no link because an address is hidden says so', async ({ page }) => {
  await open(page, 'session-without-link');
  await expect(page.getByText(en.session.linkBlocked)).toHaveCount(0);
  await page.evaluate(() => {
    const [first] = window.fakeCore.getSnapshot().sessions;
    if (first) window.fakeCore.set({ sessions: [{ ...first, isLinkBlocked: true }] });
  });
  await expect(page.getByRole('status').getByText(en.session.linkBlocked)).toBeVisible();
});
