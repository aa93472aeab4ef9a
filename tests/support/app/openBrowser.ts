import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type LaunchOptions } from '@playwright/test';
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
  /** More of the browser's own flags, as for devices that are made up. */
  flags?: readonly string[] | undefined;
  /** Its pages sound, where there is something to play on; Playwright's flag would silence what is captured of a tab as well. */
  isAudible?: boolean | undefined;
  /** SHA-256 of keys whose certificates are believed, in base64: for servers of a test, WebRTC's too. */
  believedKeys?: readonly string[] | undefined;
}

export interface PageOptions extends BrowserOptions {
  locale: string;
}

/** Starts a Chromium with one page; its window leaves the right part of the screen bare. */
export async function openBrowser({ locale, ...options }: PageOptions): Promise<BrowserContext> {
  const profileDir = join(options.dir, 'chromium');
  return chromium.launchPersistentContext(profileDir, {
    ...(await launchOptions(options)),
    viewport: null,
    locale,
  });
}

/** The same for pages of several contexts, one after the other, each with what it keeps to itself. */
export async function startBrowser(options: BrowserOptions): Promise<Browser> {
  return chromium.launch(await launchOptions(options));
}

async function launchOptions(options: BrowserOptions): Promise<LaunchOptions> {
  const program = findChromium();
  if (program === null) throw new Error('no Chromium found; `npm test` says how to get one');
  const believed = (options.believedKeys ?? []).map((key) => `--ignore-certificate-errors-spki-list=${key}`);
  const flags = [...browserFlags(options), ...captureFlags, ...believed, ...(options.flags ?? [])];
  const env = {
    ...process.env,
    ...(options.displayName === undefined ? {} : { DISPLAY: options.displayName }),
  };
  return {
    executablePath: options.wrap ? await starterScript(options.dir, options.wrap(program)) : program,
    headless: options.displayName === undefined,
    env,
    ...(options.isAudible === true ? { ignoreDefaultArgs: ['--mute-audio'] } : {}),
    args: [...flags, '--window-position=0,0', `--window-size=${SCREEN.stripLeft},${SCREEN.height}`],
  };
}

/** Playwright starts one file, so a command of several words becomes a script. */
async function starterScript(dir: string, words: readonly string[]): Promise<string> {
  await mkdir(dir, { recursive: true });
  const path = join(dir, 'chromium.sh');
  const quoted = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  await writeFile(path, `#!/bin/sh\nexec ${quoted} "$@"\n`);
  await chmod(path, 0o755);
  return path;
}
