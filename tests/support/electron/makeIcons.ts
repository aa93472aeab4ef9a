/* Draws the raster icons in `build/` from `build/icon.svg`; run it after every change of that file. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../../../scripts/chromium.mjs';
import { root } from './AppProcess';
import { iconFiles } from './iconFiles';

const executablePath = findChromium();
if (executablePath === null) throw new Error('no Chromium found; `npm test` says how to get one');
const browser = await chromium.launch({ executablePath });
try {
  for (const [path, content] of await iconFiles(browser)) {
    const file = join(root, 'build', path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
} finally {
  await browser.close();
}
