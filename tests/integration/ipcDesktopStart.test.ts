import { EventEmitter, once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandLine } from '../../src/main/commandLine';
import { ipcChannels } from '../../src/shared/contract/bridge';
import { appLinkOf, formatInviteLink } from '../../src/shared/identity/invite';
import { FakeIpcMain, FakeWindow } from '../support/fakeIpc';
import { SOME_FINGERPRINT } from '../support/lan/identities';

interface FakeElectron {
  calls: string[];
  app: unknown;
  ipcMain: unknown;
  window: unknown;
  /** The last window that was made. */
  browserWindow: EventEmitter | null;
  onError: (text: string) => void;
  /** What the last window was made with. */
  webPreferences: object | null;
}

/** An Electron that notes in which order it is used. It shows that the parts are joined, and proves no behaviour of the real one. */
const fake = vi.hoisted(() => {
  const state: FakeElectron = {
    calls: [],
    app: null,
    ipcMain: null,
    window: null,
    browserWindow: null,
    onError: () => undefined,
    webPreferences: null,
  };
  return state;
});

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  const note =
    (name: string) =>
    (...args: unknown[]) => {
      fake.calls.push(typeof args[0] === 'string' ? `${name} ${args[0]}` : name);
    };
  class BrowserWindow extends Emitter {
    readonly webContents: object;
    constructor(options: { webPreferences: { preload: string } }) {
      super();
      fake.browserWindow = this;
      fake.calls.push(`BrowserWindow ${options.webPreferences.preload}`);
      fake.webPreferences = options.webPreferences;
      const { contents } = fake.window as FakeWindow;
      this.webContents = Object.assign(contents, { setWindowOpenHandler: note('setWindowOpenHandler') });
    }
    show = note('show');
    hide = note('hide');
    focus = note('focus');
    isMinimized = () => false;
    loadURL = (url: string) => {
      note('loadURL')(url);
      return Promise.resolve();
    };
  }
  class Tray extends Emitter {
    constructor() {
      super();
      fake.calls.push('Tray');
    }
    setToolTip = note('setToolTip');
    setContextMenu = note('setContextMenu');
    destroy = note('Tray.destroy');
  }
  return {
    get app() {
      return fake.app;
    },
    get ipcMain() {
      return fake.ipcMain;
    },
    BrowserWindow,
    Tray,
    protocol: { handle: note('protocol.handle') },
    session: {
      defaultSession: {
        setPermissionRequestHandler: note('setPermissionRequestHandler'),
        setPermissionCheckHandler: note('setPermissionCheckHandler'),
        setDevicePermissionHandler: note('setDevicePermissionHandler'),
        setDisplayMediaRequestHandler: note('setDisplayMediaRequestHandler'),
      },
    },
    nativeTheme: { themeSource: 'system', shouldUseDarkColors: false },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: note('setApplicationMenu'),
    },
    dialog: { showErrorBox: (_title: string, text: string) => fake.onError(text) },
    desktopCapturer: { getSources: () => Promise.resolve([]) },
    systemPreferences: { getMediaAccessStatus: () => 'granted' },
    shell: {},
    safeStorage: {
      isAsyncEncryptionAvailable: () => Promise.resolve(true),
      encryptStringAsync: (text: string) => Promise.resolve(Buffer.from(`v11${text}`)),
      decryptStringAsync: (encrypted: Buffer) =>
        Promise.resolve({ result: encrypted.subarray(3).toString(), shouldReEncrypt: false }),
      getSelectedStorageBackend: () => 'gnome_libsecret',
    },
    powerSaveBlocker: {},
    globalShortcut: { register: () => true, unregister: note('globalShortcut.unregister') },
    Notification: {},
  };
});

class FakeApp extends EventEmitter {
  isPackaged = true;
  quits = 0;
  setName = () => undefined;
  commandLine = {
    getSwitchValue: () => 'Asked',
    appendSwitch: (name: string, value: string) => fake.calls.push(`--${name}=${value}`),
  };
  setAboutPanelOptions = () => undefined;
  getPreferredSystemLanguages = () => ['ko-KR'];
  whenReady = () => Promise.resolve();
  exit = () => undefined;
  quit = () => {
    this.quits++;
  };
}

