import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestHandlers } from '../../src/shared/contract/backend';
import { type Bridge, ipcChannels } from '../../src/shared/contract/bridge';
import type { AppState } from '../../src/shared/contract/app';
import type { EventName } from '../../src/shared/contract/contract';
import { HitherError } from '../../src/shared/errors';
import { IpcTransport } from '../../src/main/electron/IpcTransport';
import { trustedOrigins } from '../../src/main/electron/window/pageOrigin';
import type { PageHub } from '../../src/backend/pages/PageHub';
import { newHub } from '../support/newHub';
import { IpcBackend } from '../../src/renderer/backend/IpcBackend';
import { appState } from '../support/appState';
import { SOME_FINGERPRINT } from '../support/lan/identities';
import { FakeIpcMain, FakeWindow } from '../support/fakeIpc';
import { FakeLog } from '../support/FakeLog';

// The real preload runs on this electron; everything behind it is the real transport and the real hub.
const electron = vi.hoisted(() => {
  const exposed: Record<string, unknown> = {};
  return { ipcRenderer: {}, exposed, paths: new Map<unknown, string>() };
});
vi.mock('electron', () => ({
  ipcRenderer: electron.ipcRenderer,
  contextBridge: { exposeInMainWorld: (name: string, api: unknown) => (electron.exposed[name] = api) },
  webUtils: {
    getPathForFile: (file: unknown) => {
      if (typeof file !== 'object') throw new TypeError('not a File');
      return electron.paths.get(file) ?? '';
    },
  },
}));

const { settings } = appState;

async function pageOf(window: FakeWindow): Promise<{ backend: IpcBackend; bridge: Bridge }> {
  Object.assign(electron.ipcRenderer, window.ipcRenderer);
  vi.resetModules();
  await import('../../src/preload/index');
  const bridge = electron.exposed['hither'] as Bridge;
  return { backend: new IpcBackend(bridge), bridge };
}

