import { HitherError } from '../shared/errors';
import type { Settings } from '../shared/settings/settings';
import { appHandlers, type AppParts } from './pages/appHandlers';
import { NearbyService } from '../main/node/discovery/NearbyService';
import { isLinkLocal, ownAddresses } from '../main/node/net/networkInterfaces';
import { checkFolder } from '../main/node/files/checkFolder';
import { FileThread } from '../main/node/files/FileThread';
import { fileVault } from './trust/KeyVault';
import { openIdentity } from './trust/openIdentity';
import { OwnIdentity } from './trust/OwnIdentity';
import { platformOf } from '../main/node/thisDevice';
import { trustHandlers } from './trust/trustHandlers';
import { TrustStore } from './trust/TrustStore';
import type { Log } from '../main/node/log';
import { NoticeBoard } from './pages/NoticeBoard';
import { PageHub } from './pages/PageHub';
import { openSettings } from '../main/node/storage/openSettings';
import { ProfileLock } from '../main/node/storage/ProfileLock';
import type { SettingsStore } from './settings/SettingsStore';
import { shellHandlers } from './pages/shellHandlers';
import type { ShellPorts } from './pages/shellPorts';
import { LanListener } from '../main/node/net/LanListener';
import { SessionService } from './sessions/SessionService';
import { DEFAULT_LIMITS } from './sessions/timings';
import type { PeerInfo } from './transfers/TransferPeers';
import { TransferPresence } from './transfers/TransferPresence';
import { TransferService } from './transfers/TransferService';

export interface BackendOptions {
  profileDir: string;
  /** For this run only, in place of the settings'. */
  name?: string | undefined;
  downloadsDir?: string | undefined;
  appVersion: string;
  /** Absolute path of `fileThreadEntry`, built; without it small files are handled as large ones are, which is slower. */
  fileThreadPath?: string;
  shell: ShellPorts;
  log: Log;
}

/** The backend of one process, whatever shell is around it. */
export interface AppBackend {
  /** Where transports bring their pages. */
  readonly hub: PageHub;
  readonly settings: SettingsStore;
  /** A token that stands for a path in offers; for the preload alone. */
  registerPath(path: string): string;
  /** Whether files are on their way, which an end of the app would lose. */
  isTransferring(): boolean;
  /** Goes on the network, if the person wants that. */
  start(): Promise<void>;
  /** Tells peers and network goodbye and gives the profile back; safe to call again. */
  close(): Promise<void>;
}

/**
 * Builds the services once, for either entry.
 * @throws ProfileInUseError if another process uses the profile, or the file system's error
 */
export async function createBackend(options: BackendOptions): Promise<AppBackend> {
  const { profileDir, shell, log } = options;
  const lock = await ProfileLock.acquire(profileDir);
  try {
    const settings = await openSettings(options);
    const trust = await TrustStore.open(profileDir, log);
    const vault = shell.keyVault ?? fileVault;
    const { identity, lostFile } = await openIdentity({ profileDir, vault, log });
    const own = new OwnIdentity(identity, () => {
      const { name } = settings.current;
      return { name, platform: platformOf(process.platform), appVersion: options.appVersion };
    });
    const { fileThreadPath } = options;
    const fileThread = fileThreadPath === undefined ? null : new FileThread(fileThreadPath);
    const parts = build(options, { settings, trust, own, fileThread });
    if (lostFile !== null) parts.notices.add('identity-lost', { file: lostFile });
    await parts.transfers.load();
    connect(parts);
    return runnable(parts, lock);
  } catch (error) {
    await lock.release();
    log.error('backend', { error, runtime: shell.runtime });
    throw error;
  }
}

interface Stored {
  settings: SettingsStore;
  trust: TrustStore;
  own: OwnIdentity;
  fileThread: FileThread | null;
}

