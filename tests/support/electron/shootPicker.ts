import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { findChromium } from '../../../scripts/chromium.mjs';
import { en } from '../../../src/renderer/i18n/en';
import { ko } from '../../../src/renderer/i18n/ko';
import { browserFlags } from '../app/browserFlags';
import { connect } from '../app/connect';
import { Desk, type DesktopApp } from './electronTest';

/** Pictures of the desktop app's own picker, with thumbnails of real windows. */
export async function shootPicker(
  imagesDir: string,
  documents: Readonly<Record<string, string>>,
): Promise<void> {
  const desks = [await Desk.create('en-US'), await Desk.create('en-US')] as const;
  const [desk, farDesk] = desks;
  const others: BrowserContext[] = [];
  try {
    const alice = await desk.launch('Alice');
    const bob = await farDesk.launch('Bob');
    await rename(alice, 'Jiho’s laptop');
    await rename(bob, '민지의 데스크톱');
    await connect({ name: 'Jiho’s laptop', app: alice.app }, { name: '민지의 데스크톱', app: bob.app });
    await desk.display.run('xsetroot', '-solid', '#c9d3e8');
    for (const [index, [name, html]] of Object.entries(documents).entries())
      others.push(await openWindow(desk, name, html, index));
    for (const [language, theme] of [
      ['en', 'light'],
      ['ko', 'dark'],
    ] as const) {
      await alice.page.evaluate((settings) => window.hither!.request('settings:update', settings), {
        language,
        theme,
      });
      await shoot(alice, language === 'ko' ? ko : en, join(imagesDir, `picker-windows-${language}.png`));
    }
  } finally {
    for (const other of others) await other.close();
    for (const each of desks) await each.close();
  }
}

/** A desk gives its people names of its own, which no reader has to see. */
async function rename(app: DesktopApp, name: string): Promise<void> {
  await app.page.evaluate((settings) => window.hither!.request('settings:update', settings), { name });
}

/** Another program's window, on the part of the screen that the app leaves bare: what is covered has no picture. */
async function openWindow(desk: Desk, name: string, html: string, index: number): Promise<BrowserContext> {
  const file = join(desk.dir, `${index}.html`);
  await writeFile(file, `${html}<style>html { zoom: 0.45 }</style>`);
  const place = [`--window-position=1190,${10 + index * 445}`, '--window-size=400,430'];
  const browser = await chromium.launchPersistentContext(join(desk.dir, `window ${index}`), {
    executablePath: findChromium()!,
    headless: false,
    env: { ...process.env, DISPLAY: desk.display.name },
    // Without the bar that complains of flags.
    args: [...browserFlags(), '--test-type', ...place, `--app=file://${file}`],
    viewport: null,
  });
  await browser.pages()[0]?.waitForFunction((title) => document.title === title, name);
  return browser;
}

async function shoot(app: DesktopApp, words: typeof en | typeof ko, path: string): Promise<void> {
  await app.page.getByRole('button', { name: words.share.start }).first().click();
  const picker = app.page.getByRole('dialog', { name: words.share.picker.title });
  await picker.getByRole('tab', { name: words.share.picker.windows }).click();
  await picker.getByRole('radio').last().click();
  // Every thumbnail is drawn once more, with what has come up meanwhile.
  await app.page.waitForTimeout(3_000);
  await app.page.screenshot({ path });
  await picker.getByRole('button', { name: words.app.cancel, exact: true }).click();
  await picker.waitFor({ state: 'hidden' });
}
