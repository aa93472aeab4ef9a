import type { EmbeddedRelayState } from '../shared/contract/embeddedRelay';
import type { Platform } from '../shared/device';
import { HitherError } from '../shared/errors';
import type { EngineMessage } from '../shared/protocol/transfer';
import type { Settings } from '../shared/settings/settings';
import type { BackendPorts } from './BackendPorts';
import { buildReach } from './buildReach';
import { appHandlers } from './pages/appHandlers';
import { OpenedLinks } from './pages/OpenedLinks';
import { NoticeBoard } from './pages/NoticeBoard';
import { PageHolds } from './pages/PageHolds';
import { PageHub } from './pages/PageHub';
import { shellHandlers } from './pages/shellHandlers';
import type { ShellPorts } from './pages/shellPorts';
import type { FileAccess, Nearby } from './ports';
import type { InviteService } from './invites/InviteService';
import type { RendezvousService } from './rendezvous/RendezvousService';
import { TextService } from './messages/TextService';
import { isRecording } from '../shared/contract/recordings';
import { RecordingService } from './recordings/RecordingService';
import { SessionService } from './sessions/SessionService';
import type { SettingsStore } from './settings/SettingsStore';
import { TransferPresence } from './transfers/TransferPresence';
import { TransferService } from './transfers/TransferService';
import type { DoctorService } from './doctor/DoctorService';
import type { EmbeddedRelayService } from './embeddedRelay/EmbeddedRelayService';
import { openIdentity } from './trust/openIdentity';
import { OwnIdentity } from './trust/OwnIdentity';
import { trustHandlers } from './trust/trustHandlers';
import { TrustStore } from './trust/TrustStore';

export interface BackendOptions {
  ports: BackendPorts;
  /** Read by the host, which knows what the machine's defaults are. */
  settings: SettingsStore;
  platform: Platform;
  appVersion: string;
  shell: ShellPorts;
}

/** The backend of one process, whatever shell is around it. */
export interface AppBackend {
  /** Where transports bring their pages. */
  readonly hub: PageHub;
  readonly settings: SettingsStore;
  /** A token that stands for a path in offers; for the preload alone. */
  registerPath(path: string): string;
  /** Asks the person about a link of Hither's own that was opened outside of it; it may be anything at all. */
  openLink(link: string): void;
  /** Whether files are on their way, which an end of the app would lose. */
  isTransferring(): boolean;
  /** Runs the relay for this network, if the person wants that; `start` does as well. @returns how it stands then */
  openEmbeddedRelay(): Promise<EmbeddedRelayState>;
  /** Goes on the network, if the person wants that. */
  start(): Promise<void>;
  /** Tells peers and network goodbye and stores what is not stored yet; safe to call again. */
  close(): Promise<void>;
}

/** What a backend is made of. */
interface AppParts {
  hub: PageHub;
  holds: PageHolds;
  settings: SettingsStore;
  trust: TrustStore;
  own: OwnIdentity;
  nearby: Nearby;
  invites: InviteService;
  rendezvous: RendezvousService;
  embeddedRelay: EmbeddedRelayService;
  sessions: SessionService;
  transfers: TransferService;
  texts: TextService;
  recordings: RecordingService;
  doctor: DoctorService;
  presence: TransferPresence;
  notices: NoticeBoard;
  openedLinks: OpenedLinks;
  files: FileAccess;
  shell: ShellPorts;
}

/**
 * Builds the services once, for any host.
 * @throws VaultLockedError if the keychain with the profile's key does not open now, or the storage's error
 */
export async function createBackend(options: BackendOptions): Promise<AppBackend> {
  const { ports, settings, platform, appVersion } = options;
  const { storage, clock, random, vault, log } = ports;
  const trust = await TrustStore.open({ storage, clock, log });
  const { identity, lostFile } = await openIdentity({ storage, vault, random, log });
  const own = new OwnIdentity(
    identity,
    () => ({ name: settings.current.name, platform, appVersion }),
    random,
  );
  const parts = build(options, trust, own);
  if (lostFile !== null) parts.notices.add('identity-lost', { file: lostFile });
  await parts.transfers.load();
  connect(parts);
  return runnable(parts);
}

