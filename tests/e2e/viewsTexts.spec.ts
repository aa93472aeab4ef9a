/** Texts, pastes, drops and notifications of what arrives, on a made-up core; serves itself. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { violationsOf } from '../support/app/axe';
import { id, session, transfer } from '../support/harness/samples';
import { someTexts } from '../support/harness/transferScenes';
import { open, test } from '../support/harness/sceneTest';

const words = en.texts;
const TEXT_FILE = /^Text \d{4}-\d\d-\d\d \d\d\.\d\d\.txt$/;
const callsOf = (page: Page, name: string) => page.evaluate((each) => window.fakeCore.callsOf(each), name);

/** A paste as the browser makes it, with what is on the clipboard. */
async function paste(page: Page, content: { text?: string; image?: boolean }): Promise<void> {
  await page.evaluate(({ text, image }) => {
    const clipboardData = new DataTransfer();
    if (text !== undefined) clipboardData.setData('text/plain', text);
    if (image === true) clipboardData.items.add(new File(['png'], 'image.png', { type: 'image/png' }));
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
    (document.activeElement ?? document.body).dispatchEvent(event);
  }, content);
}

/** The names of the files that were handed to the core. */
async function sentNames(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    (window.fakeCore.callsOf('sendFiles') as [string, { path: string }[]][]).flatMap(([, items]) =>
      items.map(({ path }) => path),
    ),
  );
}

test('a pasted text waits in the line for Enter; Shift+Enter begins a new line', async ({ page }) => {
  await open(page, 'session-empty');
  await paste(page, { text: 'https://example.org/a b' });
  const field = page.getByLabel('Message to Mina’s MacBook Air');
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('https://example.org/a b');
  expect(await callsOf(page, 'sendText')).toEqual([]);
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('second');
  await page.keyboard.press('Enter');
  expect(await callsOf(page, 'sendText')).toEqual([[id(102), 'https://example.org/a b\nsecond']]);
  await expect(field).toHaveValue('');
  await expect(page.getByTestId('text')).toContainText(words.state.sending);
});

test('a written text that is too long for a message goes as a file', async ({ page }) => {
  await open(page, 'session-empty');
  await page.getByLabel('Message to Mina’s MacBook Air').fill('한'.repeat(30_000));
  await expect(page.getByText(words.asFile)).toBeVisible();
  await page.getByRole('button', { name: words.send }).click();
  await expect.poll(() => sentNames(page)).toEqual([expect.stringMatching(TEXT_FILE)]);
  expect(await callsOf(page, 'sendText')).toEqual([]);
});

test('a pasted text that is too long never fills the line, and waits for Enter beside what is written there', async ({
  page,
}) => {
  await open(page, 'session-empty');
  const field = page.getByLabel('Message to Mina’s MacBook Air');
  await paste(page, { text: '한'.repeat(30_000) });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');
  await expect(page.getByText(words.asFile)).toBeVisible();
  await page.getByRole('button', { name: words.removeLong }).click();
  await expect(page.getByText(words.asFile)).toBeHidden();
  await expect(page.getByRole('button', { name: words.send })).toBeDisabled();
  // In the line itself, and twice: both go.
  await field.fill('see the log');
  await paste(page, { text: '한'.repeat(30_000) });
  await paste(page, { text: 'a'.repeat(70_000) });
  await expect(field).toHaveValue('see the log');
  await expect(page.getByText('Your text of 160 kB is ready to send.')).toBeVisible();
  expect(await violationsOf(page, '.composer')).toEqual([]);
  expect(await sentNames(page)).toEqual([]);
  await field.press('Enter');
  await expect.poll(() => sentNames(page)).toEqual([expect.stringMatching(TEXT_FILE)]);
  expect(await callsOf(page, 'sendText')).toEqual([[id(102), 'see the log']]);
  await expect(field).toHaveValue('');
  await expect(page.getByText(words.asFile)).toBeHidden();
});

test('a text that is dragged to the line is taken in the same way', async ({ page }) => {
  await open(page, 'session-empty');
  const field = page.getByLabel('Message to Mina’s MacBook Air');
  const drop = (text: string) =>
    field.evaluate((line, dragged) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.setData('text/plain', dragged);
      // Whether the browser goes on and puts it into the line.
      return line.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    }, text);
  expect(await drop('short')).toBe(true);
  expect(await drop('a'.repeat(70_000))).toBe(false);
  await expect(page.getByText(words.asFile)).toBeVisible();
  await expect(field).toHaveValue('');
});

