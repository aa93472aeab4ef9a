/** Home on a made-up core: how its cards fit, what a card says of what was sent from it, and where the focus goes. */
import { basename } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { seriousViolationsOf } from '../support/app/axe';
import { dropPaths } from '../support/app/dropPaths';
import { words } from '../support/app/words';
import { SIZES } from '../support/harness/expectFits';
import { misfitsOf } from '../support/harness/misfits';
import { deviceId, id, session, transfer, verifying } from '../support/harness/samples';
import { open, test } from '../support/harness/sceneTest';

const file = import.meta.filename;
const MINA = 'Mina’s MacBook Air';

const card = (page: Page, name: string): Locator =>
  page.getByTestId('device-tile').filter({ has: page.getByText(name, { exact: true }) });

test('cards are 300 px and more, and the first can be used without scrolling in the smallest window', async ({
  page,
}) => {
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    await open(page, 'view-home');
    const widths = await page
      .getByTestId('device-tile')
      .evaluateAll((tiles) => tiles.map((tile) => tile.getBoundingClientRect().width));
    expect(Math.min(...widths)).toBeGreaterThanOrEqual(300);
    for (const name of [
      words(en.home.nearby.connect, { name: MINA }),
      words(en.home.nearby.sendTo, { name: MINA }),
    ])
      await expect(page.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  }
});

test('names stand whole on two lines, and longer ones show both of their ends', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 800 });
  await open(page, 'home-long-names');
  const names = () =>
    page.locator('.whole-name').evaluateAll((all) =>
      all.map((name) => ({
        whole: (name as HTMLElement).title,
        shown: name.textContent,
        isCut: name.scrollHeight > name.clientHeight + 1,
      })),
    );
  for (const { whole, shown, isCut } of await names()) {
    expect(isCut).toBe(false);
    expect(shown).toBe(whole);
  }
  await page.addStyleTag({ content: '.home { width: 250px }' });
  await expect.poll(async () => (await names()).some(({ shown }) => shown.includes('…'))).toBe(true);
  for (const { whole, shown, isCut } of await names()) {
    expect(isCut).toBe(false);
    const [head = '', tail = ''] = shown.split('…');
    expect(whole.startsWith(head) && whole.endsWith(tail)).toBe(true);
    if (shown.includes('…')) expect(Math.abs(head.length - tail.length)).toBeLessThanOrEqual(1);
  }
});

test('trusted devices are there when they are away, with what is known of them', async ({ page }) => {
  await open(page, 'home-empty');
  await page.evaluate(
    (trusted) => window.fakeCore.set({ trusted }),
    [
      {
        ...{ deviceId: deviceId(2), identityKey: 'a'.repeat(64), name: MINA, platform: 'macos' as const },
        permissions: { connect: 'ask', sendFiles: 'ask', viewScreen: 'ask' } as const,
        ...{ addedMs: 0, lastSeenMs: Date.UTC(2026, 10, 18, 14, 5) },
      },
    ],
  );
  const away = card(page, MINA);
  await expect(away).toContainText('Not here now, last seen Nov 18');
  await expect(away.getByRole('button')).toHaveText([en.app.settings]);
  await away.getByRole('button').click();
  await expect(page.getByTestId('trusted-device')).toContainText(MINA);
});

test('a version is told only where it does not fit', async ({ page }) => {
  await open(page, 'home');
  await expect(card(page, 'Old laptop 🐢')).toContainText('It runs Hither 0.0.3 and you run 0.1.0.');
  await expect(card(page, 'Old laptop 🐢').getByRole('button')).toHaveCount(0);
  await expect(card(page, MINA)).not.toContainText('0.1.0');
});

test('nobody there: two steps, and the questions behind a fold', async ({ page }) => {
  await open(page, 'home-empty');
  await expect(page.getByRole('main').locator('ol').getByRole('listitem')).toHaveText([
    en.home.empty.steps.open,
    en.home.empty.steps.visible,
  ]);
  const question = page.getByText(en.home.empty.checkList.vpn);
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: en.home.empty.checks }).press('Enter');
  await expect(question).toBeVisible();
});

/** What the core says of the session that was asked for last. */
async function sessionIs(page: Page, change: Partial<ReturnType<typeof session>>): Promise<void> {
  await page.evaluate((part) => {
    const { sessions } = window.fakeCore.getSnapshot();
    window.fakeCore.set({
      sessions: sessions.map((each, n) => (n === sessions.length - 1 ? { ...each, ...part } : each)),
    });
  }, change);
}

const line = (page: Page) => card(page, MINA).getByTestId('card-line');

