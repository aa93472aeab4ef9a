/** The panel of transfers on a made-up core: rows, what can be done about one and all, history; serves itself. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { violationsOf } from '../support/app/axe';
import { id, transfer } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

const words = en.transfers;

const rowOf = (page: Page, title: string) => page.getByTestId('transfer').filter({ hasText: title });
const callsOf = (page: Page, name: string) => page.evaluate((each) => window.fakeCore.callsOf(each), name);

async function openPanel(page: Page, scene: string, query: Record<string, string> = {}): Promise<void> {
  await open(page, scene, query);
  await page.keyboard.press('Control+j');
  await expect(page.getByRole('complementary')).toBeVisible();
}

test('a row says what carries it, how fast, how long, and what holds it up', async ({ page }) => {
  await openPanel(page, 'transfers');
  const first = rowOf(page, 'disk image.iso');
  await expect(first).toContainText('12.3 MB of 300 MB · 412 MB/s · 12 sec left');
  await expect(first).toContainText(words.lane.lan);
  await expect(first).toContainText(words.first);
  await first.locator('[data-lane]').focus();
  await expect(page.getByRole('tooltip', { name: words.lane.lanTip })).toBeVisible();
  await expect(rowOf(page, '사진 모음').first()).toContainText(en.session.path.local);
  await expect(rowOf(page, 'paused by me')).toContainText(words.paused.byMe);
  await expect(rowOf(page, 'paused by them')).toContainText('Mina’s MacBook Air paused it');
  await expect(rowOf(page, 'too large')).toContainText(words.paused.diskFull);
  const details = rowOf(page, 'backup');
  await details.scrollIntoViewIfNeeded();
  await details.getByText(words.details).click();
  for (const part of ['22 files could not be sent', 'backup/데이터.db', 'and 21 more', '3 blocks', '1 link'])
    await expect(details).toContainText(part);
});

test('each transfer can be paused, resumed, retried, cancelled and sent first', async ({ page }) => {
  await openPanel(page, 'transfers');
  const act = async (title: string, action: string) => {
    await rowOf(page, title).first().locator(`[data-action=${action}]`).click();
  };
  await act('disk image.iso', 'pause');
  await act('사진 모음', 'moveToFront');
  await act('paused by me', 'resume');
  await act('too large', 'retry');
  await act('too large', 'cancel');
  expect(await callsOf(page, 'transfers:pause')).toEqual([{ transferId: id(220) }]);
  expect(await callsOf(page, 'transfers:moveToFront')).toEqual([{ transferId: id(221) }]);
  expect(await callsOf(page, 'transfers:resume')).toEqual([{ transferId: id(222) }]);
  expect(await callsOf(page, 'transfers:retry')).toEqual([{ transferId: id(224) }]);
  expect(await callsOf(page, 'transfers:cancel')).toEqual([{ transferId: id(224) }]);
  // The one at the front can't get further, and what the other side holds can't be resumed from here.
  await expect(rowOf(page, 'disk image.iso').locator('[data-action=moveToFront]')).toHaveCount(0);
  await expect(rowOf(page, 'paused by them').locator('[data-action=resume]')).toHaveCount(0);
});

test('all can be paused and resumed at once, and cancelled after a second click', async ({ page }) => {
  await openPanel(page, 'transfers');
  await page.getByRole('button', { name: words.pauseAll }).click();
  await page.getByRole('button', { name: words.resumeAll }).click();
  await page.getByRole('button', { name: words.cancelAll }).click();
  expect(await callsOf(page, 'transfers:cancelAll')).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: words.cancelAll })).toBeVisible();
  await page.getByRole('button', { name: words.cancelAll }).click();
  await page.getByRole('button', { name: words.cancelAllSure }).click();
  for (const name of ['transfers:pauseAll', 'transfers:resumeAll', 'transfers:cancelAll'])
    expect(await callsOf(page, name)).toHaveLength(1);
});

test('five hundred transfers draw a screenful, and every one is reached by Tab', async ({ page }) => {
  await openPanel(page, 'transfers-many');
  const rows = page.getByTestId('transfer');
  await expect(rows.first()).toContainText('file 0.bin');
  expect(await rows.count()).toBeLessThan(40);
  const list = page.getByRole('region', { name: words.list });
  expect(await list.getByRole('listitem').first().getAttribute('aria-setsize')).toBe('500');
  await list.focus();
  const seen = new Set<string>();
  for (let step = 0; step < 90; step += 1) {
    await page.keyboard.press('Tab');
    const title = await page.evaluate(
      () =>
        document.activeElement?.closest('[data-testid=transfer]')?.querySelector('.file-name')?.textContent ??
        '',
    );
    seen.add(title);
  }
  for (let n = 0; n < 30; n += 1) expect([...seen]).toContain(`file ${n}.bin`);
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(rows.filter({ hasText: 'file 499.bin' })).toBeVisible();
});

test('the history is searched, sent again, forgotten one by one and as a whole', async ({ page }) => {
  await openPanel(page, 'transfers');
  await page.getByText(words.tabs.history, { exact: true }).click();
  const past = page.getByTestId('past-transfer');
  await expect(past.first()).toContainText('report 0.pdf');
  const list = page.getByRole('region', { name: words.history.list });
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(past.filter({ hasText: 'report 319.pdf' })).toBeVisible();

  await page.getByRole('searchbox', { name: words.history.search }).fill('여권');
  await expect(past).toHaveCount(1);
  await expect(past).toContainText('여권 사본.pdf');
  await page.getByRole('searchbox').fill('no such thing');
  await expect(page.getByText(words.history.noMatch.title)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary')).toBeVisible();
  await expect(past.first()).toContainText('report 0.pdf');

  await past.first().getByRole('button', { name: 'Send report 0.pdf again' }).click();
  expect(await callsOf(page, 'transfers:retry')).toEqual([{ transferId: id(3200) }]);
  await past.first().getByRole('button', { name: 'Remove report 0.pdf from the history' }).click();
  await expect(past.first()).toContainText('report 1.pdf');
  await page.getByRole('button', { name: words.history.clear }).click();
  expect(await callsOf(page, 'transfers:clear')).toEqual([]);
  await page.getByRole('button', { name: words.history.clearSure }).click();
  await expect(page.getByText(words.history.empty.title)).toBeVisible();
});

for (const theme of ['light', 'dark']) {
  for (const lang of ['en', 'ko']) {
    test(`the panel and the history pass axe, ${theme}, ${lang}`, async ({ page }) => {
      await openPanel(page, 'transfers', { theme, lang });
      expect(await violationsOf(page)).toEqual([]);
      await page.locator('.transfers-switch label').last().click();
      await expect(page.getByTestId('past-transfer').first()).toBeVisible();
      expect(await violationsOf(page)).toEqual([]);
    });
  }
}

test('progress is in the title, and is told to screen readers in quarters, not ticks', async ({ page }) => {
  await open(page, 'home-empty');
  await page.evaluate(() => {
    const announcer = document.querySelector('[data-testid=transfer-announcer]')!;
    const said: string[] = [];
    Object.assign(window, { said });
    new MutationObserver(() => said.push(announcer.textContent)).observe(announcer, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });
  const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
  const sample = transfer(1, { phase: 'offered', direction: 'send', totalBytes: 1000, doneBytes: 0 });
  await page.evaluate((one) => window.fakeCore.set({ transfers: [one] }), sample);
  await page.evaluate((one) => window.fakeCore.set({ transfers: [{ ...one, phase: 'active' }] }), sample);
  for (let done = 0; done < 1000; done += 20)
    await page.evaluate(
      ([one, doneBytes]) => window.fakeCore.set({ transfers: [{ ...one, phase: 'active', doneBytes }] }),
      [sample, done] as const,
    );
  await expect(page).toHaveTitle('98% · Hither');
  await page.evaluate((one) => window.fakeCore.set({ transfers: [{ ...one, phase: 'done' }] }), sample);
  await expect(page).toHaveTitle('Hither');
  await expect
    .poll(said)
    .toEqual([
      'Transfer of holiday video.mp4 started',
      'holiday video.mp4: 25%',
      'holiday video.mp4 has been sent',
    ]);
});
