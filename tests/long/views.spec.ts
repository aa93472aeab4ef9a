/** The styles of every view that tests/e2e/views.spec.ts has no time for. */
import { expect } from '@playwright/test';
import { seriousViolationsOf } from '../support/app/axe';
import { expectFits } from '../support/harness/expectFits';
import { test } from '../support/harness/sceneTest';
import { longStyles } from '../support/harness/styles';

for (const [name, view, styles] of longStyles)
  test(`${name}: the same in every other language and theme`, async ({ page }) => {
    await expectFits(page, view, styles, async () => expect(await seriousViolationsOf(page)).toEqual([]));
  });