test('what is dropped on a card is followed there to its end, and Home stays', async ({ page }) => {
  await open(page, 'view-home');
  await dropPaths(card(page, MINA), [file]);
  await expect(line(page)).toContainText(basename(file));
  await expect(line(page)).toContainText(`Calling ${MINA}…`);
  await sessionIs(page, { state: { phase: 'asking' } });
  await expect(line(page)).toContainText(`Waiting for ${MINA}…`);
  // No tab, no card and no view of its own.
  await expect(page.getByRole('navigation').getByRole('button')).toHaveCount(1);
  await expect(page.getByRole('heading', { name: en.home.sessions.title })).toBeHidden();
  const sending = (change: object) =>
    transfer(1, { direction: 'send', rootNames: [basename(file)], doneBytes: 150e6, ...change });
  const transfersAre = (...transfers: ReturnType<typeof transfer>[]) =>
    page.evaluate((all) => window.fakeCore.set({ transfers: all }), transfers);
  await transfersAre(sending({ phase: 'offered' }));
  await page.evaluate((sentId) => window.fakeCore.settle({ kind: 'sent', sentId }), id(201));
  await expect(line(page)).toContainText(`Waiting for ${MINA} to accept`);
  await transfersAre(sending({}));
  await expect(line(page).getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50');
  await transfersAre(sending({ phase: 'done' }));
  await expect(line(page)).toContainText(en.transfers.card.delivered);
  expect(await seriousViolationsOf(page)).toEqual([]);
  await line(page).getByRole('button', { name: en.app.dismiss }).press('Enter');
  await expect(line(page)).toHaveCount(0);
  await expect(card(page, MINA)).toBeFocused();
});

test('what was declined is sent again from where it was dropped', async ({ page }) => {
  await open(page, 'view-home');
  await dropPaths(card(page, MINA), [file]);
  await page.evaluate(() => window.fakeCore.settle({ kind: 'ended', reason: 'declined', by: 'peer' }));
  await expect(line(page)).toContainText(`${MINA} declined`);
  await line(page).getByRole('button', { name: en.transfers.card.again }).press('Enter');
  await expect(card(page, MINA)).toBeFocused();
  await expect(line(page)).toContainText(`Calling ${MINA}…`);
  await expect(line(page)).toHaveCount(1);
  expect(await page.evaluate(() => window.fakeCore.callsOf('sendFilesTo').length)).toBe(2);
  const again = (change: object) =>
    page.evaluate(
      (all) => window.fakeCore.set({ transfers: all }),
      [transfer(1, { direction: 'send', ...change })],
    );
  await again({ phase: 'declined' });
  await page.evaluate((sentId) => window.fakeCore.settle({ kind: 'sent', sentId }), id(201));
  await expect(line(page).getByRole('button', { name: en.transfers.card.again })).toBeVisible();
  await again({ phase: 'failed', failure: { code: 'source-missing', facts: {} } });
  await expect(line(page)).toContainText(en.errors['source-missing'].title);
});

test('a code that has to be compared comes up by itself, and Home is back when that is done', async ({
  page,
}) => {
  await open(page, 'view-home');
  await dropPaths(card(page, MINA), [file]);
  await sessionIs(page, { state: { phase: 'asking' } });
  const { security } = verifying(2, MINA);
  await sessionIs(page, { state: { phase: 'verifying' }, security, title: MINA });
  await expect(page.getByRole('button', { name: en.verify.match })).toBeVisible();
  await page.getByRole('button', { name: en.app.home, exact: true }).click();
  await expect(line(page)).toContainText(`Compare the code with ${MINA}.`);
  await line(page).getByRole('button', { name: en.transfers.card.showCode }).click();
  await expect(page.getByRole('button', { name: en.verify.match })).toBeVisible();
  await sessionIs(page, { state: { phase: 'connected' }, security });
  await expect(card(page, MINA)).toBeVisible();
});

test('a text is sent from a card as well, and a session that is there takes files at once', async ({
  page,
}) => {
  await open(page, 'home');
  await page.getByRole('button', { name: words(en.home.nearby.sendTo, { name: MINA }) }).press('Enter');
  await page.getByRole('menuitem', { name: en.home.nearby.sendText }).press('Enter');
  await page.getByRole('dialog').getByRole('textbox').fill('안녕');
  await page.keyboard.press('Control+Enter');
  const target = { kind: 'device', deviceId: deviceId(2) };
  expect(await page.evaluate(() => window.fakeCore.callsOf('sendTextTo'))).toEqual([[target, MINA, '안녕']]);
  await expect(line(page).first()).toContainText(en.transfers.card.text);
  const inSession = card(page, '거실 데스크톱');
  await dropPaths(inSession, [file]);
  await expect(inSession.getByTestId('card-line')).toContainText(basename(file));
  await expect(page.getByRole('heading', { name: en.home.sessions.title })).toBeVisible();
});

test('a request names the files, and accepting it takes them where the person says', async ({ page }) => {
  await open(page, 'request-file');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Studio PC wants to send report.pdf, 2.4 MB')).toBeVisible();
  await dialog.getByRole('button', { name: en.transfers.offer.change }).click();
  await dialog.getByLabel(en.transfers.offer.path).fill('/media/usb');
  await dialog.getByRole('button', { name: en.transfers.offer.usePath }).click();
  await dialog.getByRole('button', { name: en.app.accept }).click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('accept'))).toEqual([
    [id(105), { dir: '/media/usb' }],
  ]);
  await expect(card(page, MINA)).toBeVisible();

  await open(page, 'request-files', { lang: 'ko' });
  await expect(dialog.getByText('Studio PC 님이 파일을 보내려고 해요: 파일 12개, 2.4MB')).toBeVisible();
  await expect(dialog.getByRole('listitem')).toHaveCount(6);
  await expect(dialog.getByRole('listitem').last()).toHaveText(
    words(ko.transfers.andMore_other).replace('{{count, number}}', '7'),
  );
  await dialog.getByRole('button', { name: ko.app.accept }).click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('accept'))).toEqual([[id(105), {}]]);

  await open(page, 'request-folder');
  await expect(dialog.getByText('Studio PC wants to send the folder 사진 모음, 2.4 MB')).toBeVisible();
  await open(page, 'request-file-home');
  await expect(dialog.getByText('Studio PC wants to send you files').first()).toBeVisible();
});

