/* Draws the application menu of every system as a picture of its model, for `docs/images`; no system's own menu. */
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { MenuItemConstructorOptions } from 'electron';
import { findChromium } from '../../../scripts/chromium.mjs';
import { menuTemplate } from '../../../src/main/electron/shell/menuTemplate';
import { nativeText } from '../../../src/main/electron/shell/nativeText';
import { root } from './AppProcess';

const STYLE = `body { margin: 0; padding: 20px; width: max-content; background: #fff; color: #1b1f2a;
  font: 15px/1.5 system-ui, 'Noto Sans CJK KR' }
h1 { margin: 0 0 6px; font-size: 15px; font-weight: 600 } section + section { margin-top: 24px }
nav { display: flex; gap: 12px; align-items: start } b { padding: 0 10px } p { color: #5b6170; margin: 20px 0 0 }
ul { margin: 4px 0 0; padding: 6px 0; list-style: none; border: 1px solid #d5d8de; border-radius: 6px; min-width: 120px }
li { padding: 2px 12px } hr { border: 0; border-top: 1px solid #e3e5ea; margin: 5px 0 }`;

function column({ label = '', submenu }: MenuItemConstructorOptions): string {
  const items = Array.isArray(submenu) ? submenu : [];
  const rows = items.map((item) => (item.type === 'separator' ? '<hr>' : `<li>${item.label ?? ''}</li>`));
  return `<div><b>${label}</b><ul>${rows.join('')}</ul></div>`;
}

function picture(language: 'en' | 'ko'): string {
  const text = nativeText(language, []);
  const systems = [
    ['Linux, Windows', 'linux'],
    ['macOS', 'darwin'],
  ] as const;
  const menus = systems.map(([name, platform]) => {
    const columns = menuTemplate({ platform, text, isDeveloper: false }).map(column);
    return `<section><h1>${name}</h1><nav>${columns.join('')}</nav></section>`;
  });
  const caption =
    language === 'ko'
      ? '메뉴 모델: 앱이 시스템에 건네는 항목이며 시스템이 그린 화면이 아닙니다.'
      : 'Menu model: the items that the app hands to the system, not drawn by one.';
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${menus.join('')}<p>${caption}</p>`;
}

const executablePath = findChromium();
if (executablePath === null) throw new Error('no Chromium found; `npm test` says how to get one');
const browser = await chromium.launch({ executablePath });
try {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  for (const language of ['en', 'ko'] as const) {
    await page.setContent(picture(language));
    await page.locator('body').screenshot({ path: join(root, `docs/images/menu-model-${language}.png`) });
  }
} finally {
  await browser.close();
}
