import { type AppBackend, createBackend } from '../../../src/backend/createBackend';
import { SettingsStore } from '../../../src/backend/settings/SettingsStore';
import { fileVault } from '../../../src/backend/trust/KeyVault';
import { HitherError } from '../../../src/shared/errors';
import { browserClock, browserRandom, browserSha256, troubleLog } from './browserPorts';
import { IndexedDbDisk } from './IndexedDbDisk';
import { IndexedDbFiles } from './IndexedDbFiles';
import { IndexedDbStorage } from './IndexedDbStorage';
import { LivePort } from './LivePort';
import { MessageChannelNetwork } from './MessageChannelNetwork';
import { noProbes } from '../noProbes';
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
/** What the page hears; `value` of an answer is what was asked for. */
export type FromHost =
  { kind: 'answer'; id: number; value: unknown } | { kind: 'event'; name: string; data: unknown };

/** The names of a host's databases, which a test may look into. */
export function databasesOf(name: string): { profile: string; files: string } {
  return { profile: `${name} profile`, files: `${name} files` };
}

/** Makes a whole backend where this runs, in a page or in a worker, on databases of the origin, and serves its page. */
export async function hostBackend({ name, page, switchboard }: HostOptions): Promise<void> {
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
      openRelaySocket: () => Promise.reject(new HitherError('relay-unreachable')),
      createEmbeddedRelay: null,
      doctor: noProbes,
      log: troubleLog,
    },
    settings,
    platform: 'other',
    appVersion: '0.1.0',
    shell: { runtime: 'headless' },
  });
  await backend.start();
  serve(backend, page, [storage, disk]);
}

/** Answers the page of a backend. */
function serve(backend: AppBackend, page: MessagePort, databases: readonly { close(): void }[]): void {
  const connection = backend.hub.connect((name, data) => port.send({ kind: 'event', name, data }));
  const answer = async (message: ToHost): Promise<unknown> => {
    if (message.kind === 'request') return connection.request(message.name, message.args);
    if (message.kind === 'registerPath') return backend.registerPath(message.path);
    await backend.close();
    for (const database of databases) database.close();
    return null;
  };
  const port = new LivePort<FromHost, ToHost>(page, {
    onMessage: (message) =>
      void answer(message).then((value) => port.send({ kind: 'answer', id: message.id, value })),
    onGone: () => connection.disconnect(),
  });
}
