/**
 * Every view on a made-up core: contrast and roles (axe), layout at 800 px, keyboard, announcements, words. Needs only
 * the Chromium that playwright.config.ts finds: the spec builds the harness and serves it on loopback by itself.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { build, preview, type PreviewServer } from 'vite';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import type { FakeCore } from '../support/fakeCore';
import { id, session, transfer } from '../support/harness/samples';

declare global {
  interface Window {
    fakeCore: FakeCore;
  }
}

const configFile = 'tests/support/harness/vite.config.ts';
const scenes = [
  'starting',
  'welcome',
  'home-empty',
  'home-off',
  'home-no-network',
  'home-no-multicast',
  'home-port-taken',
  'home',
  'notices',
  'request',
  'offer',
  'session-dialing',
  'session-asking',
  'session-empty',
  'session-reconnecting',
  'session-ended',
  'session-watching',
  'session-sharing',
  'session-both',
  'lost',
  'superseded',
];

let server: PreviewServer;
let outDir: string;
let troubles: string[] = [];

test.beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'hither-views-'));
  await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
  const at = { host: '127.0.0.1', port: 0 };
  server = await preview({ configFile, logLevel: 'error', build: { outDir }, preview: at });
});

test.afterAll(async () => {
  await server.close();
  await rm(outDir, { recursive: true });
});

test.beforeEach(async ({ page }) => {
  troubles = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(String(error)));
  // Contrast is measured on what stands still.
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test.afterEach(() => {
  expect(troubles).toEqual([]);
});

async function open(page: Page, scene: string, query: Record<string, string> = {}): Promise<void> {
  const base = server.resolvedUrls?.local[0] ?? '';
  await page.goto(`${base}?${new URLSearchParams({ scene, ...query }).toString()}`);
  await expect(page.locator('.shell')).toBeVisible();
  if (scene.startsWith('session-')) await expect(page.locator('.session-header')).toBeVisible();
}

/** Violations that keep somebody out, as `rule: element`. */
async function seriousViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id: rule, nodes }) =>
      nodes.map((node) => `${rule}: ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`),
    );
}