function build({ profileDir, shell, log }: BackendOptions, stored: Stored): AppParts {
  const { settings, trust, own, fileThread } = stored;
  const hub = new PageHub((error) => {
    log.error('request', { error });
  });
  const notices = new NoticeBoard((list) => {
    hub.emit('app:notices', { notices: list });
  });
  const presence = new TransferPresence(shell);
  const peerOf = (sessionId: string): PeerInfo | null =>
    signaling.views().find((session) => session.sessionId === sessionId)?.peer ?? null;
  const transfers = buildTransfers(
    { profileDir, shell, log },
    { settings, hub, presence, fileThread, peerOf },
  );
  const signaling: SessionService = new SessionService({
    own,
    page: hub,
    trust,
    requests: () => settings.current.requests,
    addressesOf: (deviceId) => {
      const seen = nearby.addressesOf(deviceId);
      return seen.length > 0 ? seen : trust.addressesOf(deviceId);
    },
    onSessionEnded: (sessionId) => {
      transfers.sessionEnded(sessionId);
    },
    log,
  });
  const isHidden = (): boolean => settings.current.requests === 'hidden';
  const listener = new LanListener({
    card: () => (isHidden() ? null : own.device),
    pageKnown: () => signaling.pageKnown(),
    handshake: () => own.listen(),
    isKnown: (address) => signaling.hasAddress(address),
    limits: DEFAULT_LIMITS,
    log,
    onCaller: (caller) => {
      signaling.answer(caller);
    },
  });
  const nearby: NearbyService = new NearbyService({
    device: () => own.device,
    isHidden,
    listener,
    onChange: (state) => {
      hub.emit('nearby:changed', state);
    },
    log,
  });
  return { ...stored, hub, nearby, signaling, transfers, presence, notices, shell };
}

interface TransferParts extends Pick<AppParts, 'settings' | 'hub' | 'presence' | 'fileThread'> {
  peerOf: (sessionId: string) => PeerInfo | null;
}

function buildTransfers(
  { profileDir, shell, log }: Pick<BackendOptions, 'profileDir' | 'shell' | 'log'>,
  { settings, hub, presence, fileThread, peerOf }: TransferParts,
): TransferService {
  const service: TransferService = new TransferService({
    profileDir,
    log,
    emit: (name, data) => {
      hub.emit(name, data);
      if (name === 'transfers:changed') presence.update(service.list.views());
    },
    peerOf,
    downloadsDir: () => settings.current.downloadsDir,
    lan: {
      mayListen: () => settings.current.nearby === true,
      addresses: () =>
        ownAddresses()
          .map(({ address }) => address)
          .filter((address) => !isLinkLocal(address)),
      log,
    },
    fileThread,
    reveal: (path) => shell.reveal?.(path) ?? Promise.reject(new HitherError('not-allowed')),
  });
  return service;
}

/** What one service's change means to the others. */
function connect(parts: AppParts): void {
  const { hub, settings, trust, nearby, signaling, transfers, shell } = parts;
  hub.serve({
    ...appHandlers(parts),
    ...signaling.handlers,
    ...trustHandlers(trust, signaling),
    ...transfers.handlers,
    ...shellHandlers(shell),
  });
  hub.onGone(() => {
    signaling.pageGone();
    transfers.pageGone();
  });
  hub.onAttached(() => {
    signaling.pageAttached();
  });
  trust.onChange((trusted) => {
    hub.emit('trust:changed', { trusted });
    signaling.trustChanged();
  });
  const limitSpeed = ({ speedLimitMbs }: Settings): void =>
    transfers.setSpeedLimit(speedLimitMbs === null ? null : speedLimitMbs * 1e6);
  limitSpeed(settings.current);
  settings.onChange((current) => {
    hub.emit('settings:changed', current);
    limitSpeed(current);
    nearby.announce();
    transfers.listeningChanged();
    void nearby.setOn(current.nearby === true);
  });
}

function runnable(parts: AppParts, lock: ProfileLock): AppBackend {
  const { hub, settings, trust, nearby, signaling, transfers, presence, notices, fileThread } = parts;
  return {
    hub,
    settings,
    registerPath: (path) => transfers.registerPath(path),
    isTransferring: () => transfers.list.views().some(({ phase }) => phase === 'active'),
    async start() {
      const { corruptFile, current } = settings;
      if (corruptFile !== null) notices.add('settings-corrupt', { file: corruptFile });
      if (trust.corruptFile !== null) notices.add('trusted-corrupt', { file: trust.corruptFile });
      const { downloadsDir } = current;
      await checkFolder(downloadsDir).catch(() => {
        notices.add('downloads-missing', { dir: downloadsDir });
      });
      await nearby.setOn(current.nearby === true);
    },
    async close() {
      signaling.close();
      await transfers.close();
      await fileThread?.close();
      presence.close();
      await nearby.close();
      await trust.flushed();
      await lock.release();
    },
  };
}
