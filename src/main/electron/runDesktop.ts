import { join } from 'node:path';
import {
  app,
  type BrowserWindow,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  session,
} from 'electron';
import { languageOf } from '../../../scripts/flags.mjs';
import type { Language } from '../../shared/settings/settings';
import type { AppBackend } from '../../backend/createBackend';
import { openAskedRelay } from '../askedRelay';
import { type CommandLine, nodeBackendOptions } from '../commandLine';
import { handOverLink } from '../handOverLink';
import { OpenedLinkInbox } from '../OpenedLinkInbox';
import { createNodeBackend } from '../node/createNodeBackend';
import { openLog } from '../node/log';
import type { Log } from '../../backend/ports';
import { START_FAILED, startFailureText } from '../startFailureText';
import { systemClock } from '../node/systemClock';
import { listPageFiles } from '../web/pageFolder';
import { createAppHandler } from './window/appProtocol';
import { chooseFolders } from './shell/chooseFolders';
import { askToLeave } from './quit/askToLeave';
import { enableComputerSound } from './capture/computerSound';
import { createCapture } from './capture/createCapture';
import { canHideWindow, WindowVeil } from './capture/WindowVeil';
import { createTrayIcon } from './shell/createTrayIcon';
import { GlobalMuteKey } from './shell/GlobalMuteKey';
import { QuitController } from './quit/QuitController';
import { IpcTransport } from './IpcTransport';
import { MainWindow } from './window/MainWindow';
import { menuTemplate } from './shell/menuTemplate';
import { type NativeText, nativeText } from './shell/nativeText';
import { openVault } from './profile/openVault';
import { APP_ORIGIN, APP_SCHEME, trustedOrigins } from './window/pageOrigin';
import { linkOfSecondStart } from './profile/secondStart';
import { createMediaAccess } from './window/createMediaAccess';
import { installPermissions } from './window/permissions';
import { SHOW_AT_ONCE } from './window/showAtOnce';
import { electronShellPorts } from './shell/shellPorts';
import { VoicePresence } from './shell/VoicePresence';

/**
 * Runs the desktop app; to be called before the app is ready, with the profile claimed.
 * @param outDir absolute path of the build, with `renderer` and `preload` in it
 */
export function runDesktop(options: CommandLine, appVersion: string, outDir: string): void {
  app.setName('Hither');
  app.commandLine.appendSwitch('force-fieldtrials', SHOW_AT_ONCE);
  enableComputerSound(app.commandLine, process.platform);
  app.setAboutPanelOptions({ applicationName: 'Hither', applicationVersion: appVersion });
  const log = openLog(options.profileDir);
  // Only listens: what happens to the process stays Electron's matter.
  process.on('uncaughtExceptionMonitor', (error) => log.error('uncaughtException', { error }));
  const openedLinks = collectLinks(options.link);
  app
    .whenReady()
    .then(() => start({ options, appVersion, outDir, log, openedLinks }))
    .catch((error: unknown) => endStart(error, options.link, log));
}

/** Says why the app can't start, and ends it; a link goes to the headless Hither that has the profile. */
async function endStart(error: unknown, link: string | null, log: Log): Promise<void> {
  log.error('start', { error });
  const language = languageOf(process.env);
  const handed = await handOverLink(error, link, language);
  if (handed?.isOpened === true) {
    await dialog.showMessageBox({ type: 'info', message: handed.text });
    app.exit(0);
    return;
  }
  const sentence = handed?.text ?? startFailureText(error, language);
  dialog.showErrorBox('Hither', sentence ?? String(error));
  app.exit(sentence === null ? 1 : START_FAILED);
}

/** Listens before the app is ready: macOS tells of the link that it started the app for once, and early. */
function collectLinks(first: string | null): OpenedLinkInbox {
  const openedLinks = new OpenedLinkInbox();
  openedLinks.add(first);
  app.on('open-url', (event, url) => {
    event.preventDefault();
    openedLinks.add(url);
  });
  app.on('second-instance', (_event, _argv, _workingDirectory, handed) =>
    openedLinks.add(linkOfSecondStart(handed)),
  );
  return openedLinks;
}

interface StartParts {
  options: CommandLine;
  appVersion: string;
  outDir: string;
  log: Log;
  openedLinks: OpenedLinkInbox;
}

