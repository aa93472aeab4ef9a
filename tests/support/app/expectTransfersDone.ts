import { expect } from '@playwright/test';
import type { HitherPage } from './HitherPage';

const BAD_ENDS = new Set<string | null>(['declined', 'cancelled', 'failed']);

/** Waits until every transfer of the pages is done, and fails at once when one ends otherwise. */
export async function expectTransfersDone(pages: readonly HitherPage[], timeout: number): Promise<void> {
  for (const page of pages) {
    await page.openTransfers();
    await expect(page.transfers).not.toHaveCount(0);
    await expect
      .poll(
        async () => {
          const phases = await page.transferPhases();
          if (phases.every((phase) => phase === 'done')) return 'all done';
          return phases.some((phase) => BAD_ENDS.has(phase)) ? 'one ended badly' : 'under way';
        },
        { timeout },
      )
      .not.toBe('under way');
    const words = (await page.transfers.allInnerTexts()).join('\n');
    expect(await page.transferPhases(), words).toEqual(Array.from(await page.transfers.all(), () => 'done'));
  }
}