function build({ ports, settings, shell }: BackendOptions, trust: TrustStore, own: OwnIdentity): AppParts {
  const { log } = ports;
  const holds: PageHolds = new PageHolds((pageId) => transfers.sendsOf(pageId));
  const hub = buildHub(ports, holds);
  const notices = new NoticeBoard((list) => {
    hub.emit('app:notices', { notices: list });
  });
  const openedLinks = new OpenedLinks(ports.clock, (openedLink) => {
    hub.emit('app:openedLink', { openedLink });
  });
  const { transfers, presence } = buildTransfers({ ports, settings, shell, hub }, () => ({
    sessions,
    nearby,
  }));
  const texts: TextService = new TextService({
    clock: ports.clock,
    random: ports.random,
    deviceOf: (sessionId) => sessions.session(sessionId).peer.deviceId,
    send: (sessionId, message) => sessions.session(sessionId).send(texts.name, message),
    onChange: (change) => hub.emit('texts:changed', change),
  });
  const recordings = buildRecordings({ ports, settings, shell, hub }, () => sessions);
  const sessions: SessionService = new SessionService({
    own,
    network: ports.network,
    clock: ports.clock,
    random: ports.random,
    page: hub,
    trust,
    requests: () => settings.current.requests,
    isUnfinishedWith: (deviceId) => trust.has(deviceId) && transfers.isUnfinishedWith(deviceId),
    hasTransfersWith: (deviceId) => transfers.list.isBusyWith(deviceId),
    addressesOf: (deviceId) => {
      const seen = nearby.addressesOf(deviceId);
      return seen.length > 0 ? seen : trust.addressesOf(deviceId);
    },
    openRelaySocket: ports.openRelaySocket,
    wayTo: (deviceId) => rendezvous.wayTo(deviceId),
    wayOf: (invite) => invites.ways.wayOf(invite),
    log,
  });
  const reach = buildReach({ ports, settings, trust, own, sessions, hub });
  const { nearby, invites, rendezvous } = reach;
  return {
    ...reach,
    ...{ hub, holds, settings, trust, own, sessions, transfers, texts, recordings },
    ...{ notices, openedLinks, presence, shell },
    files: ports.files,
  };
}

/** Beyond the network nobody can dial this device, and nobody need know what its addresses there are. */
function withoutAddresses(message: EngineMessage): EngineMessage {
  return message.type === 'lane-offer' ? { ...message, addresses: [], port: 0 } : message;
}

/** @param others asked when they are there: they need the transfers as well */
function buildTransfers(
  { ports, settings, shell, hub }: Pick<BackendOptions, 'ports' | 'settings' | 'shell'> & { hub: PageHub },
  others: () => { sessions: SessionService; nearby: Nearby },
): { transfers: TransferService; presence: TransferPresence } {
  const { log, files } = ports;
  const presence = new TransferPresence(shell);
  const transfers: TransferService = new TransferService({
    clock: ports.clock,
    random: ports.random,
    sha256: ports.sha256,
    files,
    storage: ports.storage,
    createLaneConnector: ports.createLaneConnector,
    log,
    emit: (name, data) => {
      hub.emit(name, data);
      if (name !== 'transfers:changed') return;
      presence.update(transfers.list.views());
      hub.asideChanged();
    },
    pageStanding: (pageId) => hub.standingOf(pageId),
    send: (sessionId, message) => {
      const session = others().sessions.session(sessionId);
      session.send(transfers.name, session.route.kind === 'lan' ? message : withoutAddresses(message));
    },
    mayDial: (deviceId, address) =>
      others().sessions.vouchesFor(deviceId, address) || others().nearby.answersAt(deviceId, address),
    mayReceiveUnasked: (deviceId) =>
      others().sessions.withDevice(deviceId)?.trust.permissions?.sendFiles === 'allow',
    settings: () => settings.current,
    reveal: (path) => shell.reveal?.(path) ?? Promise.reject(new HitherError('not-allowed')),
  });
  return { transfers, presence };
}

/** @param sessions asked when they are there: they need the recordings as well */
function buildRecordings(
  { ports, settings, shell, hub }: Pick<BackendOptions, 'ports' | 'settings' | 'shell'> & { hub: PageHub },
  sessions: () => SessionService,
): RecordingService {
  const { clock, random, files } = ports;
  const recordings: RecordingService = new RecordingService({
    ...{ clock, random, files },
    dir: () => settings.current.downloadsDir,
    send: (sessionId, message) => sessions().session(sessionId).send(recordings.name, message),
    reveal: (path) => shell.reveal?.(path) ?? Promise.reject(new HitherError('not-allowed')),
    onChange: (state) => {
      shell.recording?.(isRecording(state));
      hub.emit('recordings:changed', state);
    },
  });
  return recordings;
}

