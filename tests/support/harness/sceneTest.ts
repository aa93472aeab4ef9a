import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test as base } from '@playwright/test';
import { build, preview } from 'vite';
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
 * A test of the page on a made-up core, which is built and served on loopback once for all files; it fails on any
 * warning, error or fault of the page.
 */
export const test = base.extend<object, { sceneServer: string }>({
  sceneServer: [
    async ({}, provide) => {
      const outDir = await mkdtemp(join(tmpdir(), 'hither-views-'));
      await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
      const at = { host: '127.0.0.1', port: 0 };
      const server = await preview({ configFile, logLevel: 'error', build: { outDir }, preview: at });
      await provide(server.resolvedUrls?.local[0] ?? '');
      await server.close();
      await rm(outDir, { recursive: true });
    },
    { scope: 'worker' },
  ],
  baseURL: ({ sceneServer }, provide) => provide(sceneServer),
  page: async ({ page }, provide) => {
    const troubles: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(String(error)));
    // Contrast is measured on what stands still.
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await provide(page);
    expect(troubles).toEqual([]);
  },
});

/** Opens a scene in the page of such a test, with `lang` and `theme` where they matter. */
export async function open(page: Page, scene: string, query: Record<string, string> = {}): Promise<void> {
  await page.goto(`?${new URLSearchParams({ scene, ...query }).toString()}`);
  await expect(page.locator('.shell')).toBeVisible();
  if (inSession.test(scene)) await expect(page.locator('.session-header')).toBeVisible();
}
