import { expect, type Page } from '@playwright/test';
import { en } from '../../../src/renderer/i18n/en';
import { ko } from '../../../src/renderer/i18n/ko';
import type { Language, Theme } from '../../../src/shared/settings/settings';
import { isInReach, misfitsOf } from './misfits';
import type { SceneView } from './sceneViews';
import { open, restyle } from './sceneTest';

/** Width and height of a window in CSS px, the smallest first: that is 1280 × 800 at 200 %. */
export const SIZES = [
  [640, 400],
  [800, 600],
  [900, 700],
  [1200, 800],
  [1600, 900],
] as const;

/** How a view is drawn. */
export interface Style {
  lang: Exclude<Language, 'system'>;
  theme: Exclude<Theme, 'system'>;
}

/**
 * Opens a view and looks at it in each style: that everything fits at every size, that what matters most is in reach in the
 * smallest window, and whatever else `look` holds it to, at 800 × 600.
 */
export async function expectFits(
  page: Page,
  view: SceneView,
  styles: readonly Style[],
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const { scene, show, hasSettings = true } = view;
  const [first = { lang: 'en', theme: 'light' }] = styles;
  if (!hasSettings) await page.emulateMedia({ colorScheme: first.theme });
  // It is walked to in English.
  await open(page, scene, { lang: 'en', theme: first.theme });
  await show?.(page);
  for (const style of hasSettings ? styles : styles.slice(0, 1)) {
    if (hasSettings) await restyle(page, style);
    for (const [width, height] of SIZES) {
      await page.setViewportSize({ width, height });
      const at = `${width} × ${height}, ${style.lang}`;
      // What floats follows the window a moment later.
      await expect.poll(() => misfitsOf(page), { message: at, timeout: 2_000 }).toEqual([]);
      if (width === SIZES[0][0])
        for (const action of view.main?.(page, style.lang === 'en' ? en : ko) ?? [])
          await expect
            .poll(() => isInReach(action), { message: `${String(action)} is in reach, ${at}` })
            .toBe(true);
      if (width === 800) await look();
    }
  }
}
