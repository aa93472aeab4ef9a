/** The question that an opened link raises, on a made-up core. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { session } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

const words = en.invites.opened;
const calls = (page: Page, name: string) => page.evaluate((called) => window.fakeCore.callsOf(called), name);
const card = (page: Page, name: string = words.title) => page.getByRole('dialog', { name });
const press = (page: Page, name: string) => card(page).getByRole('button', { name, exact: true }).click();
const linkId = 'link-1';

test('says where it leads and what others see, and does nothing before the yes', async ({ page }) => {
  await open(page, 'link-opened');
  await expect(card(page)).toBeFocused();
  await expect(card(page)).toContainText('relay.example.org');
  await expect(card(page)).toContainText('Mina’s desktop');
  await expect(page).toHaveTitle(/^\(1\) /);
  expect(await calls(page, 'comeBy')).toEqual([]);
  await press(page, words.join);
  await expect(card(page)).toHaveCount(0);
  const [invite] = await calls(page, 'comeBy');
  expect(invite).toMatch(/^hither:\/\/relay\.example\.org\/#/);
  expect(await calls(page, 'app:forgetLink')).toEqual([{ linkId }]);
  await expect(page.getByLabel(en.home.address.label)).toHaveValue(invite as string);
  await expect(page.locator('.join-hint')).toHaveText(
    'Coming by the invite, at the relay relay.example.org…',
  );
  await page.evaluate((anna) => window.fakeCore.settleComing(anna), session(3, 'Carol'));
  await expect(page.getByRole('heading', { name: 'Carol', level: 1 })).toBeAttached();
});

test('warns of a relay without TLS, as where one is entered', async ({ page }) => {
  await open(page, 'link-opened-plain');
  await expect(card(page)).toContainText('192.168.0.12:47180');
  await expect(card(page)).toContainText(en.settings.beyond.plain);
  await open(page, 'link-opened');
  await expect(card(page)).toBeVisible();
  await expect(card(page)).not.toContainText(en.settings.beyond.plain);
});

test('takes no for an answer, and waits where it is put off', async ({ page }) => {
  await open(page, 'link-opened', { lang: 'ko' });
  const question = card(page, ko.invites.opened.title);
  await expect(question).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(question).toHaveCount(0);
  expect(await calls(page, 'app:forgetLink')).toEqual([]);
  await page.getByRole('region', { name: ko.app.prompts.region }).getByRole('button').click();
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: ko.invites.opened.notNow, exact: true }).click();
  expect(await calls(page, 'app:forgetLink')).toEqual([{ linkId }]);
  expect(await calls(page, 'comeBy')).toEqual([]);
  await expect(page.getByRole('region', { name: ko.app.prompts.region })).toHaveCount(0);
});

test('leaves a session that is on alone, and opens another one', async ({ page }) => {
  await open(page, 'session-link-opened');
  await press(page, words.join);
  await expect(page.getByRole('heading', { name: en.app.home, level: 1 })).toBeAttached();
  await page.evaluate((carol) => window.fakeCore.settleComing(carol), session(3, 'Carol'));
  await expect(page.getByRole('heading', { name: 'Carol', level: 1 })).toBeAttached();
  await expect(page.getByRole('banner').getByText('Anna')).toBeVisible();
  expect(await calls(page, 'leave')).toEqual([]);
});

test('does not disturb who types, and gives no click to what came in its place', async ({ page }) => {
  await open(page, 'home');
  const field = page.getByLabel(en.home.address.label);
  await field.fill('192.168.');
  const show = (id: string, code: 'bad-invite' | 'invite-expired') =>
    page.evaluate((openedLink) => window.fakeCore.set({ openedLink }), {
      linkId: id,
      openedMs: 1,
      content: { kind: 'problem', code } as const,
    });
  await show('link-7', 'bad-invite');
  await expect(card(page, words.bad.title)).toContainText(en.app.jumpToRequest);
  await expect(field).toBeFocused();
  await page.keyboard.press('F6');
  await expect(card(page, words.bad.title)).toBeFocused();
  const close = card(page, words.bad.title).getByRole('button', { name: en.app.close }).last();
  await expect(close).toBeEnabled();
  const spot = await close.boundingBox();
  await show('link-8', 'invite-expired');
  await expect(card(page, en.errors['invite-expired'].title)).toBeVisible();
  await page.mouse.click((spot?.x ?? 0) + 20, (spot?.y ?? 0) + 10);
  expect(await calls(page, 'app:forgetLink')).toEqual([]);
  await card(page, en.errors['invite-expired'].title)
    .getByRole('button', { name: en.app.close })
    .last()
    .click();
  expect(await calls(page, 'app:forgetLink')).toEqual([{ linkId: 'link-8' }]);
});
