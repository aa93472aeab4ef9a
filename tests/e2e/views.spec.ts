/**
 * How every view looks, on a made-up core: contrast and roles (axe), and the layout from 800 px up. Needs only the
 * Chromium that playwright.config.ts finds; the page is built and served by the spec itself.
 */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { violationsOf } from '../support/app/axe';
import { open, restyle, test } from '../support/harness/sceneTest';

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
  'request-trusted',
  'request-impostor',
  'quiet',
  'view-request',
  'verify',
  'verify-waiting',
  'verify-comparing',
  'key-changed',
  'key-changed-address',
  'codes-differed',
  'session-dialing',
  'session-asking',
  'session-empty',
  'session-reconnecting',
  'session-without-link',
  'session-ended',
  'session-watching',
  'session-sharing',
  'session-sharing-two',
  'session-sharing-elsewhere',
  'session-paused',
  'session-hidden',
  'session-both',
  'unwatched',
  'lost',
  'superseded',
  'superseded-waiting',
  'occupied',
];

/** Violations that keep somebody out, as `rule: element`. */
async function seriousViolations(page: Page): Promise<string[]> {
  return (await violationsOf(page))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id: rule, nodes }) =>
      nodes.map((node) => `${rule}: ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`),
    );
}

/** Elements that stick out of the window sideways, and parts of it that scroll sideways. */
function overflows(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const parts = document.querySelectorAll('html, .shell-main, .app-bar, .dock, .drawer, [role="dialog"]');
    for (const part of parts) {
      if (part.scrollWidth > part.clientWidth + 1)
        found.push(`${part.tagName} is ${part.scrollWidth} wide inside`);
    }
    for (const element of document.querySelectorAll('#root *, [data-portal] *')) {
      const box = element.getBoundingClientRect();
      // Names are cut with an ellipsis by the box around them.
      if (box.width === 0 || element.closest('bdi, svg, .app-tabs, .stage-video')) continue;
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
    const look = async () => {
      expect(await seriousViolations(page)).toEqual([]);
      expect(await overflows(page)).toEqual([]);
    };
    await open(page, scene, { lang: 'en', theme: 'light' });
    await look();
    // The starting page has no settings yet: it follows the system.
    if (scene === 'starting') return;
    await restyle(page, { lang: 'ko', theme: 'dark' });
    await look();
  });
}

test('transfers, settings and the source picker keep nobody out', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  for (const theme of ['light', 'dark']) {
    await open(page, 'home', { theme });
    await page.keyboard.press('Control+j');
    await expect(page.getByRole('region', { name: en.transfers.title, exact: true })).toBeVisible();
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

test('trusted devices, with one of them unfolded and about to go, keep nobody out', async ({ page }) => {
  await page.setViewportSize({ width: 800, height: 600 });
  for (const [words, lang, theme] of [
    [en, 'en', 'light'],
    [ko, 'ko', 'dark'],
  ] as const) {
    await open(page, 'home', { lang, theme });
    await page.keyboard.press('Control+,');
    await page.getByRole('tab', { name: words.settings.tabs.trust }).click();
    await page.getByTestId('trusted-device').first().getByRole('button').nth(1).click();
    await page.getByRole('button', { name: words.trust.revoke.action }).click();
    await expect(page.getByRole('alert')).toBeVisible();
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
    for (const scene of ['session-both', 'verify', 'key-changed', 'view-request']) {
      await open(page, scene);
      expect(await overflows(page)).toEqual([]);
    }
  }
});

test('the answer to a code is in sight in the smallest window, long names and all', async ({ page }) => {
  // The smallest that the desktop app gives its window, without frame and menu bar.
  await page.setViewportSize({ width: 800, height: 500 });
  for (const [lang, words] of [
    ['en', en],
    ['ko', ko],
  ] as const) {
    await open(page, 'verify', { lang });
    for (const answer of [words.verify.mismatch, words.verify.match]) {
      const button = page.getByRole('button', { name: answer });
      await expect(button).toBeInViewport({ ratio: 1 });
    }
    await expect(page.getByText(words.codeIcons.butterfly)).toBeInViewport({ ratio: 1 });
  }
});
