import type { Page } from '@playwright/test';
import { dropPaths } from './dropPaths';

/**
 * Has the browser's dialog for a folder, which no test can reach, answer with one from the disk from now on: with the handle that a drop
 * of it gives, which is of the same kind.
 * @param path absolute
 */
export async function answerFolderDialog(page: Page, path: string): Promise<void> {
  await page.evaluate(() => {
    const target = document.createElement('div');
    target.dataset['testid'] = 'folder-dialog';
    Object.assign(target.style, { position: 'fixed', inset: '0', zIndex: '9999' });
    for (const type of ['dragenter', 'dragover', 'drop'])
      target.addEventListener(type, (event) => {
        event.preventDefault();
        // The page's own targets would take it.
        event.stopPropagation();
      });
    target.addEventListener('drop', ({ dataTransfer }) => {
      // Chromium's own; the types of the DOM don't have it.
      const item = dataTransfer?.items[0] as unknown as {
        getAsFileSystemHandle: () => Promise<FileSystemDirectoryHandle>;
      };
      const handle = item.getAsFileSystemHandle();
      window.showDirectoryPicker = () => handle;
      target.remove();
    });
    document.body.append(target);
  });
  const target = page.getByTestId('folder-dialog');
  await dropPaths(target, [path]);
  await target.waitFor({ state: 'detached' });
}