/** Elements that stick out of the window sideways, and parts of it that scroll sideways. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const parts = document.querySelectorAll('html, .shell-main, .shell-header, [role="dialog"]');
    for (const part of parts) {
      if (part.scrollWidth > part.clientWidth + 1)
        found.push(`${part.tagName} is ${part.scrollWidth} wide inside`);
    }
    for (const element of document.querySelectorAll('#root *, [data-portal] *')) {
      const box = element.getBoundingClientRect();
      // Names are cut with an ellipsis by the box around them.
      if (box.width === 0 || element.closest('bdi, svg, .shell-tabs, .stage-video')) continue;
      if (getComputedStyle(element).position === 'absolute') continue;
      if (box.right > innerWidth + 1 || box.left < -1)
        found.push(`${element.outerHTML.slice(0, 80)} at ${box.right}`);
    }
    return found;
  });
}

for (const scene of scenes) {
  test(`${scene} keeps nobody out and fits 800 px, light and dark, English and Korean`, async ({ page }) => {
    await page.setViewportSize({ width: 800, height: 600 });
    for (const [lang, theme] of [
      ['en', 'light'],
      ['ko', 'dark'],
    ] as const) {
      await open(page, scene, { lang, theme });
      // The starting page has no settings yet: it follows the system.
      if (scene !== 'starting') await expect(page.locator('html')).toHaveAttribute('lang', lang);
      expect(await seriousViolations(page)).toEqual([]);
      expect(await overflows(page)).toEqual([]);
    }
  });
}

test('transfers, settings and the source picker keep nobody out', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  for (const theme of ['light', 'dark']) {
    await open(page, 'home', { theme });
    await page.keyboard.press('Control+j');
    await expect(page.getByRole('complementary', { name: en.transfers.title })).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Control+,');
    await expect(page.getByRole('dialog', { name: en.settings.title })).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
    await open(page, 'session-empty', { theme });
    await page.keyboard.press('Control+Shift+S');
    await expect(page.getByRole('radio').first()).toBeVisible();
    expect(await seriousViolations(page)).toEqual([]);
    expect(await overflows(page)).toEqual([]);
  }
});

test('the layout holds from 800 to 1920 px', async ({ page }) => {
  for (const width of [800, 1100, 1400, 1920]) {
    await page.setViewportSize({ width, height: 700 });
    await open(page, 'home');
    await page.keyboard.press('Control+j');
    expect(await overflows(page)).toEqual([]);
    await open(page, 'session-both');
    expect(await overflows(page)).toEqual([]);
  }
});

test('home is walked by keyboard: tabs, card, its send button, name, switch, address', async ({ page }) => {
  await open(page, 'home');
  const names: string[] = [];
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator('#root :focus');
    // Past the last one, the focus goes to the browser.
    if ((await focused.count()) === 0) break;
    names.push(
      await focused.evaluate((element) => element.getAttribute('aria-label') ?? element.textContent.trim()),
    );
    const outline = await focused.evaluate((element) => {
      const seen = element.closest('.mantine-Switch-body')?.querySelector('label') ?? element;
      return getComputedStyle(seen).outlineStyle !== 'none' || element.matches('input');
    });
    expect(outline, `focus shows on ${names.at(-1) ?? ''}`).toBe(true);
  }
  const order = [
    'Home',
    'Transfers, 3 going on',
    'Settings',
    'Open the session with 거실 데스크톱',
    'Send to 거실 데스크톱',
  ];
  const places = order.map((name) => names.indexOf(name));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThanOrEqual(0);
  expect(names).toContain('Change the name');
  expect(names).toContain('Copy 192.168.0.12:47117');

  await page.getByRole('button', { name: 'Connect to Mina’s MacBook Air' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Calling Mina’s MacBook Air…' })).toBeVisible();
  expect(await page.evaluate(() => window.fakeCore.callsOf('connect'))).toEqual([
    [{ kind: 'device', deviceId: id(2) }, 'Mina’s MacBook Air'],
  ]);
});

test('an address is checked before anything is dialed', async ({ page }) => {
  await open(page, 'home-empty');
  const field = page.getByLabel(en.home.address.label);
  await field.fill('http://192.168.0.12');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Leave out “http://”')).toBeVisible();
  expect(await page.evaluate(() => window.fakeCore.callsOf('connect'))).toEqual([]);
  await field.fill('192.168.0.12:47117');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => window.fakeCore.callsOf('connect'))).toHaveLength(1);
});

test('a request takes the focus but no button, so a key on its way decides nothing', async ({ page }) => {
  await open(page, 'home');
  await page.evaluate((asked) => window.fakeCore.set({ sessions: [asked] }), askedBy('Visitor'));
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Visitor wants to connect')).toBeVisible();
  await expect.poll(() => dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  expect(await page.evaluate(() => window.fakeCore.calls.map(({ name }) => name))).not.toContain('accept');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(await page.evaluate(() => window.fakeCore.callsOf('decline'))).toEqual([]);
  // Put off, not gone: it waits in the list.
  await page
    .getByRole('listitem')
    .filter({ hasText: 'Visitor' })
    .getByRole('button', { name: en.app.accept })
    .click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('accept'))).toEqual([id(107)]);
});

test('a request leaves somebody who types alone, is announced, and F6 goes to it', async ({ page }) => {
  await open(page, 'home');
  const field = page.getByLabel(en.home.address.label);
  await field.click();
  await page.keyboard.type('192.168');
  await page.evaluate((asked) => window.fakeCore.set({ sessions: [asked] }), askedBy('Visitor'));
  await expect(page.getByRole('dialog', { name: en.home.request.region })).toBeVisible();
  await page.keyboard.type('.0.12');
  await expect(field).toHaveValue('192.168.0.12');
  await expect(page.getByTestId('announcer')).toHaveText('Visitor wants to connect');
  await page.keyboard.press('F6');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => window.fakeCore.callsOf('accept'))).toEqual([id(107)]);
});

test('requests and offers come one after the other, oldest first', async ({ page }) => {
  await open(page, 'request');
  await page.getByRole('dialog').getByRole('button', { name: en.app.decline }).click();
  await expect(page.getByRole('dialog').getByText('build-server wants to connect')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: en.app.accept }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(page.getByRole('heading', { name: 'build-server' })).toBeVisible();
});

test('an offer shows its whole list, page by page, and refuses a folder it cannot write to', async ({
  page,
}) => {
  await open(page, 'offer');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('2,400 files, 12 folders, 300 MB in all')).toBeVisible();
  const list = dialog.getByRole('region', { name: en.transfers.offer.list });
  await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(list.getByText('IMG_6411.jpg')).toBeVisible();
  expect(await list.getByRole('listitem').count()).toBeLessThan(60);
  await dialog.getByRole('button', { name: en.transfers.offer.change }).click();
  await page.evaluate(() => window.fakeCore.failing.set('folders:check', 'folder-read-only'));
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

test('a new offer opens the transfers, and an offer too large for the disk cannot be accepted', async ({
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
  await expect(page.getByRole('complementary', { name: en.transfers.title })).toBeVisible();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(en.errors['disk-full'].title)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Accept 1 file' })).toBeDisabled();
});

test('language and theme switch at once, and follow the system when told to', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open(page, 'home');
  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: en.settings.language }).click();
  await page.getByRole('option', { name: '한국어' }).click();
  await expect(page.getByRole('dialog', { name: ko.settings.title })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.getByText(ko.settings.themes.system, { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light');
});

test('the welcome takes a name and asks once', async ({ page }) => {
  await open(page, 'welcome');
  const name = page.getByLabel(en.welcome.name);
  await expect(name).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(name).toBeVisible();
  await name.fill('   ');
  await page.getByRole('dialog').getByRole('button', { name: en.welcome.turnOn }).click();
  await expect(page.getByText(en.settings.nameEmpty)).toBeVisible();
  await name.fill(' 민아의 노트북 ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  expect(await page.evaluate(() => window.fakeCore.callsOf('settings:update'))).toEqual([
    { name: '민아의 노트북', nearby: true },
  ]);
});

test('names from elsewhere are text and nothing else', async ({ page }) => {
  await open(page, 'home');
  const name = '<img src=x onerror=alert(1)>{{name}}$t(app.name)\u0661';
  await page.evaluate((asked) => window.fakeCore.set({ sessions: [asked] }), askedBy(name));
  const title = page.getByRole('dialog').getByText(`${name} wants to connect`);
  await expect(title).toBeVisible();
  await expect(title.locator('bdi')).toHaveText(name);
  expect(await page.locator('img').count()).toBe(0);
});

test('the picker shares the source that was chosen by keyboard', async ({ page }) => {
  await open(page, 'session-empty');
  await page.getByRole('button', { name: en.share.start }).first().click();
  await page.getByRole('tab', { name: en.share.picker.windows }).click();
  await page.getByRole('radio').first().focus();
  await page.keyboard.press('Space');
  await page.getByRole('dialog').getByRole('button', { name: en.share.picker.share, exact: true }).click();
  expect(await page.evaluate(() => window.fakeCore.callsOf('shareScreen'))).toEqual([[id(102), 'window:1']]);
});

test('a share shows in every view and stops from there', async ({ page }) => {
  await open(page, 'session-sharing');
  await page.getByRole('button', { name: en.app.home, exact: true }).click();
  const bar = page.getByRole('region', { name: en.share.region });
  await expect(bar).toContainText('You are sharing DELL U2720Q with Mina’s MacBook Air');
  await bar.getByRole('button', { name: en.share.stop }).click();
  await expect(bar).toBeHidden();
});

test('the stage draws to fit, at actual size and full screen, by its keys', async ({ page }) => {
  await open(page, 'session-watching');
  const video = page.getByTestId('remote-video');
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBe(1920);
  expect((await video.boundingBox())?.width).toBeLessThanOrEqual(1280);
  await page.getByRole('group', { name: 'Screen of Mina’s MacBook Air' }).focus();
  await page.keyboard.press('z');
  await expect.poll(async () => (await video.boundingBox())?.width).toBe(1920);
  await page.keyboard.press('f');
  await expect.poll(() => page.evaluate(() => document.fullscreenElement?.className)).toBe('stage-screen');
  await page.getByRole('button', { name: en.session.stage.exitFullscreen }).click();
  await expect.poll(() => page.evaluate(() => document.fullscreenElement)).toBeNull();
});

test('an ended session says why, and is tried again', async ({ page }) => {
  await open(page, 'session-ended');
  await expect(page.getByRole('heading', { name: 'Mina’s MacBook Air cannot be reached' })).toBeVisible();
  await page.getByRole('button', { name: en.app.tryAgain }).click();
  await expect(page.getByRole('heading', { name: 'Calling Mina’s MacBook Air…' })).toBeVisible();
});

test('a failed request is told in words, with what to do', async ({ page }) => {
  await open(page, 'home');
  await page.evaluate(() => window.fakeCore.failing.set('nearby:refresh', 'timed-out'));
  await page.getByRole('button', { name: en.home.nearby.refresh }).click();
  const toast = page.getByRole('alert').filter({ hasText: en.errors['timed-out'].title });
  await expect(toast).toContainText(en.errors['timed-out'].help);
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
    await new Promise((resolve) => setTimeout(resolve, 200));
    return [...touched];
  });
  expect(changed).toEqual([0]);
  await expect(rows.first()).toContainText('150 MB of 300 MB');
});

function askedBy(name: string) {
  return session(7, name, { state: { phase: 'asked' }, direction: 'incoming' });
}
