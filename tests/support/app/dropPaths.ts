import type { Locator } from '@playwright/test';

/** What is dragged, as the devtools protocol has it. */
interface DragData {
  items: { mimeType: string; data: string }[];
  files: string[];
}

/**
 * Drops files and folders from the disk on an element through the browser's own input, so that the page gets the drag
 * events, the `File`s and the folder entries that a file manager's drop would give it.
 * @param paths absolute
 */
export async function dropPaths(target: Locator, paths: readonly string[]): Promise<void> {
  await drag(target, ['dragEnter', 'dragOver', 'drop'], { items: [], files: [...paths] });
}

/** Drags the same over an element, and holds it there. */
export async function holdPaths(target: Locator, paths: readonly string[]): Promise<void> {
  await drag(target, ['dragEnter', 'dragOver'], { items: [], files: [...paths] });
}

/** Drops a text or a link, in forms such as `text/uri-list`, as from another program. */
export async function dropData(target: Locator, forms: Readonly<Record<string, string>>): Promise<void> {
  const items = Object.entries(forms).map(([mimeType, data]) => ({ mimeType, data }));
  await drag(target, ['dragEnter', 'dragOver', 'drop'], { items, files: [] });
}

async function drag(
  target: Locator,
  types: readonly ('dragEnter' | 'dragOver' | 'drop')[],
  dragged: DragData,
): Promise<void> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error('nothing to drop on');
  const page = target.page();
  const devTools = await page.context().newCDPSession(page);
  const data = { ...dragged, dragOperationsMask: 1 };
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, data };
  for (const type of types) {
    await devTools.send('Input.dispatchDragEvent', { type, ...at });
  }
  await devTools.detach();
}
