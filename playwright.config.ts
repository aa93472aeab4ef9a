import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';
import { browserFlags } from './tests/support/app/browserFlags';

const executablePath = findChromium();
/** Tag of a test that stands beside its like and runs with the long ones. */
const LONG = /@long/;

export default defineConfig({
  outputDir: 'test-results',
  // Every spec starts browsers and backends of its own and measures time; side by side they would starve each other.
  workers: 1,
  fullyParallel: false,
  reporter: [['./tests/support/electron/runtimeReporter.ts'], ['list']],
  forbidOnly: true,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  use: {
    locale: 'en-US',
    actionTimeout: 15_000,
    timezoneId: 'UTC',
    launchOptions: { ...(executablePath === null ? {} : { executablePath }), args: browserFlags() },
  },
  projects: [
    { name: 'e2e', testDir: 'tests/e2e', grepInvert: LONG },
    { name: 'lab', testDir: 'tests/lab', grepInvert: LONG },
    { name: 'electron', testDir: 'tests/electron' },
    { name: 'long', testDir: 'tests/long', testMatch: '**/*.spec.ts' },
    { name: 'long-beside', testMatch: ['tests/e2e/*.spec.ts', 'tests/lab/*.spec.ts'], grep: LONG },
  ],
});
