import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, dialog, protocol } from 'electron';
import { languageOf } from '../../scripts/flags.mjs';
import { readCommandLine } from './commandLine';
import { appArguments } from './electron/appArguments';
import { appScheme } from './electron/window/appProtocol';
import { claimProfile } from './electron/profile/claimProfile';
import { runDesktop } from './electron/runDesktop';
import { runHeadless } from './runHeadless';
import { START_FAILED, startFailureText } from './startFailureText';

const root = join(import.meta.dirname, '../..');
const fileThreadPath = join(import.meta.dirname, 'fileThread.js');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };

// Everything up to `whenReady` runs in the first turn: schemes, paths and the lock are fixed once the app is ready.
const outcome = readCommandLine(appArguments(process.argv, app.isPackaged), process.env, version);
if (outcome.kind === 'print') {
  (outcome.exitCode === 0 ? process.stdout : process.stderr).write(`${outcome.text}\n`, () => {
    app.exit(outcome.exitCode);
  });
} else if (outcome.options.isHeadless) {
  await runHeadless(outcome.options, version, { pageDir: join(root, 'out/renderer'), fileThreadPath });
} else {
  protocol.registerSchemesAsPrivileged([appScheme]);
  try {
    const { profileDir, link } = outcome.options;
    if (claimProfile(profileDir, link)) runDesktop(outcome.options, version, join(root, 'out'));
    else app.quit();
  } catch (error) {
    const sentence = startFailureText(error, languageOf(process.env));
    if (sentence === null) throw error;
    // Before the app is ready, Linux has no dialogs: Electron says it on standard error there.
    dialog.showErrorBox('Hither', sentence);
    app.exit(START_FAILED);
  }
}