test('a folder that can’t be written to keeps files from being accepted', async ({ page }) => {
  await open(page, 'view-home');
  await page.evaluate(() => window.fakeCore.failing.set('folders:check', 'folder-missing'));
  const purpose = { fileCount: 1, totalBytes: 5, names: ['a.txt'] };
  const asked = session(5, 'Studio PC', {
    state: { phase: 'asked' },
    direction: 'incoming',
    scope: 'files',
    purpose,
  });
  await page.evaluate((sessions) => window.fakeCore.set({ sessions }), [asked]);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(en.errors['folder-missing'].title);
  await expect(dialog.getByRole('button', { name: en.app.accept })).toBeDisabled();
});

test('the rail shows the last three transfers, with the way to what was received', async ({ page }) => {
  await open(page, 'view-home');
  const done = (n: number) =>
    transfer(n, { phase: 'done', canReveal: true, rootNames: [`file ${n}.bin`], startedMs: 9_000 - n });
  await page.evaluate((transfers) => window.fakeCore.set({ transfers }), [1, 2, 3, 4].map(done));
  const rows = page.getByTestId('last-transfer');
  await expect(rows).toHaveCount(3);
  await rows.first().getByRole('button', { name: en.transfers.reveal }).click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('transfers:reveal'))).toEqual([
    { transferId: id(201) },
  ]);
  await page.evaluate(() => {
    const { app } = window.fakeCore.getSnapshot();
    if (app)
      window.fakeCore.set({ app: { ...app, capabilities: { ...app.capabilities, canReveal: false } } });
  });
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await rows.first().getByRole('button', { name: en.transfers.copyPath }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('/home/mina/Downloads');
});

test('the focus stays on Home after everything that is done there', async ({ page }) => {
  await open(page, 'home');
  const focused = () => page.evaluate(() => document.activeElement?.tagName ?? 'BODY');
  const press = async (button: Locator): Promise<void> => {
    await button.press('Enter');
    await expect.poll(focused).not.toBe('BODY');
  };
  await press(page.getByRole('button', { name: en.home.you.rename }));
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: en.home.you.rename })).toBeFocused();
  await press(page.getByRole('button', { name: en.home.you.rename }));
  await page.keyboard.type('Another');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: en.home.you.rename })).toBeFocused();
  await press(
    page.getByRole('button', { name: words(en.home.you.more_one, {}).replace('{{count, number}}', '1') }),
  );
  await press(page.getByRole('button', { name: en.home.you.fewer }));
  await press(page.getByRole('button', { name: en.trust.key.show }));
  await press(page.getByRole('button', { name: en.home.nearby.refresh }));
  await press(card(page, 'Unknown visitor').getByRole('button', { name: en.app.dismiss }));
  await expect(card(page, 'Unknown visitor')).toHaveCount(0);
  await open(page, 'home-off');
  await press(page.getByRole('button', { name: en.home.empty.off.action }));
  const asked = session(7, 'Visitor', { state: { phase: 'asked' }, direction: 'incoming' });
  await open(page, 'view-home');
  await page.evaluate((sessions) => window.fakeCore.set({ sessions }), [asked]);
  await page.getByRole('dialog').getByRole('button', { name: en.app.later }).last().click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await press(card(page, 'Visitor').getByRole('button', { name: en.app.decline }));
});

test('Home says in a line that the relay is out of reach, leads to why, and forgets it by itself', async ({
  page,
}) => {
  await open(page, 'invite-ready');
  const line = page.getByTestId('relay-trouble');
  await expect(line).toHaveCount(0);
  const set = (trouble: { code: 'relay-unreachable'; facts: object } | null) =>
    page.evaluate(
      (each) => window.fakeCore.set({ away: { reachable: [], trouble: each as never } }),
      trouble,
    );
  await set({ code: 'relay-unreachable', facts: {} });
  await expect(line).toContainText('relay.example.org');
  for (const [width, height] of SIZES) {
    await page.setViewportSize({ width, height });
    expect(await misfitsOf(page), `${width} × ${height}`).toEqual([]);
  }
  await line.getByRole('button', { name: en.doctor.why }).click();
  await expect(page.getByRole('dialog', { name: en.doctor.title })).toBeVisible();
  await page.keyboard.press('Escape');
  await set(null);
  await expect(line).toHaveCount(0);
});
