/** How the way of a session does, on a made-up core: what is drawn, said and copied, and that nothing is measured behind it. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { blocked } from '../support/harness/exams';
import { open, test } from '../support/harness/sceneTest';

const words = en.linkCheck;

async function openFromPeople(page: Page): Promise<void> {
  await page.getByRole('tab', { name: en.session.drawer.people }).click();
  await page.getByRole('button', { name: en.doctor.open }).click();
}

test('a session’s way is drawn and said with its figures, and looked at no longer than it is seen', async ({
  page,
}) => {
  await open(page, 'session-watching');
  await page.locator('.screen-chip').click();
  await page.getByRole('button', { name: en.doctor.open }).click();
  const dialog = page.getByRole('dialog', { name: en.doctor.title });
  await expect(dialog.getByRole('heading', { name: /^The way to .*Mina/ })).toBeVisible();
  await expect(dialog.getByTestId('link-path')).toHaveText(en.session.path.local);
  const label = /^Round trip over the last minute: now [\d.]+ ms, lowest 0\.6 ms, highest 1 ms\.$/;
  await expect(dialog.getByRole('img', { name: label })).toBeVisible();
  await expect(dialog.getByRole('img', { name: /^Packets lost over the last minute: now 0/ })).toBeVisible();
  await expect(dialog.getByText('24 of 24 answered')).toBeVisible();
  await dialog.getByRole('button', { name: 'Show the 4 ways that were tried' }).click();
  await expect(dialog.getByRole('row')).toHaveCount(5);
  await expect(dialog.getByRole('row').nth(1)).toContainText(words.states['in-use']);
  await expect(dialog.getByRole('row').nth(2)).toContainText(words.spare.works);
  await expect(dialog.getByRole('row').nth(3)).toContainText(words.states.dropped);
  await expect(dialog.getByRole('row').nth(4)).toContainText(words.spare.untried);

  const looks = () => page.evaluate(() => window.fakeCore.callsOf('linkExam').length);
  const before = await looks();
  await expect.poll(looks).toBeGreaterThan(before + 1);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  const closed = await looks();
  await page.waitForTimeout(2_500);
  expect(await looks()).toBe(closed);
});

test('without a link it says what was tried, why each failed and what to do, and copies no names', async ({
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'session-without-link', { lang: 'ko' });
  await page.getByRole('button', { name: ko.doctor.why }).click();
  const dialog = page.getByRole('dialog', { name: ko.doctor.title });
  await expect(dialog.getByText(ko.linkCheck.noLink)).toBeVisible();
  await expect(dialog.getByText(ko.linkCheck.todo['unanswered-internet'])).toBeVisible();
  await expect(dialog.getByText(ko.linkCheck.todo['turn-credentials'])).toBeVisible();
  const rows = dialog.getByRole('row');
  await expect(rows).toHaveCount(6);
  await expect(rows.nth(4)).toContainText(ko.linkCheck.states.untried);
  await expect(rows.nth(1)).toContainText(`${ko.linkCheck.faults.unanswered} (2개)`);
  await expect(rows.last()).toContainText(ko.linkCheck.faults['name-unresolved']);
  await dialog.getByRole('button', { name: ko.doctor.copyReport }).click();
  await expect(dialog.getByRole('button', { name: ko.app.copied })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('link none roundTripMs=none lostPercent=none');
  expect(report).toContain('pair host>host udp IPv4 failed unanswered 2');
  expect(report).toContain('bad link-turn-credentials kind=TURN via=TLS code=401');
  for (const name of ['Mina', '거실']) expect(report).not.toContain(name);
});

test('of several sessions one can be chosen, and data alone have no loss that is measured', async ({
  page,
}) => {
  await open(page, 'session-sharing-two');
  await openFromPeople(page);
  const dialog = page.getByRole('dialog', { name: en.doctor.title });
  await expect(dialog.getByTestId('link-path')).toHaveText(en.session.path.local);
  await dialog.getByRole('combobox', { name: words.which }).click();
  await page.getByRole('option', { name: '거실 데스크톱' }).click();
  await expect(dialog.getByTestId('link-path')).toHaveText('Through a TURN server · TLS');
  await expect(dialog.getByText(words.lostUnknown)).toBeVisible();
  await expect(dialog.getByText(words.todo['no-udp'])).toBeVisible();
  await expect(dialog.getByText('21 of 24 answered')).toBeVisible();
});

test('a session that is over tells what it had tried, and Home without one of nothing', async ({ page }) => {
  await open(page, 'session-ended');
  await page.evaluate((exam) => {
    const [ended] = window.fakeCore.getSnapshot().sessions;
    window.fakeCore.exams.set(ended?.sessionId ?? '', exam);
  }, blocked);
  await page.getByRole('button', { name: en.doctor.why }).click();
  const dialog = page.getByRole('dialog', { name: en.doctor.title });
  await expect(dialog.getByText(words.noLink)).toBeVisible();
  await open(page, 'home-empty');
  await page.getByRole('button', { name: en.doctor.open }).click();
  await expect(dialog.getByRole('listitem').first()).toBeVisible();
  await expect(dialog.getByTestId('link-path')).toHaveCount(0);
});
