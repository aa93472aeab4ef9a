import { expect } from '@playwright/test';
import type { HitherPage } from './HitherPage';

/** Waits until every transfer of the pages is over, and fails on one that did not end well. */
export async function expectTransfersDone(pages: readonly HitherPage[], timeout: number): Promise<void> {
  for (const page of pages) {
    await page.openTransfers();
    await expect(page.transfers).not.toHaveCount(0);
    await expect
      .poll(() => page.transferPhases(), { timeout })
      .toEqual(Array.from({ length: await page.transfers.count() }, () => 'done'));
  }
}