async function start({ options, appVersion, outDir, log, openedLinks }: StartParts): Promise<void> {
  const devServerUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
  const origins = trustedOrigins(app.isPackaged, devServerUrl);
  const access = createMediaAccess(
    () => window.dialogParent,
    () => text(),
  );
  installPermissions(session.defaultSession, origins, access);
  if (devServerUrl === undefined) await servePage(outDir);

  const keyVault = await openVault(options.profileDir, textFor('system'), log);
  if (keyVault === null) {
    app.quit();
    return;
  }
  const wishes = () => backend.settings.current;
  const text = () => textFor(wishes().language);
  const window = new MainWindow({
    preloadPath: join(outDir, 'preload', 'index.cjs'),
    pageUrl: devServerUrl ?? `${APP_ORIGIN}/`,
    origins,
    onCreated: (contents) => transport.addContents(contents),
    onHidden: () => backend.hub.emit('app:hidden', {}),
    onClose: (event, close) => departure.onClose(event, { hide: () => window.hide(), close }),
    text,
    log,
  });
  const [voice, veil] = [new VoicePresence(), createVeil(window, () => wishes().hideOwnWindow)];
  const backend = await createNodeBackend({
    ...nodeBackendOptions(options),
    appVersion,
    fileThreadPath: join(outDir, 'main', 'fileThread.js'),
    keyVault,
    shell: electronShellPorts({
      window: () => window.current,
      dialogParent: () => window.dialogParent,
      showWindow: () => window.open(),
      contentsOf: (pageId) => transport.contentsOf(pageId),
      capture: createCapture(session.defaultSession, origins, () => wishes().screenSound, log),
      veil,
      voice,
      text,
    }),
    openHandedLink: openLater(openedLinks),
    log,
  });
  await openAskedRelay(options.relayPort, backend);
  const departure = createDeparture(backend, () => askToLeave(window.dialogParent, text()), log);
  const transport = new IpcTransport({
    ipcMain,
    hub: backend.hub,
    registerPath: (path) => backend.registerPath(path),
    chooseFolders: () => chooseFolders(window.dialogParent, text()),
    origins,
    log,
  });
  followSettings(backend, window, { voice, veil }, log);
  followApp(window, departure);
  openLinks(openedLinks, backend, window);
  await backend.start();
}

/** A window that the system can't leave out of captures has none. */
function createVeil(window: MainWindow, isWanted: () => boolean): WindowVeil {
  const hideable = (): BrowserWindow | null => (canHideWindow(process.platform) ? window.current : null);
  return new WindowVeil({ window: hideable, isWanted, clock: systemClock });
}

/** Opens the window, with the question of the link that has come with the start, and brings it to the front for others. */
function openLinks(openedLinks: OpenedLinkInbox, backend: AppBackend, window: MainWindow): void {
  openedLinks.deliverTo((link) => {
    backend.openLink(link);
    window.open();
  });
  window.open();
}

/** A headless start is no second instance of Electron's, and hands its link over by the lock of the profile. */
const openLater = (openedLinks: OpenedLinkInbox) => (link: string) => {
  openedLinks.add(link);
  return 'page' as const;
};

async function servePage(outDir: string): Promise<void> {
  protocol.handle(APP_SCHEME, createAppHandler(await listPageFiles(join(outDir, 'renderer'))));
}

function textFor(language: Language): NativeText {
  return nativeText(language, app.getPreferredSystemLanguages());
}

/**
 * Whether closing the window only hides it, so that sessions and transfers go on: by the setting, and on macOS always,
 * where people expect of an app that was not quit that it goes on, and find its window by its icon in the Dock.
 */
function goesOnWithoutWindow({ settings }: AppBackend): boolean {
  return process.platform === 'darwin' || settings.current.keepRunning;
}

/**
 * Keeps what the system draws for us in the person's language and theme, a way back to a hidden window, and what shows and mutes a
 * live microphone.
 */
function followSettings(
  backend: AppBackend,
  window: MainWindow,
  { voice, veil }: { voice: VoicePresence; veil: WindowVeil },
  log: Log,
): void {
  const { hub, settings } = backend;
  const onMute = () => hub.emit('voice:toggleMute', {});
  const tray = createTrayIcon({ onOpen: () => window.open(), onMute, onQuit: () => app.quit() }, log);
  const onTaken = () => hub.emit('voice:muteKeyTaken', {});
  const keys = new GlobalMuteKey({ shortcuts: globalShortcut, onPress: onMute, onTaken });
  const apply = () => {
    const { keepRunning, language, muteKey, theme } = settings.current;
    keys.set(muteKey, voice.microphone !== 'off');
    nativeTheme.themeSource = theme;
    veil.update();
    const text = textFor(language);
    const template = menuTemplate({ platform: process.platform, text, isDeveloper: !app.isPackaged });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
    if (process.platform === 'darwin') return;
    tray.set(keepRunning, text, voice);
    if (!keepRunning && window.isHidden) window.open();
  };
  apply();
  settings.onChange(apply);
  voice.onChange(apply);
}

function createDeparture(backend: AppBackend, ask: () => Promise<boolean>, log: Log): QuitController {
  return new QuitController({
    goesOnWithoutWindow: () => goesOnWithoutWindow(backend),
    isTransferring: () => backend.isTransferring(),
    ask,
    closeBackend: () => backend.close(),
    quit: () => app.quit(),
    onTrouble: (error) => log.error('close', { error }),
  });
}

function followApp(window: MainWindow, departure: QuitController): void {
  app.on('before-quit', (event) => departure.onBeforeQuit(event));
  app.on('second-instance', () => window.open());
  app.on('activate', () => window.open());
  app.on('window-all-closed', () => {
    // On macOS an app lives on without windows; a click on its icon opens one again.
    if (process.platform !== 'darwin') app.quit();
  });
}
