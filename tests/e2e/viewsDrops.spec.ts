/** Files, texts and links that are dropped where nothing takes them, on a made-up core; serves itself. */
import { basename } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { violationsOf } from '../support/app/axe';
import { dropData, dropPaths, holdPaths } from '../support/app/dropPaths';
import { id } from '../support/harness/samples';
import { open, restyle, test } from '../support/harness/sceneTest';

const file = import.meta.filename;
const LINK = 'https://example.org/';

/** What was offered, as session and name. */
function sent(page: Page): Promise<string[][]> {
  return page.evaluate(() =>
    (window.fakeCore.callsOf('sendFiles') as [string, { path: string }[]][]).map(([sessionId, items]) => [
      sessionId,
      ...items.map(({ path }) => path),
    ]),
  );
}

/** What is said of a drag, and of a drop that nothing took. */
const words = (page: Page): Locator => page.getByTestId('window-drop');
/** A part of every view that takes no files. */
const beside = (page: Page): Locator => page.getByRole('banner');

test.afterEach(({ page, context }) => {
  // The browser has opened nothing in place of the page, and nothing beside it.
  expect(page.url()).toContain('?scene=');
  expect(context.pages()).toHaveLength(1);
});

test('files dropped beside everything go to the one session there is, which opens', async ({ page }) => {
  await open(page, 'home');
  await holdPaths(beside(page), [file]);
  await expect(words(page)).toContainText('Drop to send to 거실 데스크톱');
  await dropPaths(beside(page), [file]);
  await expect.poll(() => sent(page)).toEqual([[id(101), basename(file)]]);
  await expect(words(page)).toBeEmpty();
  await expect(page.locator('.app-tab[data-current]')).toContainText('거실 데스크톱');
});

test('of several sessions the open one gets what is dropped beside it', async ({ page }) => {
  await open(page, 'session-sharing-two');
  await dropPaths(beside(page), [file]);
  await expect.poll(() => sent(page)).toEqual([[id(102), basename(file)]]);
});

test('where it is not plain whom files are for, the devices light up and the page says where to drop them', async ({
  page,
}) => {
  await open(page, 'session-sharing-two');
  await page.getByRole('button', { name: en.app.home, exact: true }).click();
  const card = page.getByTestId('device-tile').filter({ hasText: 'build-server' }).first();
  const border = () => card.evaluate((element) => getComputedStyle(element).boxShadow);
  expect(await border()).toBe('none');
  await holdPaths(beside(page), [file]);
  await expect(words(page)).toHaveText(en.app.drop.onDevice);
  expect(await border()).not.toBe('none');
  expect(await violationsOf(page)).toEqual([]);
  await restyle(page, { lang: 'ko', theme: 'dark' });
  await expect(words(page)).toHaveText(ko.app.drop.onDevice);
  expect(await violationsOf(page)).toEqual([]);
  await restyle(page, { lang: 'en', theme: 'light' });
  await dropPaths(beside(page), [file]);
  await expect(words(page)).toContainText(en.app.drop.missed);
  await expect(words(page)).toContainText(en.app.drop.onDevice);
  expect(await border()).not.toBe('none');
  expect(await sent(page)).toEqual([]);
  // On the device it still goes to the device, and to nobody else.
  await dropPaths(card, [file]);
  await expect.poll(() => page.evaluate(() => window.fakeCore.callsOf('sendFilesTo').length)).toBe(1);
  await expect(words(page)).toBeEmpty();
  expect(await sent(page)).toEqual([]);
});

test('a page without a device says that there is none; one with a dialog in front takes nothing', async ({
  page,
}) => {
  await open(page, 'home-empty');
  await dropPaths(beside(page), [file]);
  await expect(words(page)).toContainText(en.app.drop.nobody);
  await open(page, 'home');
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog')).toBeVisible();
  await dropPaths(page.getByRole('dialog'), [file]);
  await dropPaths(page.getByLabel(en.settings.name), [file]);
  await expect(words(page)).toBeEmpty();
  expect(await sent(page)).toEqual([]);
});

test('a page whose backend is gone opens no file', async ({ page }) => {
  await open(page, 'lost');
  await dropPaths(page.getByRole('alertdialog'), [file]);
  await expect(page.getByRole('alertdialog')).toBeVisible();
});

test('a text and a link go into a field, and open nothing elsewhere', async ({ page }) => {
  await open(page, 'session-empty');
  const field = page.getByLabel('Message to Mina’s MacBook Air');
  await dropData(field, { 'text/plain': 'dragged' });
  await expect(field).toHaveValue('dragged');
  await field.fill('');
  // As a browser gives a link.
  const link = { 'text/uri-list': LINK, 'text/plain': LINK };
  await dropData(field, link);
  await expect(field).toHaveValue(LINK);
  for (const dragged of [link, { 'text/uri-list': LINK }, { 'text/plain': 'dragged' }]) {
    await dropData(beside(page), dragged);
    await expect(words(page)).toBeEmpty();
  }
  // An address without its text is of no use to a field.
  await dropData(field, { 'text/uri-list': LINK });
  await expect(field).toHaveValue(LINK);
  expect(await sent(page)).toEqual([]);
});
