import type { RequestHandlers } from '../shared/contract/backend';
import type { AppState } from '../shared/contract/contract';
import type { DeviceInfo } from '../shared/device';
import { HitherError } from '../shared/errors';
import { NearbyService } from './discovery/NearbyService';
import { checkFolder } from './files/checkFolder';
import { loadDeviceId } from './identity/deviceId';
import { platformOf } from './identity/thisDevice';
import type { Log } from './log';
import { NoticeBoard } from './NoticeBoard';
import { PageHub } from './PageHub';
import { openSettings } from './settings/openSettings';
import { ProfileLock } from './settings/ProfileLock';
import type { SettingsStore } from './settings/SettingsStore';
import { capabilitiesOf, shellHandlers } from './shellHandlers';
import type { ShellPorts } from './shellPorts';
import { LanListener } from './signaling/LanListener';
import { SignalingService } from './signaling/SignalingService';
import { DEFAULT_LIMITS } from './signaling/timings';
import { TransferService } from './transfers/TransferService';

export interface BackendOptions {
  profileDir: string;
  /** For this run only, in place of the settings'. */
  name?: string | undefined;
  downloadsDir?: string | undefined;
  appVersion: string;
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
  const lock = await ProfileLock.take(profileDir);
  try {
    const settings = await openSettings(options);
    const deviceId = await loadDeviceId(profileDir);
    const parts = build(options, settings, () => {
      const { name } = settings.current;
      return { deviceId, name, platform: platformOf(process.platform), appVersion: options.appVersion };
    });
    connect(parts, appHandlers(parts));
    return runnable(parts, lock);
  } catch (error) {
    await lock.release();
    log.error('backend', { error, runtime: shell.runtime });
    throw error;
  }
}

interface Parts {
  hub: PageHub;
  settings: SettingsStore;
  nearby: NearbyService;
  signaling: SignalingService;
  transfers: TransferService;
  notices: NoticeBoard;
  shell: ShellPorts;
  device: () => DeviceInfo;
}

function build({ shell, log }: BackendOptions, settings: SettingsStore, device: () => DeviceInfo): Parts {
  const hub = new PageHub((error) => {
    log.error('request', { error });
  });
  const notices = new NoticeBoard((list) => {
    hub.emit('app:notices', { notices: list });
  });
  const transfers = new TransferService({
    emit: hub.emit,
    peerNameOf: (sessionId): string | null => signaling.peerNameOf(sessionId),
    downloadsDir: () => settings.current.downloadsDir,
    reveal: (path) => shell.reveal?.(path) ?? Promise.reject(new HitherError('not-allowed')),
  });
  const signaling: SignalingService = new SignalingService({
    device,
    page: hub,
    addressesOf: (deviceId) => nearby.addressesOf(deviceId),
    onSessionEnded: (sessionId) => {
      transfers.sessionEnded(sessionId);
    },
    log,
  });
  const onCaller = signaling.answer.bind(signaling);
  const nearby: NearbyService = new NearbyService({
    device,
    listener: new LanListener({ device, limits: DEFAULT_LIMITS, log, onCaller }),
    onChange: (state) => {
      hub.emit('nearby:changed', state);
    },
    log,
  });
  return { hub, settings, nearby, signaling, transfers, notices, shell, device };
}

/** What one service's change means to the others. */
function connect({ hub, settings, nearby, signaling, transfers, shell }: Parts, rest: AppHandlers): void {
  hub.serve({ ...signaling.handlers, ...transfers.handlers, ...shellHandlers(shell), ...rest });
  hub.onGone(() => {
    signaling.pageGone();
    transfers.pageGone();
  });
  hub.onAttached(() => {
    signaling.pageAttached();
  });
  let { name } = settings.current;
  settings.onChange((current) => {
    hub.emit('settings:changed', current);
    if (current.name !== name) nearby.rename();
    name = current.name;
    void nearby.setOn(current.nearby === true);
  });
}

function runnable(
  { hub, settings, nearby, signaling, transfers, notices }: Parts,
  lock: ProfileLock,
): AppBackend {
  return {
    hub,
    settings,
    registerPath: (path) => transfers.registerPath(path),
    isTransferring: () => transfers.views().some(({ phase }) => phase === 'active' || phase === 'waiting'),
    async start() {
      const { corruptFile, current } = settings;
      if (corruptFile !== null) notices.add('settings-corrupt', { file: corruptFile });
      const { downloadsDir } = current;
      await checkFolder(downloadsDir).catch(() => {
        notices.add('downloads-missing', { dir: downloadsDir });
      });
      await nearby.setOn(current.nearby === true);
    },
    async close() {
      signaling.close();
      await transfers.close();
      await nearby.close();
      await lock.release();
    },
  };
}

type AppRequest = 'app:attach' | 'app:dismissNotice' | 'settings:update' | 'nearby:refresh';

type AppHandlers = Pick<RequestHandlers, AppRequest>;

function appHandlers(parts: Parts): AppHandlers {
  const { hub, settings, nearby, notices } = parts;
  return {
    'app:attach': (_args, pageId): AppState => {
      hub.activate(pageId);
      return {
        device: parts.device(),
        capabilities: capabilitiesOf(parts.shell),
        settings: settings.current,
        nearby: nearby.state(),
        sessions: parts.signaling.views(),
        transfers: parts.transfers.views(),
        notices: notices.notices,
      };
    },
    'app:dismissNotice': ({ noticeId }) => {
      notices.dismiss(noticeId);
      return {};
    },
    'settings:update': (patch) => settings.update(patch),
    'nearby:refresh': async () => {
      await nearby.refresh();
      return {};
    },
  };
}
