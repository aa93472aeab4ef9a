import type { BrowserContext, Page } from '@playwright/test';

/** A page that may capture, with nothing on it. */
export async function blankPage(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.route('http://localhost/', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html><body style="margin:0">' }),
  );
  await page.goto('http://localhost/');
  return page;
}
