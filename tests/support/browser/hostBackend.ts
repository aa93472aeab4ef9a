import { type AppBackend, createBackend } from '../../../src/backend/createBackend';
import { SettingsStore } from '../../../src/backend/settings/SettingsStore';
import { fileVault } from '../../../src/backend/trust/KeyVault';
import { browserClock, browserRandom, browserSha256, troubleLog } from './browserPorts';
import { IndexedDbDisk } from './IndexedDbDisk';
import { IndexedDbFiles } from './IndexedDbFiles';
import { IndexedDbStorage } from './IndexedDbStorage';
import { MessageChannelNetwork } from './MessageChannelNetwork';
import { SilentNearby } from './SilentNearby';

/** Where files are received. */
export const DOWNLOADS_DIR = '/downloads';

export interface HostOptions {
  /** What the device is called; in lower case, its host on the switchboard. */
  name: string;
  /** To the page that this backend has. */
  page: MessagePort;
  switchboard: MessagePort;
}

/** What the page says; `registerPath` stands for the preload, and `close` for the end of the app. */
export type ToHost =
  | { kind: 'request'; id: number; name: string; args: unknown }
  | { kind: 'registerPath'; id: number; path: string }
  | { kind: 'close'; id: number };
/** What the page hears, first that the backend is there; `value` of an answer is what was asked for. */
export type FromHost =
  | { kind: 'ready' }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'event'; name: string; data: unknown };

/** The names of a host's databases, which a test may look into. */
export function databasesOf(name: string): { profile: string; files: string } {
  return { profile: `${name} profile`, files: `${name} files` };
}

/** Makes a whole backend where this runs, in a page or in a worker, on databases of the origin, and serves its page. */
export async function hostBackend({ name, page, switchboard }: HostOptions): Promise<void> {
  const say = (message: FromHost): void => page.postMessage(message);
  const host = name.toLowerCase();
  const storage = await IndexedDbStorage.open(databasesOf(name).profile);
  const disk = await IndexedDbDisk.open(databasesOf(name).files);
  const files = new IndexedDbFiles(disk);
  const settings = await SettingsStore.open({
    storage,
    defaults: { name, downloadsDir: DOWNLOADS_DIR },
    checkFolder: (dir) => files.checkFolder(dir),
  });
  await settings.update({ nearby: true });
  const network = new MessageChannelNetwork(switchboard);
  const backend = await createBackend({
    ports: {
      clock: browserClock,
      random: browserRandom,
      sha256: browserSha256,
      storage,
      vault: fileVault,
      files,
      createLaneConnector: null,
      network,
      createListener: (user) => network.listener(user, troubleLog),
      createNearby: (user) => new SilentNearby(host, user),
      log: troubleLog,
    },
    settings,
    platform: 'other',
    appVersion: '0.1.0',
    shell: { runtime: 'headless' },
  });
  const connection = backend.hub.connect((event, data) => say({ kind: 'event', name: event, data }));
  page.onmessage = async ({ data }: MessageEvent<ToHost>) => {
    if (data.kind === 'request') {
      say({ kind: 'answer', id: data.id, value: await connection.request(data.name, data.args) });
    } else if (data.kind === 'registerPath') {
      say({ kind: 'answer', id: data.id, value: backend.registerPath(data.path) });
    } else {
      await end(backend, [storage, disk]);
      say({ kind: 'answer', id: data.id, value: null });
    }
  };
  await backend.start();
  say({ kind: 'ready' });
}

async function end(backend: AppBackend, databases: readonly { close(): void }[]): Promise<void> {
  await backend.close();
  for (const database of databases) database.close();
}
