/** Questions and transfers on a made-up core: how long one can answer, what can be allowed for good, and what things are called. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import type { TransferView } from '../../src/shared/contract/transfers';
import { deviceId, id, transfer } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

const LONG = ['회의 녹음 2026-11-29 오전 기획 회의 전체 파일 최종본 ', '.m4a'] as const;

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
  await expect(accept).toBeVisible();
  await expect(box, 'of a device that is not trusted').toHaveCount(0);

  await open(page, 'request-trusted');
  await accept.click();
  expect(await updates(), 'without the box').toEqual([]);

  await open(page, 'request-trusted', { lang: 'ko' });
  await page.getByRole('checkbox', { name: ko.app.prompts.always }).check();
  await page.getByRole('dialog').getByRole('button', { name: ko.app.decline, exact: true }).click();
  expect(await updates(), 'along with a no').toEqual([]);

  await open(page, 'offer');
  await box.check();
  await page.getByRole('button', { name: 'Accept 2,400 files' }).click();
  const permissions = { connect: 'allow', sendFiles: 'allow', viewScreen: 'ask' };
  await expect.poll(updates).toEqual([{ deviceId: deviceId(2), permissions }]);
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
  for (const width of [640, 1200]) {
    await page.setViewportSize({ width, height: 700 });
    await open(page, 'view-home');
    await setTransfers(
      page,
      [1, 2, 3].map((n) =>
        transfer(n, {
          ...{ phase: 'done', rootCount: 12, fileCount: 12 },
          rootNames: [`${LONG[0].repeat(3)}${n}${LONG[1]}`, 'b', 'c', 'd', 'e'],
        }),
      ),
    );
    await openTransfers(page);
    const rows = page.getByTestId('transfer');
    await expect(rows).toHaveCount(3);
    for (const [index, row] of (await rows.all()).entries()) {
      const count = row.getByText('and 11 more', { exact: true });
      const tail = row.locator('.name-tail');
      await expect(tail).toHaveText(new RegExp(`${index + 1}\\.m4a$`));
      for (const part of [count, tail]) {
        const isWhole = await part.evaluate((element) => {
          const box = element.getBoundingClientRect();
          const row = element.closest('[data-testid=transfer]')?.getBoundingClientRect();
          return row !== undefined && box.width > 20 && box.left >= row.left && box.right <= row.right;
        });
        expect(isWhole, `${width} px`).toBe(true);
      }
    }
  }
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