test('a pasted picture waits with its preview and goes as a file that tells what it is; a text beside it wins', async ({
  page,
}) => {
  await open(page, 'session-empty');
  await paste(page, { image: true });
  const name = /^Pasted image \d{4}-\d\d-\d\d \d\d\.\d\d\.png$/;
  const held = page.locator('.held-item');
  await expect(held).toContainText(/Pasted image .*png/);
  await expect(held.locator('img')).toHaveAttribute('src', /^blob:/);
  expect(await sentNames(page)).toEqual([]);
  // Taken out and pasted again: it goes once.
  await held.getByRole('button', { name: /^Remove Pasted image/ }).click();
  await expect(held).toHaveCount(0);
  await paste(page, { image: true });
  await expect(held).toHaveCount(1);
  await expect(page.getByLabel('Message to Mina’s MacBook Air')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => sentNames(page)).toEqual([expect.stringMatching(name)]);
  await expect(held).toHaveCount(0);
  await page.getByRole('region', { name: en.session.stage.label }).click();
  await paste(page, { image: true, text: 'copied from a spreadsheet' });
  await expect(page.getByLabel('Message to Mina’s MacBook Air')).toHaveValue('copied from a spreadsheet');
  expect(await sentNames(page)).toHaveLength(1);
});

test('a paste into another field, or with a dialog in front, is none of the session’s business', async ({
  page,
}) => {
  await open(page, 'session-empty');
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog')).toBeVisible();
  await paste(page, { image: true });
  await paste(page, { text: 'secret' });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await sentNames(page)).toEqual([]);
  await expect(page.getByLabel('Message to Mina’s MacBook Air')).toHaveValue('');
});

test('a peer’s text is text: no markup, codes for what hides, addresses behind a question', async ({
  page,
}) => {
  await open(page, 'session-texts');
  const list = page.getByRole('region', { name: words.list });
  const texts = page.getByTestId('text');
  await expect(texts).toHaveCount(someTexts.length);
  await expect(texts.nth(2).locator('pre')).toHaveText(
    'invoiceU+202Efdp.exe and <b>no markup</b> U+001B[31mred',
  );
  await expect(list.locator('b')).toHaveCount(0);
  await expect(texts.nth(4)).toContainText(words.state.failed);
  const link = texts.first().getByRole('button', { name: /^Open https/ });
  await expect(list.locator('a')).toHaveCount(0);
  await link.click();
  const anchor = page.getByRole('link', { name: words.open });
  await expect(anchor).toHaveAttribute(
    'href',
    'https://docs.example.com/2026/%EA%B3%84%ED%9A%8D?tab=2#%EA%B0%9C%EC%9A%94',
  );
  await expect(anchor).toHaveAttribute('rel', /noopener.*noreferrer/);
  await expect(anchor).toHaveAttribute('target', '_blank');
  await page.keyboard.press('Escape');
  await expect(anchor).toBeHidden();
  await expect(link).toBeFocused();
});

test('where the shell opens links, it is asked and the page opens nothing', async ({ page }) => {
  await open(page, 'session-texts');
  await page.evaluate(() => {
    const { app } = window.fakeCore.getSnapshot();
    if (app)
      window.fakeCore.set({ app: { ...app, capabilities: { ...app.capabilities, canOpenLinks: true } } });
  });
  await page.getByRole('button', { name: /^Open https/ }).click();
  expect(await callsOf(page, 'shell:openLink')).toHaveLength(1);
  await expect(page.getByRole('link', { name: words.open })).toHaveCount(0);
});

test('copying takes the text as it was sent', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page, 'session-texts');
  await page.getByTestId('text').nth(2).getByRole('button', { name: words.copy }).click();
  await expect(page.getByRole('button', { name: words.copied })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(someTexts[2]!.text);
});

test('the worst text and hundreds of them leave the page usable', async ({ page }) => {
  await open(page, 'session-empty');
  const one = session(2, 'Mina’s MacBook Air');
  const texts = Array.from({ length: 200 }, (_, n) => ({
    textId: id(n),
    direction: 'in' as const,
    text: 'a\u202e'.repeat(5000),
    state: 'received' as const,
    atMs: n,
  }));
  const tookMs = await page.evaluate(
    async (sessions) => {
      const from = performance.now();
      window.fakeCore.set({ sessions });
      // The page has drawn what it was given before this turn comes.
      await new Promise((resolve) => setTimeout(resolve, 0));
      return performance.now() - from;
    },
    [{ ...one, texts }],
  );
  await expect(page.getByTestId('text')).toHaveCount(30);
  expect(tookMs).toBeLessThan(5000);
  await page.getByLabel('Message to Mina’s MacBook Air').fill('still alive');
});