describe('the desktop app', () => {
  let root: string;
  let app: FakeApp;
  let window: FakeWindow;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-desktop-'));
    await mkdir(join(root, 'out/renderer'), { recursive: true });
    await writeFile(join(root, 'out/renderer/index.html'), '<!doctype html>');
    fake.calls = [];
    fake.ipcMain = new FakeIpcMain();
    fake.window = window = new FakeWindow(fake.ipcMain as FakeIpcMain);
    fake.app = app = new FakeApp();
  });

  afterEach(() => rm(root, { recursive: true }));

  const run = async (change: Partial<CommandLine> = {}) => {
    const { runDesktop } = await import('../../src/main/electron/runDesktop');
    const options: CommandLine = {
      isHeadless: false,
      port: null,
      profileDir: join(root, 'profile'),
      name: 'Desk',
      downloadsDir: root,
      relayPort: null,
      opensBrowser: false,
      link: null,
      ...change,
    };
    runDesktop(options, '0.1.0', join(root, 'out'));
  };
  const loaded = () =>
    vi.waitFor(() => expect(fake.calls).toContain('loadURL app://hither/'), { timeout: 10_000 });

  it('answers permissions, protocol and captures before a window loads the page', async () => {
    await run();
    await loaded();
    const order = [
      ...(process.platform === 'linux' ? ['--enable-features=Asked,PulseaudioLoopbackForScreenShare'] : []),
      'setPermissionRequestHandler',
      'setPermissionCheckHandler',
      'protocol.handle app',
      'setDisplayMediaRequestHandler',
      `BrowserWindow ${join(root, 'out/preload/index.cjs')}`,
      'setWindowOpenHandler',
      'loadURL app://hither/',
    ].map((call) => fake.calls.indexOf(call));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    app.emit('before-quit', { preventDefault: () => undefined });
    await vi.waitFor(() => expect(app.quits).toBe(1));
  });

  it('lets the page of its window attach to the backend, and says goodbye once when it quits', async () => {
    await run();
    await loaded();
    window.contents.emit('did-navigate');
    const outcome = await window.ipcRenderer.invoke(ipcChannels.request, 'app:attach', {
      fingerprint: SOME_FINGERPRINT,
    });
    expect(outcome).toMatchObject({
      ok: true,
      value: { device: { name: 'Desk' }, capabilities: { runtime: 'electron', canChooseFolder: true } },
    });
    const locks = async () => (await readdir(join(root, 'profile'))).filter((name) => name.endsWith('.sock'));
    expect(await locks()).toHaveLength(1);
    app.emit('before-quit', { preventDefault: () => undefined });
    await vi.waitFor(() => expect(app.quits).toBe(1));
    expect(await locks()).toEqual([]);
  });

  it('gives its window a sandbox, a world of its own and nothing beyond', async () => {
    await run();
    await loaded();
    // The whole of it: a preference that is added has to be looked at here.
    expect(fake.webPreferences).toEqual({
      preload: join(root, 'out/preload/index.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      backgroundThrottling: false,
      spellcheck: false,
    });
    app.emit('before-quit', { preventDefault: () => undefined });
    await vi.waitFor(() => expect(app.quits).toBe(1));
  });

  it('brings its window to the front when it is started a second time', async () => {
    await run();
    await loaded();
    app.emit('second-instance');
    expect(fake.calls.filter((call) => call.startsWith('BrowserWindow'))).toHaveLength(1);
    expect(fake.calls).toContain('focus');
    app.emit('before-quit', { preventDefault: () => undefined });
    await vi.waitFor(() => expect(app.quits).toBe(1));
  });

  it('keeps the newest link that comes before there is a backend, however it comes, and tells its page', async () => {
    const link = (n: number) =>
      appLinkOf(
        formatInviteLink({
          ...{ relayUrl: `https://relay-${n}.example.org`, secret: new Uint8Array(16).fill(n) },
          inviter: new Uint8Array(16),
          expiresMs: Date.now() + 3_600_000,
        }),
      );
    await run({ link: link(1) });
    const isPrevented = vi.fn();
    app.emit('open-url', { preventDefault: isPrevented }, link(2));
    app.emit('second-instance', {}, ['hither', link(9)], '/', { link: link(3) });
    app.emit('second-instance', {}, ['hither', link(9)], '/', { link: null });
    app.emit('second-instance', {}, ['hither', link(9)], '/', 'hither:');
    expect(isPrevented).toHaveBeenCalledOnce();
    await loaded();
    window.contents.emit('did-navigate');
    const { invoke } = window.ipcRenderer;
    const attach = () => invoke(ipcChannels.request, 'app:attach', { fingerprint: SOME_FINGERPRINT });
    const leadingTo = (n: number) => ({
      value: { openedLink: { content: { relayUrl: `https://relay-${n}.example.org` } } },
    });
    expect(await attach()).toMatchObject(leadingTo(3));
    app.emit('open-url', { preventDefault: isPrevented }, link(4));
    expect(fake.calls.at(-1)).toBe('focus');
    expect(await attach()).toMatchObject(leadingTo(4));
    app.emit('before-quit', { preventDefault: () => undefined });
    await vi.waitFor(() => expect(app.quits).toBe(1));
  });

  it('has its tray icon from the start where the person wants it, hides its window, and quits all the same', async () => {
    await mkdir(join(root, 'profile'));
    await writeFile(join(root, 'profile/settings.json'), JSON.stringify({ keepRunning: true }));
    await run();
    await loaded();
    expect(fake.calls).toEqual(expect.arrayContaining(['Tray', 'setToolTip Hither', 'setContextMenu']));
    const isHeld = () => {
      let isPrevented = false;
      fake.browserWindow?.emit('close', { preventDefault: () => (isPrevented = true) });
      return isPrevented;
    };
    expect(isHeld()).toBe(true);
    expect(fake.calls.at(-1)).toBe('hide');
    app.emit('before-quit', { preventDefault: () => undefined });
    expect(isHeld()).toBe(false);
    await vi.waitFor(() => expect(app.quits).toBe(1));
  });

  it('runs the relay that it was asked for, or says that its port is taken and opens no window', async () => {
    const taken = createServer().listen(0);
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const texts: string[] = [];
    fake.onError = (text) => void texts.push(text);
    await run({ relayPort: port });
    await vi.waitFor(() => expect(texts).toHaveLength(1), { timeout: 10_000 });
    expect(texts[0]).toContain(String(port));
    expect(texts[0]).toContain('--relay-port N');
    expect(fake.calls).not.toContain('loadURL app://hither/');

    await new Promise((resolve) => taken.close(resolve));
    await run({ relayPort: port });
    await loaded();
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    app.emit('before-quit', { preventDefault: () => undefined });
    await vi.waitFor(() => expect(app.quits).toBe(1));
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });

  it('says what is wrong when the page was not built', async () => {
    await rm(join(root, 'out/renderer'), { recursive: true });
    const texts: string[] = [];
    fake.onError = (text) => void texts.push(text);
    await run();
    await vi.waitFor(() => expect(texts).toHaveLength(1));
    expect(texts[0]).toContain(join(root, 'out/renderer'));
  });
});
