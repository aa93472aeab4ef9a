import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Looks for what keeps people out of a page. In its legacy mode, as Hither has no frames of other origins: without it, each look opens one
 * more page to put the results of frames together.
 */
export function axe(page: Page): AxeBuilder {
  return new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
}