for (const [theme, lang] of [
  ['light', 'en'],
  ['dark', 'ko'],
] as const) {
  test(`texts pass axe, ${theme}, ${lang}`, async ({ page }) => {
    await open(page, 'session-texts', { theme, lang });
    await expect(page.getByTestId('text').first()).toBeAttached();
    expect(await violationsOf(page)).toEqual([]);
  });
}

test('a drop that the browser hides is told of, and sends nothing', async ({ page }) => {
  await open(page, 'session-empty');
  const drop = (items: unknown[]) =>
    page.evaluate((each) => {
      const event = new DragEvent('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items: each } });
      document.querySelector('.session-area')?.dispatchEvent(event);
    }, items);
  await drop([]);
  await expect(page.getByText(en.errors['drop-unreadable'].title)).toBeVisible();
  expect(await callsOf(page, 'sendFiles')).toEqual([]);
});

test('what arrives while nobody looks is told of by the browser, with names alone', async ({ page }) => {
  const recorder = await page.addInitScript(() => {
    const shown: string[][] = [];
    class Recorder {
      static permission = 'granted';
      onclick: (() => void) | null = null;
      constructor(title: string, options: { body: string }) {
        shown.push([title, options.body]);
      }
    }
    Object.assign(window, { Notification: Recorder, shown });
    document.hasFocus = () => (window as unknown as { isSeen?: boolean }).isSeen === true;
  });
  await open(page, 'home-empty');
  const shown = () => page.evaluate(() => (window as unknown as { shown: string[][] }).shown);
  const one = session(2, 'Mina’s MacBook Air');
  const texts = [{ ...someTexts[0]!, text: 'my secret' }];
  await page.evaluate((sessions) => window.fakeCore.set({ sessions }), [one]);
  await page.evaluate((sessions) => window.fakeCore.set({ sessions }), [{ ...one, texts }]);
  const received = transfer(1, { phase: 'active' });
  await page.evaluate((transfers) => window.fakeCore.set({ transfers }), [received]);
  await page.evaluate(
    (transfers) => window.fakeCore.set({ transfers }),
    [{ ...received, phase: 'done' as const }],
  );
  expect(await shown()).toEqual([
    ['Mina’s MacBook Air sent you a message', en.transfers.notify.textHelp],
    ['Received from Mina’s MacBook Air', 'holiday video.mp4'],
  ]);
  // The session is not open, so the window tells of it as well, and leads there.
  await page.getByRole('button', { name: en.transfers.notify.show, exact: true }).click();
  await expect(page.getByTestId('text')).toContainText('my secret');

  await page.evaluate(() => Object.assign(window, { isSeen: true }));
  await page.evaluate((transfers) => window.fakeCore.set({ transfers }), [transfer(2, { phase: 'done' })]);
  await page.evaluate(() => Object.assign(window, { isSeen: false }));
  await page.evaluate(() => {
    const { settings } = window.fakeCore.getSnapshot();
    if (settings) window.fakeCore.set({ settings: { ...settings, notifications: false } });
  });
  await page.evaluate((transfers) => window.fakeCore.set({ transfers }), [transfer(3, { phase: 'done' })]);
  expect(await shown()).toHaveLength(2);
  await recorder.dispose();
});

test('settings: a speed limit, a size and a folder for what comes unasked, notifications on a click', async ({
  page,
}) => {
  await open(page, 'home-empty');
  await page.keyboard.press('Control+,');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('tab', { name: en.transfers.title }).click();
  expect(await violationsOf(page, '[role=tabpanel]')).toEqual([]);
  const updates = () => callsOf(page, 'settings:update');
  const speed = dialog.getByLabel(en.transfers.settings.speed);
  await speed.fill('0.01');
  await expect(dialog.getByText('Enter 0.1 or more, or leave it empty.')).toBeVisible();
  await page.keyboard.press('Enter');
  expect(await updates()).toEqual([]);
  await speed.fill('2,5');
  await page.keyboard.press('Enter');
  await dialog.getByLabel(en.transfers.settings.speed).fill('');
  await dialog.getByLabel(en.transfers.settings.limit).fill('');
  await dialog.getByLabel(en.transfers.settings.dirOwn).click();
  await dialog.getByLabel(en.transfers.offer.path).fill('/srv/in');
  await page.keyboard.press('Enter');
  await expect
    .poll(updates)
    .toEqual([
      { speedLimitMbs: 2.5 },
      { speedLimitMbs: null },
      { autoAcceptLimitMb: 0 },
      { autoAcceptDir: '/srv/in' },
    ]);
});
