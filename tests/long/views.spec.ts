/** The styles of every view that tests/e2e/views.spec.ts has no time for. */
import { expect } from '@playwright/test';
import { seriousViolationsOf } from '../support/app/axe';
import { expectFits } from '../support/harness/expectFits';
import { sceneViews } from '../support/harness/sceneViews';
import { test } from '../support/harness/sceneTest';

for (const [name, view] of Object.entries(sceneViews))
  test(`${name}: the same in English, light, and in Korean, dark`, async ({ page }) => {
    await expectFits(
      page,
      view,
      [
        { lang: 'en', theme: 'light' },
        { lang: 'ko', theme: 'dark' },
      ],
      async () => expect(await seriousViolationsOf(page)).toEqual([]),
    );
  });
