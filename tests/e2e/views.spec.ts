/**
 * How every view looks, on a made-up core: contrast and roles (axe), and whether everything fits at every size. Needs only
 * the Chromium that playwright.config.ts finds; the page is built and served by the spec itself. The other two styles run
 * in tests/long/views.spec.ts.
 */
import { expect } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { seriousViolationsOf } from '../support/app/axe';
import { expectFits } from '../support/harness/expectFits';
import { scenes } from '../support/harness/scenes';
import { sceneViews } from '../support/harness/sceneViews';
import { open, test } from '../support/harness/sceneTest';

for (const [name, view] of Object.entries(sceneViews))
  test(`${name}: keeps nobody out, and fits at every size`, async ({ page }) => {
    await expectFits(
      page,
      view,
      [
        { lang: 'en', theme: 'dark' },
        { lang: 'ko', theme: 'light' },
      ],
      async () => expect(await seriousViolationsOf(page)).toEqual([]),
    );
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
