/**
 * How every view looks, on a made-up core: contrast and roles (axe), and whether everything fits at every size. Needs only
 * the Chromium that playwright.config.ts finds; the page is built and served by the spec itself. Each view has one style here, every
 * other one the other language and theme; tests/long/views.spec.ts has the rest.
 */
import { expect } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { seriousViolationsOf } from '../support/app/axe';
import { expectFits } from '../support/harness/expectFits';
import { scenes } from '../support/harness/scenes';
import { sceneViews } from '../support/harness/sceneViews';
import { shortStyles } from '../support/harness/styles';
import { open, test } from '../support/harness/sceneTest';
import { isInReach, misfitsOf } from '../support/harness/misfits';

for (const [name, view, style] of shortStyles)
  test(`${name}: keeps nobody out, and fits at every size`, async ({ page }) => {
    await expectFits(page, view, [style], async () => expect(await seriousViolationsOf(page)).toEqual([]));
  });

test('every scene is among the views', () => {
  const seen = new Set(Object.values(sceneViews).map(({ scene }) => scene));
  expect(Object.keys(scenes).filter((scene) => !seen.has(scene))).toEqual([]);
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

test('what does not fit is found', async ({ page }) => {
  await page.setViewportSize({ width: 640, height: 400 });
  for (const [scene, css, misfit] of [
    [
      'session-empty',
      '.dock-button { min-width: 160px }',
      /“Leave” is cut sideways|sticks out of the window side/,
    ],
    [
      'session-empty',
      '.dock-button { width: 20px; padding: 0 } .dock-words { display: inline !important }',
      /the words of .*“Send”/,
    ],
    ['home', '.home { width: 900px }', /is \d+ wide in \d+/],
    ['request', '.prompt-actions { height: 10px; overflow: hidden }', /“Accept” is cut in its height/],
    ['superseded', '.shell-cover { inset: 300px 0 -200px }', /“Use it here” sticks out of the window/],
  ] as const) {
    await open(page, scene);
    expect(await misfitsOf(page), scene).toEqual([]);
    await page.addStyleTag({ content: css });
    expect((await misfitsOf(page)).join('\n'), css).toMatch(misfit);
  }
  // What lies under something else is not in reach, and neither is what has to be scrolled to.
  await open(page, 'session-empty');
  const leave = page.getByRole('button', { name: en.session.leave, exact: true });
  expect(await isInReach(leave)).toBe(true);
  await page.addStyleTag({
    content: '.app-bar { position: fixed; z-index: 200; inset: 300px 0 0; height: auto }',
  });
  expect(await isInReach(leave)).toBe(false);
});
