import type { Page } from '@playwright/test';

/**
 * Collects everything that goes wrong in a page without anyone asking: console errors and warnings, exceptions and
 * promise rejections that nobody handled, failed requests, crashes.
 */
export class PageTroubles {
  readonly seen: string[] = [];

  /** @param page watched from now on, so before it loads anything */
  constructor(page: Page) {
    page.on('console', (message) => {
      if (message.type() !== 'error' && message.type() !== 'warning') return;
      this.seen.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.seen.push(`unhandled: ${error.stack ?? error.message}`));
    page.on('crash', () => this.seen.push('the page crashed'));
  }
}
