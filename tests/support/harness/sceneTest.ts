import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConsoleMessage, expect, type Page, test as base } from '@playwright/test';
import { build, preview } from 'vite';
import type { Language, Theme } from '../../../src/shared/settings/settings';
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

/** The window of every test, unless it sets another one. */
const WINDOW = { width: 1280, height: 720 };

interface Shared {
  /** Where the page is served. */
  sceneServer: string;
  scenePage: Page;
}

/**
 * A test of the page on a made-up core, which is built and served on loopback once for all files; it fails on any
 * warning, error or fault of the page. All tests take their turns in one tab, which takes 60 % of the time of one for each; every test loads a document of its
 * own, and the page stores nothing. After a test that failed, the next has a new tab.
 */
export const test = base.extend<object, Shared>({
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
  scenePage: [
    async ({ browser, sceneServer }, provide) => {
      const page = await browser.newPage({ baseURL: sceneServer });
      await provide(page);
      await page.context().close();
    },
    { scope: 'worker' },
  ],
  context: ({ scenePage }, provide) => provide(scenePage.context()),
  page: async ({ scenePage: page }, provide) => {
    await page.setViewportSize(WINDOW);
    // Contrast is measured on what stands still.
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: null });
    await page.mouse.move(0, 0);
    const troubles: string[] = [];
    const onConsole = (message: ConsoleMessage) => {
      if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
    };
    const onError = (error: Error) => troubles.push(String(error));
    page.on('console', onConsole).on('pageerror', onError);
    await provide(page);
    page.off('console', onConsole).off('pageerror', onError);
    await page.context().clearPermissions();
    expect(troubles).toEqual([]);
  },
});

/** Opens a scene in the page of such a test, with `lang` and `theme` where they matter. */
export async function open(page: Page, scene: string, query: Record<string, string> = {}): Promise<void> {
  await page.goto(`?${new URLSearchParams({ scene, ...query }).toString()}`);
  await expect(page.locator('.shell')).toBeVisible();
  if (inSession.test(scene)) await expect(page.locator('.session-area')).toBeVisible();
}

/** Changes language and theme of an open scene, as a person does in the settings. */
export async function restyle(page: Page, { lang, theme }: { lang: Language; theme: Theme }): Promise<void> {
  await page.evaluate(
    (style) => {
      const { settings } = window.fakeCore.getSnapshot();
      if (settings) window.fakeCore.set({ settings: { ...settings, ...style } });
    },
    { language: lang, theme },
  );
  await expect(page.locator('html')).toHaveAttribute('lang', lang);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', theme);
}
