/** The connection check on a made-up core: what stands first, what is copied, and that it can be asked again. */
import { expect } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { open, test } from '../support/harness/sceneTest';

test('problems stand first, each with what to do', async ({ page }) => {
  await open(page, 'home-no-multicast');
  await page.getByRole('button', { name: en.doctor.open }).click();
  const dialog = page.getByRole('dialog', { name: en.doctor.title });
  await expect(dialog.getByText('1 problem found')).toBeVisible();
  const rows = dialog.getByRole('listitem');
  await expect(rows.first()).toContainText('Searching for devices fails on wlp3s0 (EPERM).');
  await expect(rows.first()).toContainText(en.doctor.todo['multicast-fails']);
  await expect(rows.first().getByRole('img', { name: en.doctor.levels.bad })).toBeVisible();
  await page.evaluate(() => (window.fakeCore.findings = []));
  await dialog.getByRole('button', { name: en.doctor.again }).click();
  await expect(dialog.getByText(en.doctor.allGood)).toBeVisible();
  await expect(rows).toHaveCount(0);
});

test('who asks why a device was not reached sees what is about it first, and copies no names', async ({
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'session-ended', { lang: 'ko' });
  await page.getByRole('button', { name: ko.doctor.why }).click();
  const dialog = page.getByRole('dialog', { name: ko.doctor.title });
  await expect(dialog.getByRole('listitem').first()).toContainText('Mina’s MacBook Air');
  await dialog.getByRole('button', { name: ko.doctor.copyReport }).click();
  await expect(dialog.getByRole('button', { name: ko.app.copied })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('bad device-no-way-back address=192.168.x.x');
  for (const word of ['Mina', '민지', 'example']) expect(report).not.toContain(word);
});

test('who asks why an address was not reached has it tried, and never reads that nothing is wrong', async ({
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'home');
  const field = page.getByLabel(en.home.address.label);
  await field.fill('workshop:47117');
  await field.press('Enter');
  await page.evaluate(() => {
    const core = window.fakeCore;
    const sessions = core.getSnapshot().sessions.map((each) => ({
      ...each,
      state: { phase: 'ended', reason: 'unreachable', by: 'none' } as const,
    }));
    core.set({ sessions });
    core.findings = [];
  });
  await page.getByRole('button', { name: en.doctor.why }).click();
  const dialog = page.getByRole('dialog', { name: en.doctor.title });
  await expect(dialog.getByText(en.doctor.unexplained)).toBeVisible();
  await expect(dialog.getByText(en.doctor.allGood)).toBeHidden();
  const asked = await page.evaluate(() => window.fakeCore.callsOf('doctor:examine'));
  expect(asked.at(-1)).toEqual({ address: 'workshop:47117' });
  await page.evaluate(() => {
    const facts = { address: 'workshop:47117' };
    const multicast = {
      code: 'multicast-deaf',
      level: 'bad',
      facts: { name: 'eth0' },
      deviceId: null,
    } as const;
    window.fakeCore.findings = [multicast, { code: 'address-refused', level: 'bad', facts, deviceId: null }];
  });
  await dialog.getByRole('button', { name: en.doctor.again }).click();
  await expect(dialog.getByText('2 problems found')).toBeVisible();
  await expect(dialog.getByRole('listitem').first()).toContainText('workshop:47117');
  await expect(dialog.getByText(/did not announce itself/)).toBeHidden();
  await dialog.getByRole('button', { name: en.doctor.copyReport }).click();
  await expect(dialog.getByRole('button', { name: en.app.copied })).toBeVisible();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('bad address-refused address=…:47117');
});

test('a check that fails says so, and can be tried again', async ({ page }) => {
  await open(page, 'home');
  await page.evaluate(() => window.fakeCore.failing.set('doctor:examine', 'internal'));
  await page.getByRole('button', { name: en.doctor.open }).click();
  await expect(page.getByRole('alert')).toContainText(en.errors.internal.title);
  await expect(page.getByRole('button', { name: en.doctor.again })).toBeEnabled();
  await expect(page.getByText(en.doctor.allGood)).toBeHidden();
});
