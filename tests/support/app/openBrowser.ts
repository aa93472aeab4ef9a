import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { findChromium } from '../../../scripts/chromium.mjs';
import { SCREEN } from '../lab/Display';
import type { Wrap } from './Instance';
import { browserFlags, captureFlags } from './browserFlags';

export interface BrowserOptions {
  /** A folder of its own, for the browser's profile and the script that starts it. */
  dir: string;
  /** X display that its window shows on; without one it runs headless. */
  displayName?: string | undefined;
  /** Turns a command into one that runs elsewhere, as in a network namespace. */
  wrap?: Wrap | undefined;
  /** Browsers hide the addresses of a page that captures nothing; `false` turns that off. */
  hidesAddresses?: boolean | undefined;
  locale: string;
}

/** Starts a Chromium with one page; its window leaves the right part of the screen bare. */
export async function openBrowser(options: BrowserOptions): Promise<BrowserContext> {
  const program = findChromium();
  if (program === null) throw new Error('no Chromium found; `npm test` says how to get one');
  const flags = [...browserFlags(options), ...captureFlags];
  const env = {
    ...process.env,
    ...(options.displayName === undefined ? {} : { DISPLAY: options.displayName }),
  };
  return chromium.launchPersistentContext(join(options.dir, 'chromium'), {
    executablePath: options.wrap ? await starterScript(options.dir, options.wrap(program)) : program,
    headless: options.displayName === undefined,
    env,
    args: [...flags, '--window-position=0,0', `--window-size=${SCREEN.stripLeft},${SCREEN.height}`],
    viewport: null,
    locale: options.locale,
  });
}

/** Playwright starts one file, so a command of several words becomes a script. */
async function starterScript(dir: string, words: readonly string[]): Promise<string> {
  const path = join(dir, 'chromium.sh');
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  await writeFile(path, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}
