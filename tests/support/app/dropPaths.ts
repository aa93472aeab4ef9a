import type { Locator } from '@playwright/test';

/**
 * Drops files and folders from the disk on an element through the browser's own input, so that the page gets the drag
 * events, the `File`s and the folder entries that a file manager's drop would give it.
 * @param paths absolute
 */
export async function dropPaths(target: Locator, paths: readonly string[]): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to drop on');
  const page = target.page();
  const devTools = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, data };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devTools.send('Input.dispatchDragEvent', { type, ...at });
  }
  await devTools.detach();
}