describe('the contract over IPC', () => {
  let main: FakeIpcMain;
  let hub: PageHub;
  let log: FakeLog;
  let bugs: unknown[];
  let registered: string[];
  let chosen: string[];
  let dialogs: number;
  let packets: Uint8Array[];
  let transport: IpcTransport;
  let window: FakeWindow;
  let backend: IpcBackend;
  let bridge: Bridge;

  beforeEach(async () => {
    [bugs, registered, packets, chosen, dialogs] = [[], [], [], [], 0];
    main = new FakeIpcMain();
    log = new FakeLog();
    hub = newHub({ onBug: (error) => bugs.push(error) });
    const handlers: Partial<RequestHandlers> = {
      'app:attach': (_args, pageId) => {
        hub.activate(pageId);
        return appState;
      },
      'settings:update': (patch) => ({ ...settings, ...patch }) as AppState['settings'],
      'folders:check': () => Promise.reject(new HitherError('folder-missing', { dir: '/gone' })),
      'folders:choose': () => Promise.reject(new Error('secret detail')),
      'capture:sources': () => ({ sources: 'none' }) as never,
      'lanes:packet': ({ bytes }) => {
        packets.push(bytes);
        return {};
      },
    };
    hub.serve(handlers as RequestHandlers);
    transport = new IpcTransport({
      ipcMain: main,
      hub,
      registerPath: (path) => {
        registered.push(path);
        return 'c'.repeat(32);
      },
      chooseFolders: () => {
        dialogs++;
        return Promise.resolve(chosen);
      },
      origins: trustedOrigins(true, undefined),
      log,
    });
    window = new FakeWindow(main);
    transport.addContents(window.contents.asContents);
    window.contents.emit('did-navigate');
    ({ backend, bridge } = await pageOf(window));
  });

  describe('requests', () => {
    it('answers a good one', async () => {
      expect(await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT })).toEqual(appState);
      expect(await backend.request('settings:update', { theme: 'light' })).toMatchObject({ theme: 'light' });
    });

    it('refuses arguments that break the contract, and names where', async () => {
      await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      await expect(backend.request('folders:check', { dir: '' })).rejects.toMatchObject({
        code: 'bad-request',
        facts: { request: 'folders:check', path: 'dir' },
      });
    });

    it('refuses a name that the contract does not have', async () => {
      await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      for (const name of ['app:format', 'constructor', '__proto__', 7, undefined]) {
        expect(await bridge.request(name as string, {})).toMatchObject({ failure: { code: 'bad-request' } });
      }
    });

    it('brings an expected failure across with its facts, and keeps the text of a bug on its own side', async () => {
      await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      await expect(backend.request('folders:check', { dir: '/gone' })).rejects.toMatchObject({
        code: 'folder-missing',
        facts: { dir: '/gone' },
      });
      const bug = await bridge.request('folders:choose', {});
      expect(bug).toEqual({ ok: false, failure: { code: 'internal', facts: {} } });
      expect(bugs).toEqual([new Error('secret detail')]);
    });

    it('lets no answer out that breaks the contract', async () => {
      await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      await expect(backend.request('capture:sources', {})).rejects.toMatchObject({ code: 'internal' });
      expect(bugs).toHaveLength(1);
    });

    it('brings bytes across unchanged', async () => {
      await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
      await backend.request('lanes:packet', { laneId: 'l', bytes });
      expect(packets).toEqual([bytes]);
    });

    it('says that the backend is gone when nothing answers', async () => {
      main.handlers.clear();
      await expect(backend.request('app:attach', { fingerprint: SOME_FINGERPRINT })).rejects.toMatchObject({
        code: 'backend-gone',
      });
    });
  });

  describe('events', () => {
    const heard = (name: EventName) => {
      const data: unknown[] = [];
      backend.on(name, (item) => data.push(item));
      return data;
    };

    beforeEach(() => backend.request('app:attach', { fingerprint: SOME_FINGERPRINT }));

    it('reach the page, with their bytes', () => {
      const orders = heard('lanes:sendBlock');
      const order = { jobId: 1, laneId: 'l', streamNo: 1, fileIndex: 0, blockIndex: 0 };
      hub.emit('lanes:sendBlock', { ...order, bytes: Uint8Array.of(1, 2, 3) });
      expect(orders).toEqual([{ ...order, bytes: Uint8Array.of(1, 2, 3) }]);
    });

    it('carry no more of a buffer than the bytes meant', () => {
      const pool = new Uint8Array(1024).fill(0x53);
      hub.emit('lanes:sendBlock', {
        ...{ jobId: 1, laneId: 'l', streamNo: 1, fileIndex: 0, blockIndex: 0 },
        bytes: pool.subarray(100, 104),
      });
      const [, data] = window.contents.sent[0] as [string, { bytes: Uint8Array }];
      expect([data.bytes.byteLength, data.bytes.buffer.byteLength]).toEqual([4, 4]);
    });

    it('are dropped by the page where they break the contract', () => {
      const changes = heard('settings:changed');
      window.contents.send(ipcChannels.event, 'settings:changed', { name: 5 });
      window.contents.send(ipcChannels.event, 'no:such', {});
      window.contents.send(ipcChannels.event, 'settings:changed', settings);
      expect(changes).toEqual([settings]);
    });

    it('stop when the listener is disposed of', () => {
      const names: string[] = [];
      const stop = bridge.onEvent((name) => names.push(name));
      hub.emit('settings:changed', settings);
      stop();
      hub.emit('settings:changed', settings);
      expect(names).toEqual(['settings:changed']);
    });

    it('are not sent to a window that has been destroyed', () => {
      window.contents.isGone = true;
      expect(() => hub.emit('settings:changed', settings)).not.toThrow();
    });
  });

  describe('a sender that is not our page', () => {
    const ask = () =>
      window.ipcRenderer.invoke(ipcChannels.request, 'app:attach', { fingerprint: SOME_FINGERPRINT });

    it.each<[string, FakeWindow['frame']]>([
      ['a frame within the page', { parent: {}, origin: 'app://hither' }],
      ['a website', { parent: null, origin: 'https://example.com' }],
      ['another host of the scheme', { parent: null, origin: 'app://other' }],
      ['an opaque origin', { parent: null, origin: 'null' }],
      ['a frame that is no more', null],
      ['a frame that throws when looked at', 'gone'],
    ])('is dropped and logged: %s', async (_what, frame) => {
      window.frame = frame;
      await expect(ask()).rejects.toThrow('not-allowed');
      await expect(window.ipcRenderer.invoke(ipcChannels.registerPath, '/etc/passwd')).rejects.toThrow(
        'not-allowed',
      );
      await expect(window.ipcRenderer.invoke(ipcChannels.chooseFolders)).rejects.toThrow('not-allowed');
      expect([registered, dialogs]).toEqual([[], 0]);
      expect(hub.hasActivePage).toBe(false);
      expect(log.lines.map(([level, event]) => `${level} ${event}`)).toEqual(
        Array(3).fill('warn ipc message dropped'),
      );
    });

    it('is dropped when it is a window that nobody added', async () => {
      const stranger = new FakeWindow(main);
      stranger.contents.emit('did-navigate');
      await expect(
        stranger.ipcRenderer.invoke(ipcChannels.request, 'app:attach', { fingerprint: SOME_FINGERPRINT }),
      ).rejects.toThrow('not-allowed');
    });
  });

  describe("a page's life", () => {
    it.each(['did-navigate', 'render-process-gone', 'destroyed'])('ends with %s', async (event) => {
      await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      const gone: string[] = [];
      hub.onGone((pageId) => gone.push(pageId));
      window.contents.emit(event);
      expect(gone).toHaveLength(1);
      expect(hub.hasActivePage).toBe(false);
    });

    it('begins anew after a reload', async () => {
      await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      window.contents.emit('did-navigate');
      expect(await backend.request('settings:update', {}).catch((error: unknown) => error)).toMatchObject({
        code: 'not-allowed',
      });
      await backend.request('app:attach', { fingerprint: SOME_FINGERPRINT });
      expect(hub.hasActivePage).toBe(true);
    });
  });

  describe('paths of files', () => {
    it('become tokens, and the page never sees the path', async () => {
      const file = {};
      electron.paths.set(file, '/home/me/사진.png');
      expect(await bridge.registerFile(file)).toBe('c'.repeat(32));
      expect(registered).toEqual(['/home/me/사진.png']);
    });

    it('are absent for a file that a script made and for what is no file', async () => {
      expect(await bridge.registerFile({})).toBeNull();
      expect(await bridge.registerFile('/etc/passwd')).toBeNull();
      expect(registered).toEqual([]);
    });

    it.each(['', 'relative/file', 7, null])('are refused when main is sent %o', async (path) => {
      await expect(window.ipcRenderer.invoke(ipcChannels.registerPath, path)).rejects.toThrow('bad-request');
      expect(registered).toEqual([]);
    });
  });

  describe('folders that a person chooses', () => {
    it('become tokens and names, and the page never sees their paths', async () => {
      chosen = ['/home/me/사진', '/'];
      expect(await bridge.chooseFolders()).toEqual([
        { token: 'c'.repeat(32), name: '사진' },
        { token: 'c'.repeat(32), name: 'disk' },
      ]);
      expect(registered).toEqual(chosen);
    });

    it('are none where the person cancels', async () => {
      expect(await bridge.chooseFolders()).toEqual([]);
      expect([registered, dialogs]).toEqual([[], 1]);
    });
  });

  it('shows the page four verbs and nothing else', () => {
    expect(Object.keys(electron.exposed)).toEqual(['hither']);
    expect(Object.keys(bridge).sort()).toEqual(['chooseFolders', 'onEvent', 'registerFile', 'request']);
  });
});
