import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { build, preview, type PreviewServer } from 'vite';
import type { FakeCore } from '../fakeCore';

declare global {
  interface Window {
    /** The core behind the page, for specs to change and to question. */
    fakeCore: FakeCore;
  }
}

/** Scenes that open a session, which is clicked to: what is looked at before is another view. */
const inSession = /^(session|verify|key-changed|codes-differed|view-request)/;

const configFile = join(import.meta.dirname, 'vite.config.ts');

/**
 * Builds the page on a made-up core and serves it on loopback for the tests of a file; each of them fails on any
 * warning, error or fault of the page.
 * @returns opens a scene in a page, with `lang` and `theme` where they matter
 */
export function serveScenes(): (page: Page, scene: string, query?: Record<string, string>) => Promise<void> {
  let server: PreviewServer;
  let outDir: string;
  let troubles: string[] = [];

  test.beforeAll(async () => {
    outDir = await mkdtemp(join(tmpdir(), 'hither-views-'));
    await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
    const at = { host: '127.0.0.1', port: 0 };
    server = await preview({ configFile, logLevel: 'error', build: { outDir }, preview: at });
  });

  test.afterAll(async () => {
    await server.close();
    await rm(outDir, { recursive: true });
  });

  test.beforeEach(async ({ page }) => {
    troubles = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(String(error)));
    // Contrast is measured on what stands still.
    await page.emulateMedia({ reducedMotion: 'reduce' });
  });

  test.afterEach(() => {
    expect(troubles).toEqual([]);
  });

  return async (page, scene, query = {}) => {
    const base = server.resolvedUrls?.local[0] ?? '';
    await page.goto(`${base}?${new URLSearchParams({ scene, ...query }).toString()}`);
    await expect(page.locator('.shell')).toBeVisible();
    if (inSession.test(scene)) await expect(page.locator('.session-header')).toBeVisible();
  };
}
