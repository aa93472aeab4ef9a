/** Giving out invites and coming by them, on a made-up core. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { session } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

const words = en.invites;
const calls = (page: Page, name: string) => page.evaluate((called) => window.fakeCore.callsOf(called), name);
const dialog = (page: Page) => page.getByRole('dialog');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const field = (page: Page) => page.getByLabel(en.home.address.label);

test('the dialog begins at what may be chosen, so that Enter twice does not close it', async ({ page }) => {
  await open(page, 'invite-ready');
  const dialog = page.getByRole('dialog');
  if (!(await dialog.isVisible()))
    await page.getByRole('button', { name: en.invites.open, exact: true }).click();
  await expect(dialog.getByRole('switch').first()).toBeFocused();
});

test('a link says what whoever has it may do, and can be copied for both', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'invite-ready');
  await page.getByRole('button', { name: words.open }).focus();
  await page.keyboard.press('Enter');
  for (const right of [words.form.right.share, words.form.right.askToView])
    await dialog(page).getByRole('switch', { name: right }).press('Space');
  const choices = dialog(page).getByRole('radiogroup');
  await choices.getByRole('radio', { name: words.form.one }).press('ArrowRight');
  await choices.getByRole('radio', { name: words.form.day }).press('ArrowRight');
  await dialog(page).getByRole('button', { name: words.form.create }).press('Enter');
  expect(await calls(page, 'invites:createLink')).toEqual([
    {
      rights: { share: false, sendFiles: true, write: true, askToView: false },
      isSingleUse: false,
      minutes: 7 * 24 * 60,
    },
  ]);
  const qr = dialog(page).getByRole('img', { name: words.link.qr });
  await expect(qr).toBeVisible();
  expect((await qr.boundingBox())?.width).toBeGreaterThanOrEqual(200);
  await expect(dialog(page).getByText(/They may: .send files. and .write messages/)).toBeVisible();
  await expect(page.getByRole('button', { name: words.link.copy, exact: true })).toBeFocused();

  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const shown = await dialog(page).locator('code').textContent();
  await press(page, words.link.copy);
  await expect(dialog(page).getByText(en.app.copied)).toBeVisible();
  expect(await clipboard()).toBe(shown);
  await press(page, words.link.copyApp);
  await expect.poll(clipboard).toBe(shown?.replace('https:', 'hither:'));

  await press(page, words.done);
  const row = page.getByTestId('open-invite');
  await expect(row).toContainText('For several people');
  await row.getByRole('button', { name: words.withdraw }).click();
  expect(await calls(page, 'invites:revoke')).toEqual([]);
  await row.getByRole('button', { name: words.withdrawSure }).click();
  expect(await calls(page, 'invites:revoke')).toHaveLength(1);
  await expect(row).toHaveCount(0);
});

test('a code is in the language of the page, and its time runs', async ({ page }) => {
  await open(page, 'invite-ready', { lang: 'ko' });
  await press(page, ko.invites.open);
  await dialog(page).getByRole('radiogroup').getByText(ko.invites.form.code, { exact: true }).click();
  await expect(dialog(page).getByText('relay.example.org')).toBeVisible();
  await press(page, ko.invites.form.create);
  expect(await calls(page, 'invites:createCode')).toMatchObject([{ language: 'ko' }]);
  await expect(page.getByRole('group', { name: ko.invites.code.label })).toHaveText('7-잘익은-등불');
  await expect(dialog(page).getByRole('button', { name: ko.invites.done })).toBeFocused();
  const time = page.getByTestId('code-time');
  await expect(time).toHaveText(/^9:5\d 남음$/);
  const first = await time.textContent();
  await expect(time).not.toHaveText(first ?? '');
  await dialog(page).getByRole('button', { name: ko.invites.withdraw }).click();
  await dialog(page).getByRole('button', { name: ko.invites.withdrawSure }).click();
  await expect(dialog(page)).toBeHidden();
});

test('what keeps an invite from being made is said where it was asked for', async ({ page }) => {
  await open(page, 'invite-ready');
  await page.evaluate(() => window.fakeCore.failing.set('invites:createLink', 'too-many-invites'));
  await press(page, words.open);
  await press(page, words.form.create);
  await expect(dialog(page).getByRole('alert')).toContainText(en.errors['too-many-invites'].title);
  await page.evaluate(() => window.fakeCore.failing.clear());
  await press(page, words.form.create);
  await expect(dialog(page).getByRole('img', { name: words.link.qr })).toBeVisible();
});

test('an invite that is looked at says who came, and leads to them', async ({ page }) => {
  await open(page, 'invite-ready');
  await press(page, words.open);
  await press(page, words.form.create);
  await page.evaluate(
    (ben) => {
      const [invite] = window.fakeCore.getSnapshot().invites;
      window.fakeCore.set({ sessions: [ben] });
      if (invite)
        window.fakeCore.emit('invites:ended', { invite: { ...invite, guests: ['Ben'] }, end: 'used' });
      window.fakeCore.set({ invites: [] });
    },
    session(2, 'Ben', { direction: 'incoming' }),
  );
  await expect(dialog(page).getByText('Ben came by your invite')).toBeVisible();
  await expect(dialog(page).getByRole('heading', { name: 'Ben came by your invite' })).toBeFocused();
  await press(page, words.toSession);
  await expect(dialog(page)).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Ben', level: 1 })).toBeAttached();
});

test('without a relay both ways lead to its field in the settings', async ({ page }) => {
  await open(page, 'invite-without-relay');
  await press(page, words.open);
  await expect(dialog(page).getByText(words.noRelay.title)).toBeVisible();
  await press(page, words.noRelay.action);
  const relay = page.getByRole('textbox', { name: en.settings.beyond.relay });
  await expect(relay).toBeFocused();
  await page.keyboard.press('Escape');
  await field(page).fill('7 ripe lantern');
  await press(page, words.noRelay.action);
  await expect(relay).toBeFocused();
});

test('one field tells a link, a code and an address apart', async ({ page }) => {
  await open(page, 'invites-open');
  const link = await page.evaluate(() => {
    const way = window.fakeCore.getSnapshot().invites[0]?.way;
    return way?.kind === 'link' ? way : null;
  });
  const hint = page.locator('.join-hint');
  for (const text of [link?.link ?? '', link?.appLink ?? '']) {
    await field(page).fill(` ${text}`);
    await expect(hint).toHaveText('An invite, by way of the relay relay.example.org');
  }
  await field(page).fill('7 Ripe Lantern');
  await expect(hint).toHaveText('A spoken code, at the relay relay.example.org');
  await field(page).fill('192.168.0.12');
  await expect(hint).toBeHidden();

  await field(page).fill(link?.link.slice(0, -1) ?? '');
  await page.keyboard.press('Enter');
  await expect(page.getByText(en.errors['bad-invite'].help)).toBeVisible();
  expect(await calls(page, 'comeBy')).toEqual([]);
  await field(page).fill(link?.link ?? '');
  await page.keyboard.press('Enter');
  await expect(hint).toHaveText('Coming by the invite, at the relay relay.example.org…');
  expect(await calls(page, 'comeBy')).toEqual([link?.link]);
  expect(await calls(page, 'connect')).toEqual([]);
});

test('wrong words stay to be corrected, and the right ones lead into the session', async ({ page }) => {
  await open(page, 'invite-ready');
  await field(page).fill('7-ripe-lamp');
  await page.keyboard.press('Enter');
  await page.evaluate(() => window.fakeCore.failComing({ code: 'wrong-code', facts: { left: 2 } }));
  const hint = page.getByRole('status').filter({ hasText: en.errors['wrong-code'].title });
  await expect(hint).toContainText('2 tries left.');
  await expect(field(page)).toHaveValue('7-ripe-lamp');
  await expect(field(page)).toBeFocused();
  await field(page).press('End');
  for (let letter = 0; letter < 4; letter++) await page.keyboard.press('Backspace');
  await page.keyboard.type('lantern');
  await expect(hint).toBeHidden();
  await page.keyboard.press('Enter');
  expect(await calls(page, 'comeBy')).toEqual(['7-ripe-lamp', '7-ripe-lantern']);
  await page.evaluate((anna) => window.fakeCore.settleComing(anna), session(2, 'Anna'));
  await expect(page.getByRole('heading', { name: 'Anna', level: 1 })).toBeAttached();
  await press(page, en.app.home);
  await expect(field(page)).toHaveValue('');
});

test('a guest is offered what the invite includes, and told what it does', async ({ page }) => {
  await open(page, 'session-guest-watches');
  const dock = page.getByRole('group', { name: en.session.dock });
  const names = async () =>
    dock.getByRole('button').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
  const { drawer, guest, leave, more, send } = en.session;
  expect(await names()).toEqual([guest.limits, drawer.chat, drawer.people, more, leave]);
  await expect(page.getByText(guest.notWrite)).toBeVisible();
  await expect(page.getByRole('textbox')).toHaveCount(0);
  await page.keyboard.press('Control+Shift+S');
  await expect(dialog(page)).toHaveCount(0);
  await press(page, guest.limits);
  await expect(page.getByText(guest.nothing)).toBeVisible();
  await expect(page.getByText(guest['spoken-code'])).toBeVisible();
  await expect(page.getByText(en.trust.unknown)).toHaveCount(0);

  await open(page, 'session-guest');
  expect(await names()).toEqual([send, guest.limits, drawer.chat, drawer.people, more, leave]);
  await expect(page.getByRole('textbox')).toHaveCount(1);
  await press(page, guest.limits);
  await expect(page.getByText(/includes only this: .send files. and .write messages/)).toBeVisible();
  await expect(page.getByText(guest.invite)).toBeVisible();
});

test('who came by an invite is told of, with the way to them', async ({ page }) => {
  await open(page, 'invite-ready');
  const ben = session(2, 'Ben', { direction: 'incoming' });
  const security = ben.security && { ...ben.security, proof: 'invite' as const };
  await page.evaluate((guest) => window.fakeCore.set({ sessions: [guest] }), { ...ben, security });
  const toast = page.getByRole('alert').filter({ hasText: 'Ben came by your invite' });
  await toast.getByRole('button').first().click();
  await expect(page.getByRole('heading', { name: 'Ben', level: 1 })).toBeAttached();
});

test('an invite whose place is kept says so to its inviter, with what to do', async ({ page }) => {
  await open(page, 'invites-open');
  await page.evaluate(() => {
    const trouble = { code: 'mailbox-crowded', facts: {} } as const;
    const invites = window.fakeCore.getSnapshot().invites.map((each) => ({ ...each, trouble }));
    window.fakeCore.set({ invites });
  });
  await expect(page.getByTestId('open-invite').first()).toContainText(words.crowded);
  await expect(page.getByText(en.errors['mailbox-crowded'].title)).toHaveCount(0);
});
