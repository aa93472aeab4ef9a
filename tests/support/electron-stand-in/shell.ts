import type { Shell, SystemPreferences } from 'electron';
import { named } from './named';

/** Electron's `shell`: nothing is opened on a test machine; specs put their own functions in place to listen. */
export const shell = named('shell', {
  openExternal: () => Promise.reject(new Error('the Electron stand-in opens no browser')),
  showItemInFolder() {
    // As on a desktop without a file manager.
  },
} satisfies Partial<Shell>);

/** Asked on macOS alone, where the stand-in does not run. */
export const systemPreferences = named('systemPreferences', {} satisfies Partial<SystemPreferences>);
