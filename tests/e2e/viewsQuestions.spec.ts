/** Questions and transfers on a made-up core: how long one can answer, what can be allowed for good, and what things are called. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import type { TransferView } from '../../src/shared/contract/transfers';
import { deviceId, id, transfer } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

const setTransfers = (page: Page, transfers: TransferView[]): Promise<void> =>
  page.evaluate((given) => window.fakeCore.set({ transfers: given }), transfers);

async function openTransfers(page: Page): Promise<void> {
  await page.keyboard.press('Control+j');
  await expect(page.locator('.side-panel')).toBeVisible();
}

test('a request says how long it can be answered, and so does the code', async ({ page }) => {
  for (const scene of ['request', 'verify']) {
    await open(page, scene);
    const countdown = page.getByTestId('countdown').filter({ visible: true });
    await expect(countdown).toHaveCount(0);
    await page.evaluate(() => {
      const sessions = window.fakeCore
        .getSnapshot()
        .sessions.map((each) => ({ ...each, waitsUntilMs: Date.now() + 42_000 }));
      window.fakeCore.set({ sessions });
    });
    await expect(countdown).toHaveText(/^Ends in 4[0-2] sec$/);
    await expect(countdown).toHaveText(/^Ends in 39 sec$/);
  }
});

test('what a trusted device asks for can be allowed for good, along with a yes', async ({ page }) => {
  const box = page.getByRole('checkbox', { name: en.app.prompts.always });
  const updates = () => page.evaluate(() => window.fakeCore.callsOf('trust:update'));
  const accept = page.getByRole('dialog').getByRole('button', { name: en.app.accept, exact: true });

  await open(page, 'request');
  await expect(accept).toBeEnabled();
  await expect(box, 'of a device that is not trusted').toHaveCount(0);
  await open(page, 'request-trusted');
  await expect(accept).toBeEnabled();
  await expect(box, 'for what it may do already').toHaveCount(0);
  await open(page, 'view-request');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(box, 'for a screen').toHaveCount(0);

  await open(page, 'request-trusted');
  await forget(page, 'connect');
  await accept.click();
  expect(await updates(), 'without the box').toEqual([]);

  await open(page, 'request-trusted', { lang: 'ko' });
  await forget(page, 'connect');
  await page.getByRole('checkbox', { name: ko.app.prompts.always }).check();
  await page.getByRole('dialog').getByRole('button', { name: ko.app.decline, exact: true }).click();
  expect(await updates(), 'along with a no').toEqual([]);

  await open(page, 'request-trusted');
  await forget(page, 'connect');
  await box.check();
  await accept.click();
  const asked = { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' };
  await expect
    .poll(updates)
    .toEqual([{ deviceId: deviceId(2), permissions: { ...asked, connect: 'allow' } }]);

  await open(page, 'offer');
  await box.check();
  await page.getByRole('button', { name: 'Accept 2,400 files' }).click();
  const permissions = { ...asked, connect: 'allow', sendFiles: 'allow' };
  await expect.poll(updates).toEqual([{ deviceId: deviceId(2), permissions }]);
});

/** The trusted devices have to ask for something again. */
const forget = (page: Page, kind: 'connect' | 'sendFiles'): Promise<void> =>
  page.evaluate((each) => {
    const trusted = window.fakeCore.getSnapshot().trusted.map((device) => ({
      ...device,
      permissions: { ...device.permissions, [each]: 'ask' as const },
    }));
    window.fakeCore.set({ trusted });
  }, kind);

test('a press that was on its way answers no question that has come in its place', async ({ page }) => {
  await open(page, 'request');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: en.app.accept, exact: true }).hover();
  const accept = await dialog.getByRole('button', { name: en.app.accept, exact: true }).boundingBox();
  if (!accept) throw new Error('no button');
  await page.evaluate(() => {
    const [, ...others] = window.fakeCore.getSnapshot().sessions;
    window.fakeCore.set({ sessions: others });
  });
  await expect(dialog.getByText('build-server').first()).toBeVisible();
  await page.mouse.click(accept.x + accept.width / 2, accept.y + accept.height / 2);
  expect(await page.evaluate(() => window.fakeCore.callsOf('accept'))).toEqual([]);
  await dialog.getByRole('button', { name: en.app.accept, exact: true }).click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('accept'))).toHaveLength(1);
});

test('no card lies over the button that stops sharing', async ({ page }) => {
  for (const width of [640, 1000, 1280]) {
    await page.setViewportSize({ width, height: 720 });
    await open(page, 'session-sharing-elsewhere');
    await page.evaluate(() => {
      const [first, ...others] = window.fakeCore.getSnapshot().sessions;
      if (!first) return;
      const asked = { ...first, sessionId: 'f'.repeat(32), state: { phase: 'asked' as const } };
      window.fakeCore.set({ sessions: [first, ...others, { ...asked, direction: 'incoming' as const }] });
    });
    const [card, bar] = await Promise.all([
      page.getByRole('dialog').boundingBox(),
      page.locator('.sharing-bar').boundingBox(),
    ]);
    expect(card?.y).toBeGreaterThanOrEqual((bar?.y ?? Number.NaN) + (bar?.height ?? Number.NaN));
  }
});

