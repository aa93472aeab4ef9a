import { join } from 'node:path';
import { app, dialog, ipcMain, Menu, nativeTheme, protocol, session } from 'electron';
import { languageOf } from '../../../scripts/flags.mjs';
import { type AppBackend, createBackend } from '../backend';
import type { CommandLine } from '../commandLine';
import { type Log, openLog } from '../log';
import { startFailureText } from '../startFailureText';
import { listPageFiles } from '../web/PageFiles';
import { createAppHandler } from './appProtocol';
import { askToLeave } from './askToLeave';
import { createCapture } from './createCapture';
import { IpcTransport } from './IpcTransport';
import { LeaveQuestion } from './LeaveQuestion';
import { MainWindow } from './MainWindow';
import { menuTemplate } from './menuTemplate';
import { nativeText } from './nativeText';
import { openVault } from './openVault';
import { APP_ORIGIN, APP_SCHEME, trustedOrigins } from './pageOrigin';
import { installPermissions } from './permissions';
import { QuitGate } from './QuitGate';
import { electronShellPorts } from './shellPorts';

/**
 * Runs the desktop app; to be called before the app is ready, with the profile claimed.
 * @param outDir absolute path of the build, with `renderer` and `preload` in it
 */
export function runDesktop(options: CommandLine, appVersion: string, outDir: string): void {
  app.setName('Hither');
  app.setAboutPanelOptions({ applicationName: 'Hither', applicationVersion: appVersion });
  const log = openLog(options.profileDir);
  // Only listens: what happens to the process stays Electron's matter.
  process.on('uncaughtExceptionMonitor', (error) => log.error('uncaughtException', { error }));
  app
    .whenReady()
    .then(() => start(options, appVersion, outDir, log))
    .catch((error: unknown) => {
      log.error('start', { error });
      dialog.showErrorBox('Hither', startFailureText(error, languageOf(process.env)) ?? String(error));
      app.exit(1);
    });
}

async function start(options: CommandLine, appVersion: string, outDir: string, log: Log): Promise<void> {
  const devServerUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const origins = trustedOrigins(app.isPackaged, devServerUrl);
  installPermissions(session.defaultSession, origins);
  if (devServerUrl === undefined)
    protocol.handle(APP_SCHEME, createAppHandler(await listPageFiles(join(outDir, 'renderer'))));

  const keyVault = await openVault(
    options.profileDir,
    nativeText('system', app.getPreferredSystemLanguages()),
    log,
  );
  if (keyVault === null) {
    app.quit();
    return;
  }
  const text = () => nativeText(backend.settings.current.language, app.getPreferredSystemLanguages());
  const capture = createCapture(session.defaultSession, origins, log);
  const window = new MainWindow({
    preloadPath: join(outDir, 'preload', 'index.cjs'),
    pageUrl: devServerUrl ?? `${APP_ORIGIN}/`,
    origins,
    onCreated: (contents) => transport.addContents(contents),
    onClose: (event, close) => question.hold(event, close),
    text,
    log,
  });
  const backend = await createBackend({
    profileDir: options.profileDir,
    name: options.name ?? undefined,
    downloadsDir: options.downloadsDir ?? undefined,
    appVersion,
    fileThreadPath: join(outDir, 'main', 'fileThread.js'),
    shell: electronShellPorts({
      window: () => window.current,
      showWindow: () => window.open(),
      contentsOf: (pageId) => transport.contentsOf(pageId),
      capture,
      keyVault,
      text,
    }),
    log,
  });
  const question = new LeaveQuestion(
    () => backend.isTransferring(),
    () => askToLeave(window.current, text()),
  );
  const transport = new IpcTransport({
    ipcMain,
    hub: backend.hub,
    registerPath: (path) => backend.registerPath(path),
    origins,
    log,
  });
  followSettings(backend);
  followApp(backend, window, question, log);
  window.open();
  await backend.start();
}

/** Keeps what the system draws for us in the person's language and theme. */
function followSettings({ settings }: AppBackend): void {
  const apply = () => {
    const { language, theme } = settings.current;
    nativeTheme.themeSource = theme;
    const text = nativeText(language, app.getPreferredSystemLanguages());
    const template = menuTemplate({ platform: process.platform, text, isDeveloper: !app.isPackaged });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  apply();
  settings.onChange(apply);
}

function followApp(backend: AppBackend, window: MainWindow, question: LeaveQuestion, log: Log): void {
  const gate = new QuitGate(
    () => backend.close(),
    () => app.quit(),
    (error) => log.error('close', { error }),
  );
  app.on('before-quit', (event) => {
    if (!question.hold(event, () => app.quit())) gate.onBeforeQuit(event);
  });
  app.on('second-instance', () => window.open());
  app.on('activate', () => window.open());
  app.on('window-all-closed', () => {
    // On macOS an app lives on without windows; a click on its icon opens one again.
    if (process.platform !== 'darwin') app.quit();
  });
}
