import type { Page } from '@playwright/test';
import axe, { type Result } from 'axe-core';

/**
 * Looks for what keeps people out of a page, or of the part of it that `within` selects. The page has no frames of other origins, so
 * axe is asked in it directly, and put there once for each document.
 */
export async function violationsOf(page: Page, within = 'html'): Promise<Result[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(
    async (selector) => (await axe.run(selector, { resultTypes: ['violations'] })).violations,
    within,
  );
}

/** Those of them that keep somebody out, as `rule: element, what is wrong`. */
export async function seriousViolationsOf(page: Page): Promise<string[]> {
  return (await violationsOf(page))
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 120)} ${node.any[0]?.message ?? ''}`),
    );
}