test('an offer says that it is a folder, and which', async ({ page }) => {
  await open(page, 'offer');
  const offer = page.getByRole('dialog');
  await expect(offer.getByText('2,400 files, 12 folders, 300 MB in all')).toBeVisible();
  await setTransfers(page, [
    transfer(1, {
      ...{ phase: 'incoming', rootNames: ['사진 모음'], rootCount: 1, isFolder: true },
      ...{ fileCount: 2400, folderCount: 12 },
    }),
  ]);
  await expect(offer.getByText('The folder 사진 모음: 2,400 files, 12 folders, 300 MB in all')).toBeVisible();
});

test('all of many files are counted beside the first name, of which both ends are seen', async ({ page }) => {
  const names = [
    `${'회의 녹음 2026-11-29 오전 기획 회의 전체 파일 최종본 '.repeat(3)}1.m4a`,
    `${'W'.repeat(90)}${'⸻'.repeat(6)}.exe`,
    `${'אבג-summer-holiday-photos-2026'.repeat(3)}.jpg copy.exe`,
  ];
  for (const width of [640, 1200]) {
    await page.setViewportSize({ width, height: 700 });
    await open(page, 'view-home');
    await setTransfers(
      page,
      names.map((name, n) =>
        transfer(n, {
          ...{ phase: 'done', rootCount: 12, fileCount: 12, startedMs: 9000 - n },
          rootNames: [name, 'b', 'c', 'd', 'e'],
        }),
      ),
    );
    await openTransfers(page);
    const rows = page.getByTestId('transfer');
    await expect(rows).toHaveCount(3);
    for (const [index, row] of (await rows.all()).entries()) {
      const name = names[index] ?? '';
      const shown = row.locator('.file-name');
      await expect(shown).toHaveText(/….*/);
      const words = (await shown.textContent()) ?? '';
      const [head = '', tail = ''] = words.split('…');
      expect(name.startsWith(head) && head.length > 2, words).toBe(true);
      expect(name.endsWith(tail) && /\.(m4a|exe)$/.test(tail), words).toBe(true);
      const count = row.getByText('and 11 more', { exact: true });
      for (const part of [count, shown]) expect(await part.evaluate(isWhole), `${width} px`).toBe(true);
      // The ending stands at the end, whatever the letters before it are.
      expect(await shown.evaluate(endsAtRight)).toBe(true);
    }
  }
});

/** Whether nothing of an element is cut, by itself or by its row. */
function isWhole(element: Element): boolean {
  const box = element.getBoundingClientRect();
  const row = element.closest('[data-testid=transfer]')?.getBoundingClientRect();
  const isInside = row !== undefined && box.left >= row.left && box.right <= row.right;
  return isInside && box.width > 20 && element.scrollWidth <= element.clientWidth + 1;
}

/** Whether the last letter of a name is drawn right of all others. */
function endsAtRight(element: Element): boolean {
  const text = element.firstElementChild?.firstChild ?? element.firstChild;
  if (!(text instanceof Text)) return false;
  const rightOf = (from: number, to: number): number => {
    const range = document.createRange();
    range.setStart(text, from);
    range.setEnd(text, to);
    return range.getBoundingClientRect().right;
  };
  return Math.abs(rightOf(text.length - 1, text.length) - rightOf(0, text.length)) < 1;
}

test('the transfers are there beside a session that is over, too', async ({ page }) => {
  await open(page, 'session-ended');
  const panel = page.locator('.side-panel');
  await expect(panel).toHaveCount(0);
  await page.getByRole('button', { name: en.app.transfers, exact: true }).click();
  await expect(panel).toBeVisible();
  await page.keyboard.press('Control+j');
  await expect(panel).toHaveCount(0);
});

test('where files can’t be shown, the path of their folder is copied, from the list and the history', async ({
  page,
}) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'view-home');
  const done = transfer(1, { phase: 'done', rootNames: ['report.pdf'], dir: '/home/mina/받은 파일' });
  await setTransfers(page, [done]);
  await page.evaluate(
    (past) => {
      const { app } = window.fakeCore.getSnapshot();
      if (app)
        window.fakeCore.set({ app: { ...app, capabilities: { ...app.capabilities, canReveal: false } } });
      window.fakeCore.history = [past];
    },
    { ...done, transferId: id(900) },
  );
  await openTransfers(page);
  for (const part of ['transfer', 'past-transfer']) {
    if (part === 'past-transfer') await page.getByText(en.transfers.tabs.history, { exact: true }).click();
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await page.getByTestId(part).getByRole('button', { name: en.transfers.copyPath }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('/home/mina/받은 파일');
  }
});
