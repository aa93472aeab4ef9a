import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base } from '@playwright/test';
import { build, preview } from 'vite';
import type { TwoBackends } from './TwoBackends';

declare global {
  interface Window {
    /** The two devices, for specs to have them do things. */
    twoBackends: TwoBackends;
  }
}

const configFile = join(import.meta.dirname, 'vite.config.ts');

/** A test of two backends in a page, which have started for the first time; it fails on any warning, error or fault of theirs. */
export const test = base.extend<object, { backendsServer: string }>({
  backendsServer: [
    async ({}, provide) => {
      const outDir = await mkdtemp(join(tmpdir(), 'hither-backends-'));
      await build({ configFile, logLevel: 'error', build: { outDir, emptyOutDir: true } });
      const at = { host: '127.0.0.1', port: 0 };
      const server = await preview({ configFile, logLevel: 'error', build: { outDir }, preview: at });
      await provide(server.resolvedUrls?.local[0] ?? '');
      await server.close();
      await rm(outDir, { recursive: true });
    },
    { scope: 'worker' },
  ],
  page: async ({ page, backendsServer }, provide) => {
    const troubles: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') troubles.push(message.text());
    });
    page.on('pageerror', (error) => troubles.push(String(error)));
    await page.goto(backendsServer);
    await page.evaluate(() => window.twoBackends.start());
    await provide(page);
    expect(troubles).toEqual([]);
  },
});
