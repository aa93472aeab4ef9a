import { accessSync, constants, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';

/** Programs that are a Chromium with everything the tests need, best first. */
const NAMES = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser'];

/**
 * The Chromium that tests run in: HITHER_CHROMIUM, the first one on PATH, or the one Playwright downloaded; `null`
 * where there is none.
 * @returns {string | null}
 */
export function findChromium() {
  const chosen = process.env.HITHER_CHROMIUM;
  if (chosen) return chosen;
  for (const name of NAMES) {
    const path = findProgram(name);
    if (path) return path;
  }
  return findPlaywrightChromium();
}

/** @returns {string | null} the newest Chromium in Playwright's own folder */
function findPlaywrightChromium() {
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), '.cache/ms-playwright');
  const builds = listFolder(folder).filter((name) => /^chromium-\d+$/.test(name));
  builds.sort((a, b) => Number(b.split('-')[1]) - Number(a.split('-')[1]));
  for (const build of builds) {
    for (const system of ['chrome-linux64', 'chrome-linux']) {
      const path = join(folder, build, system, 'chrome');
      if (isExecutable(path)) return path;
    }
  }
  return null;
}

/**
 * The full path of a program on PATH, or `null`.
 * @param {string} name
 * @returns {string | null}
 */
export function findProgram(name) {
  // A user's PATH often lacks the folders that ip and sysctl are in.
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null;
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} folder */
function listFolder(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
