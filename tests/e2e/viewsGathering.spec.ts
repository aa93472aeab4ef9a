/** A drop of many files, while the page still reads it, on a made-up core; serves itself. */
import { expect, type Page } from '@playwright/test';
import { en } from '../../src/renderer/i18n/en';
import { ko } from '../../src/renderer/i18n/ko';
import { violationsOf } from '../support/app/axe';
import { open, restyle, test } from '../support/harness/sceneTest';

declare global {
  interface Window {
    /** Ends the reading of what `dropSlowly` dropped. */
    endDrop: () => void;
  }
}

/** Drops a folder of which the browser gives some files at once, and the end when it is told to. */
async function dropSlowly(page: Page, fileCount: number): Promise<void> {
  await page.evaluate((count) => {
    const file = (name: string) => ({
      name,
      isFile: true,
      // As a browser does, it answers in its own time.
      file: (take: (file: File) => void) => setTimeout(() => take(new File(['abc'], name))),
    });
    const end = new Promise<void>((resolve) => (window.endDrop = resolve));
    const reader = (batches: unknown[][]) => ({
      readEntries: (take: (entries: unknown[]) => void) => take(batches.shift() ?? []),
    });
    const files = Array.from({ length: count }, (_, index) => file(`${String(index)}.jpg`));
    const last = {
      name: 'z',
      isFile: false,
      createReader: () => ({
        readEntries: (take: (entries: unknown[]) => void) => void end.then(() => take([])),
      }),
    };
    const folder = { name: 'holiday', isFile: false, createReader: () => reader([[...files, last]]) };
    const event = new DragEvent('drop', { bubbles: true, cancelable: true });
    const items = [{ kind: 'file', webkitGetAsEntry: () => folder }];
    Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], items } });
    document.querySelector('.session-area')?.dispatchEvent(event);
  }, fileCount);
}

test('a folder that takes long to read says so, and how far it is, until it is offered', async ({ page }) => {
  await open(page, 'session-empty');
  const bar = page.getByTestId('gathering');
  await expect(bar).toBeEmpty();
  await dropSlowly(page, 300);
  await expect(bar).toContainText(en.app.gathering);
  await expect(bar).toContainText('300 files so far');
  for (const lang of ['en', 'ko'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      await restyle(page, { lang, theme });
      await expect(bar).toContainText({ en, ko }[lang].app.gathering);
      expect(await violationsOf(page)).toEqual([]);
    }
  }
  // Said once, not with each number.
  await expect(page.getByRole('status').filter({ hasText: ko.app.gathering })).toMatchAriaSnapshot(
    `- status: ${ko.app.gathering}`,
  );
  expect(await page.evaluate(() => window.fakeCore.callsOf('sendFiles'))).toEqual([]);
  await page.evaluate(() => window.endDrop());
  await expect(bar).toBeEmpty();
  const sent = await page.evaluate(() => window.fakeCore.callsOf('sendFiles') as [string, unknown[]][]);
  expect(sent.map(([, items]) => items.length)).toEqual([301]);
});
