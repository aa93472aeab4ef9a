/** Transfers and offers on a made-up core, by mouse and keyboard; serves itself, as views.spec.ts does. */
import { expect } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import type { TransferView } from '../../src/shared/contract/transfers';
import { id, transfer } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

test('an offer shows its whole list, page by page, and refuses a folder it cannot write to', async ({
  page,
}) => {
  await open(page, 'offer');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('2,400 files, 12 folders, 300 MB in all')).toBeVisible();
  const list = dialog.getByRole('region', { name: en.transfers.offer.list });
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(list.getByRole('listitem').filter({ hasText: 'IMG_6411.jpg' })).toBeVisible();
  expect(await list.getByRole('listitem').count()).toBeLessThan(60);
  await dialog.getByRole('button', { name: en.transfers.offer.change }).click();
  await page.evaluate(() => window.fakeCore.failing.set('transfers:preview', 'folder-read-only'));
  await dialog.getByLabel(en.transfers.offer.path).fill('/root');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText(en.errors['folder-read-only'].title).first()).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Accept 2,400 files' })).toBeDisabled();
  await page.evaluate(() => window.fakeCore.failing.clear());
  await dialog.getByLabel(en.transfers.offer.path).fill('/srv/in');
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Accept 2,400 files' }).click();
  await expect(dialog).toBeHidden();
  expect(await page.evaluate(() => window.fakeCore.callsOf('transfers:accept'))).toEqual([
    { transferId: id(201), dir: '/srv/in' },
  ]);
});

test('an offer says what would be left out and renamed, before and after it is accepted', async ({
  page,
}) => {
  await open(page, 'offer-other-disk');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('3 renamed, 1 left out').click();
  await expect(dialog.getByText('This disk can’t store 3 names as they are')).toBeVisible();
  await expect(dialog.getByText('사진 모음/12:30.png → 사진 모음/12_30.png')).toBeVisible();
  await expect(dialog.getByText('1 item with an unsafe name was left out')).toBeVisible();
  await dialog.getByRole('button', { name: 'Accept 2,400 files' }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: /^Transfers/ }).click();
  await page.getByText(en.transfers.details, { exact: true }).click();
  await expect(page.getByText('3 names were changed to suit the disk')).toBeVisible();
});

test('an offer asks and moves nothing else; one too large for the disk cannot be accepted', async ({
  page,
}) => {
  await open(page, 'home-empty');
  await page.evaluate(
    (offer) => {
      window.fakeCore.freeBytes = 1000;
      window.fakeCore.set({ transfers: [offer] });
    },
    transfer(1, { phase: 'incoming' }),
  );
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(en.errors['disk-full'].title)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Accept 1 file' })).toBeDisabled();
  await expect(page.getByRole('region', { name: en.transfers.title, exact: true })).toBeHidden();
});

test('accepting shows that it is at work for as long as the disk takes, and can be pressed again where it failed', async ({
  page,
}) => {
  await open(page, 'offer');
  await page.evaluate(() => {
    const { held, failing } = window.fakeCore;
    held.set('transfers:accept', new Promise((resolve) => addEventListener('prepared', resolve)));
    failing.set('transfers:accept', 'folder-read-only');
  });
  const accept = page.getByRole('dialog').getByRole('button', { name: 'Accept 2,400 files' });
  await accept.click();
  await expect(accept).toHaveAttribute('data-loading', 'true');
  await expect(accept).toBeDisabled();
  const middles = await accept.evaluate((button) =>
    [button, button.querySelector('.mantine-Loader-root')].map((element) => {
      const { top = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
      return top + height / 2;
    }),
  );
  expect(Math.abs(middles[0]! - middles[1]!), 'the sign that it works is in the middle').toBeLessThan(2);
  await page.evaluate(() => dispatchEvent(new Event('prepared')));
  await expect(page.getByText(en.errors['folder-read-only'].title).first()).toBeVisible();
  await page.evaluate(() => window.fakeCore.failing.clear());
  await accept.click();
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('the button to the transfers says how far all of them are together, with the panel closed', async ({
  page,
}) => {
  await open(page, 'home-empty');
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const set = (...transfers: TransferView[]) =>
    page.evaluate((all) => window.fakeCore.set({ transfers: all }), transfers);
  await set(transfer(1, { direction: 'send', phase: 'offered', doneBytes: 0 }));
  await expect(button('Transfers: 1 in progress')).toBeVisible();
  await set(
    transfer(1, { direction: 'send', doneBytes: 75e6 }),
    transfer(2, { direction: 'send', doneBytes: 150e6 }),
  );
  await expect(button('Transfers: 2 in progress, 37%')).toBeVisible();
  await set(transfer(1, { direction: 'send', phase: 'done', doneBytes: 300e6 }));
  await expect(button(en.app.transfers)).toBeVisible();
});

test('progress of one transfer draws its own row again and no other', async ({ page }) => {
  await open(page, 'home');
  await page.keyboard.press('Control+j');
  const rows = page.getByTestId('transfer');
  await expect(rows.first()).toContainText('12.3 MB of 300 MB');
  const changed = await page.evaluate(async () => {
    const touched = new Set<number>();
    const all = [...document.querySelectorAll('[data-testid="transfer"]')];
    const observer = new MutationObserver((changes) => {
      for (const { target } of changes) touched.add(all.findIndex((row) => row.contains(target)));
    });
    for (const row of all)
      observer.observe(row, { subtree: true, childList: true, characterData: true, attributes: true });
    const [first, ...others] = window.fakeCore.getSnapshot().transfers;
    if (first) window.fakeCore.set({ transfers: [{ ...first, doneBytes: 150e6 }, ...others] });
    // Long after the frame in which progress is drawn.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return [...touched];
  });
  expect(changed).toEqual([0]);
  await expect(rows.first()).toContainText('150 MB of 300 MB');
});

test('progress draws its bar and its numbers again, and nothing around them', async ({ page }) => {
  await open(page, 'home');
  await page.keyboard.press('Control+j');
  const row = page.getByTestId('transfer').first();
  await expect(row).toContainText('12.3 MB of 300 MB');
  const drawnAgain = await page.evaluate(async () => {
    // React gives an element new properties whenever the component that it belongs to is drawn again.
    const drawingOf = (element: Element | null): unknown =>
      Object.entries(element ?? {}).find(([key]) => key.startsWith('__reactProps$'))?.[1];
    const drawings = () =>
      ['.transfer-row .numbers', '.transfer-row', '[data-action="cancel"]', '.app-tab', '.shell-main'].map(
        (selector) => ({ selector, drawing: drawingOf(document.querySelector(selector)) }),
      );
    const before = drawings();
    const [first, ...others] = window.fakeCore.getSnapshot().transfers;
    if (first) window.fakeCore.set({ transfers: [{ ...first, doneBytes: 150e6 }, ...others] });
    // Long after the frame in which progress is drawn.
    await new Promise((resolve) => setTimeout(resolve, 200));
    return drawings()
      .filter(({ drawing }, index) => drawing === undefined || drawing !== before[index]?.drawing)
      .map(({ selector }) => selector);
  });
  await expect(row).toContainText('150 MB of 300 MB');
  expect(drawnAgain).toEqual(['.transfer-row .numbers']);
});
