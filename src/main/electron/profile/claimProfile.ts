import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { secondStart } from './secondStart';

/**
 * Makes this process the one app of a profile; to be called before the app is ready.
 * @param link what the app that is there already is to open; `null` for nothing
 * @returns whether it is; if not, the app that was there has been told to show itself
 * @throws Error of the file system if the folder can't be made
 */
export function claimProfile(profileDir: string, link: string | null): boolean {
  // Chromium's caches stay in a folder of their own, beside the settings and the identity.
  const pageDir = join(profileDir, 'page');
  mkdirSync(pageDir, { recursive: true, mode: 0o700 });
  app.setPath('userData', profileDir);
  app.setPath('sessionData', pageDir);
  return app.requestSingleInstanceLock(secondStart(link));
}