function buildHub({ clock, log }: BackendPorts, holds: PageHolds): PageHub {
  return new PageHub({
    clock,
    onBug: (error) => {
      log.error('request', { error });
    },
    asideOf: (pageId, usedId) => holds.asideOf(pageId, usedId),
  });
}

/** What one service's change means to the others. */
function connect(parts: AppParts): void {
  const { hub, doctor, settings, trust, nearby, invites, rendezvous, embeddedRelay } = parts;
  const { sessions, transfers, texts, recordings, shell } = parts;
  connectPages(parts);
  sessions.register(transfers);
  sessions.register(texts);
  sessions.register(recordings);
  sessions.register(rendezvous);
  hub.serve({
    ...appHandlers(parts),
    ...sessions.handlers,
    ...trustHandlers(trust, (deviceId) => sessions.revoked(deviceId)),
    ...texts.handlers,
    ...recordings.handlers,
    ...invites.handlers,
    ...doctor.handlers,
    ...transfers.handlers,
    ...shellHandlers(shell),
  });
  trust.onChange((trusted) => {
    hub.emit('trust:changed', { trusted });
    sessions.trustChanged();
    transfers.permissionsChanged();
    rendezvous.update();
  });
  const limitSpeed = ({ speedLimitMbs }: Settings): void =>
    transfers.setSpeedLimit(speedLimitMbs === null ? null : speedLimitMbs * 1e6);
  limitSpeed(settings.current);
  settings.onChange((current) => {
    hub.emit('settings:changed', current);
    limitSpeed(current);
    nearby.announce();
    transfers.listeningChanged();
    rendezvous.update();
    void nearby.setOn(current.nearby === true);
    void embeddedRelay.follow();
  });
}

/** What becomes of what a page has when it comes, is set aside or is closed. */
function connectPages({ hub, holds, sessions, transfers, recordings, shell }: AppParts): void {
  hub.onGone((pageId) => {
    // What it captured has ended.
    shell.microphone?.('off');
    shell.screenShared?.(false);
    holds.setAside(pageId);
    sessions.pageGone();
    transfers.pageGone(pageId);
    recordings.pageGone();
  });
  hub.onAttached((pageId) => {
    sessions.pageAttached();
    transfers.pageAttached(pageId);
    recordings.pageAttached();
  });
  hub.onClosed((pageId) => {
    holds.forget(pageId);
    transfers.pageClosed(pageId);
  });
}

function runnable(parts: AppParts): AppBackend {
  const { hub, settings, trust, nearby, invites, rendezvous, embeddedRelay } = parts;
  const { sessions, transfers, recordings, presence, notices, openedLinks, files } = parts;
  return {
    hub,
    settings,
    registerPath: (path) => transfers.registerPath(path),
    openLink: (link) => openedLinks.open(link),
    isTransferring: () => transfers.list.views().some(({ phase }) => phase === 'active'),
    openEmbeddedRelay: () => embeddedRelay.follow(),
    async start() {
      const { corruptFile, current } = settings;
      if (corruptFile !== null) notices.add('settings-corrupt', { file: corruptFile });
      if (trust.corruptFile !== null) notices.add('trusted-corrupt', { file: trust.corruptFile });
      const { downloadsDir } = current;
      await files.checkFolder(downloadsDir).catch(() => {
        notices.add('downloads-missing', { dir: downloadsDir });
      });
      await nearby.setOn(current.nearby === true);
      // Invites that are open lead there.
      await embeddedRelay.follow();
      await invites.load();
      rendezvous.update();
    },
    async close() {
      hub.close();
      // Before the sessions, so that its person reads that it was stopped.
      await recordings.close();
      sessions.close();
      rendezvous.close();
      await invites.close();
      // What was just said to peers passes it yet.
      const relayClosed = embeddedRelay.close();
      await transfers.close();
      presence.close();
      await nearby.close();
      await relayClosed;
      await trust.flushed();
    },
  };
}
