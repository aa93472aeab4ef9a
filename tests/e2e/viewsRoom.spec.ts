/** What small windows and messages leave of dialogs, on a made-up core: nothing lies over what somebody is to read or press. */
import { expect, type Locator, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { isInReach, misfitsOf } from '../support/harness/misfits';
import { sceneViews } from '../support/harness/sceneViews';
import { open, restyle, test } from '../support/harness/sceneTest';

const LANGUAGES = [
  ['en', en],
  ['ko', ko],
] as const;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const expectReach = (action: Locator, at: string) =>
  expect.poll(() => isInReach(action), { message: `${String(action)}, ${at}` }).toBe(true);
const bottomOf = (part: Locator) => part.evaluate((element) => element.getBoundingClientRect().bottom);
const topOf = (part: Locator) => part.evaluate((element) => element.getBoundingClientRect().top);

/** Opens a view of the catalogue. */
async function show(page: Page, name: string): Promise<void> {
  const view = sceneViews[name];
  if (!view) throw new Error(`no view ${name}`);
  await open(page, view.scene);
  await view.show?.(page);
}

/** Has the next check wait until `endCheck`. */
const holdCheck = (page: Page) =>
  page.evaluate(() => {
    const answered = new Promise((resolve) => Object.assign(window, { endCheck: resolve }));
    window.fakeCore.held.set('doctor:examine', answered);
  });
const endCheck = (page: Page) =>
  page.evaluate(() => (window as unknown as { endCheck: () => void }).endCheck());

test('no sentence of the welcome is behind its buttons in the smallest window', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  for (const [lang, { welcome }] of LANGUAGES) {
    await open(page, 'welcome', { lang });
    const answers = await topOf(page.locator('.welcome-answers'));
    for (const words of [welcome.lead, welcome.permission])
      expect(await bottomOf(page.getByText(words)), `${lang}: ${words}`).toBeLessThanOrEqual(answers);
    for (const name of [welcome.turnOn, welcome.notNow]) await expectReach(button(page, name).last(), lang);
    await expect(page.getByText(welcome.notNowHint)).toBeInViewport({ ratio: 1 });
  }
});

test('both links of an invite can be copied without scrolling, however long its relay’s address', async ({
  page,
}) => {
  await show(page, 'invite, a link');
  await page.evaluate(() => {
    const invites = window.fakeCore.getSnapshot().invites.map((each) => {
      if (each.way.kind !== 'link') return each;
      const longer = (link: string) => link.replace('//', `//${'relay-of-the-third-floor.'.repeat(5)}`);
      return {
        ...each,
        way: { ...each.way, link: longer(each.way.link), appLink: longer(each.way.appLink) },
      };
    });
    window.fakeCore.set({ invites });
  });
  for (const [lang, words] of LANGUAGES) {
    await restyle(page, { lang, theme: 'light' });
    for (const [width, height] of [
      [640, 400],
      [320, 500],
    ] as const) {
      await page.setViewportSize({ width, height });
      const at = `${lang}, ${width} × ${height}`;
      for (const name of [words.invites.link.copy, words.invites.link.copyApp, words.invites.done])
        await expectReach(button(page, name), at);
      expect(await misfitsOf(page), at).toEqual([]);
    }
  }
});

test('the connection check has the focus where it is asked again, before it ends and after', async ({
  page,
}) => {
  await open(page, 'home');
  await holdCheck(page);
  await button(page, en.doctor.open).click();
  const again = button(page, en.doctor.again);
  await expect(again).toBeFocused();
  await expect(again).toBeDisabled();
  await page.keyboard.press('Enter');
  const asked = () => page.evaluate(() => window.fakeCore.callsOf('doctor:examine').length);
  expect(await asked()).toBe(1);
  await endCheck(page);
  await expect(again).toBeEnabled();
  await expect(again).toBeFocused();
  await holdCheck(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText(en.doctor.examining)).toBeVisible();
  await expect(again).toBeFocused();
  expect(await asked()).toBe(2);
  await endCheck(page);
  await expect(page.getByText(en.doctor.allGood)).toBeVisible();
  await expect(again).toBeFocused();
});

for (const name of [
  'welcome',
  'invite, a link',
  'invite, the form',
  'home, connection checked',
  'session-with-guest, trust',
])
  test(`a message lies over nothing that can be pressed: ${name}`, async ({ page }) => {
    await show(page, name);
    const dialog = page.getByRole('dialog');
    for (const [width, height] of [
      [640, 400],
      [900, 700],
    ] as const) {
      await page.setViewportSize({ width, height });
      const before = await bottomOf(dialog);
      await page.evaluate(() => window.fakeCore.fail({ code: 'timed-out', facts: {} }));
      const toast = page.getByRole('alert').filter({ hasText: en.errors['timed-out'].title });
      await expect(toast).toBeInViewport({ ratio: 1 });
      await expect
        .poll(async () => (await topOf(toast)) - (await bottomOf(dialog)), `${width} × ${height}`)
        .toBeGreaterThanOrEqual(0);
      for (const action of sceneViews[name]?.main?.(page, en) ?? [])
        await expectReach(action, `${width} × ${height}`);
      expect(await misfitsOf(page)).toEqual([]);
      await toast.getByRole('button', { name: en.app.dismiss }).click();
      await expect(toast).toHaveCount(0);
      await expect.poll(() => bottomOf(dialog)).toBe(before);
    }
  });
