import type { DeviceInfo, Platform } from '../shared/device';
import { HitherError } from '../shared/errors';
import type { ListenerHandshake } from '../shared/identity/ListenerHandshake';
import type { Settings } from '../shared/settings/settings';
import { appHandlers } from './pages/appHandlers';
import { NoticeBoard } from './pages/NoticeBoard';
import { PageHolds } from './pages/PageHolds';
import { PageHub } from './pages/PageHub';
import { shellHandlers } from './pages/shellHandlers';
import type { ShellPorts } from './pages/shellPorts';
import type {
  Clock,
  CreateLaneConnector,
  Digest,
  FileAccess,
  Listener,
  Log,
  Nearby,
  NearbyUser,
  OpenRelaySocket,
  ProfileStorage,
  Random,
} from './ports';
import { InviteService } from './invites/InviteService';
import { RendezvousService } from './rendezvous/RendezvousService';
import { TextService } from './messages/TextService';
import type { Caller } from './sessions/incoming/answerStranger';
import type { Network } from './sessions/dialing/dial';
import { SessionService } from './sessions/SessionService';
import type { SettingsStore } from './settings/SettingsStore';
import { TransferPresence } from './transfers/TransferPresence';
import { TransferService } from './transfers/TransferService';
import type { KeyVault } from './trust/KeyVault';
import { openIdentity } from './trust/openIdentity';
import { OwnIdentity } from './trust/OwnIdentity';
import { trustHandlers } from './trust/trustHandlers';
import { TrustStore } from './trust/TrustStore';

/** What a listener needs from the backend. */
interface ListenerUser {
  /** What the device card says; `null` while this device is hidden. */
  card(): DeviceInfo | null;
  /** Waited for before a handshake begins; see `AnswerOptions`. */
  pageKnown(): Promise<void>;
  handshake(): ListenerHandshake;
  /** Whether a session lives with this address. */
  isKnown(address: string): boolean;
  /** A stranger has proven who it is. */
  onCaller(caller: Caller): void;
}

/** What the backend asks of its host. */
export interface BackendPorts {
  clock: Clock;
  random: Random;
  sha256: Digest;
  /** The profile, this process's alone. */
  storage: ProfileStorage;
  /** Where the secret key of a new profile goes. */
  vault: KeyVault;
  files: FileAccess;
  createLaneConnector: CreateLaneConnector;
  network: Network;
  createListener: (user: ListenerUser) => Listener;
  createNearby: (user: NearbyUser) => Nearby;
  openRelaySocket: OpenRelaySocket;
  log: Log;
}

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
  /** Whether files are on their way, which an end of the app would lose. */
  isTransferring(): boolean;
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
  sessions: SessionService;
  transfers: TransferService;
  texts: TextService;
  presence: TransferPresence;
  notices: NoticeBoard;
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
  const { log, files } = ports;
  const holds = new PageHolds((pageId) => transfers.sendsOf(pageId));
  const hub = buildHub(ports, holds);
  const notices = new NoticeBoard((list) => {
    hub.emit('app:notices', { notices: list });
  });
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
    send: (sessionId, message) => sessions.session(sessionId).send(transfers.name, message),
    mayDial: (deviceId, address) =>
      sessions.vouchesFor(deviceId, address) || nearby.answersAt(deviceId, address),
    mayReceiveUnasked: (deviceId) => sessions.withDevice(deviceId)?.trust.permissions?.sendFiles === 'allow',
    settings: () => settings.current,
    reveal: (path) => shell.reveal?.(path) ?? Promise.reject(new HitherError('not-allowed')),
  });
  const texts: TextService = buildTexts(ports, (sessionId) => sessions.session(sessionId), hub);
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
  const invites = buildInvites(ports, settings, sessions, hub);
  const rendezvous = buildRendezvous(ports, settings, { trust, own, sessions, hub });
  const nearby = buildNearby(ports, settings, own, sessions, hub, () => {
    for (const part of [invites, rendezvous]) part.hurry();
    sessions.networkChanged();
  });
  return {
    ...{ hub, holds, settings, trust, own, nearby, invites, rendezvous, sessions, transfers },
    ...{ texts, presence, notices, files },
    shell,
  };
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

function buildTexts(
  { clock, random }: BackendPorts,
  sessionOf: (sessionId: string) => ReturnType<SessionService['session']>,
  hub: PageHub,
): TextService {
  const texts: TextService = new TextService({
    clock,
    random,
    deviceOf: (sessionId) => sessionOf(sessionId).peer.deviceId,
    send: (sessionId, message) => sessionOf(sessionId).send(texts.name, message),
    onChange: (change) => hub.emit('texts:changed', change),
  });
  return texts;
}

function buildInvites(
  { openRelaySocket: openSocket, clock, random, storage, log }: BackendPorts,
  settings: SettingsStore,
  sessions: SessionService,
  hub: PageHub,
): InviteService {
  return new InviteService({
    ...{ openSocket, clock, random, storage, log },
    relayUrl: () => settings.current.relayUrl,
    answer: (carrier, auth, grant) => sessions.answerAtDoor(carrier, auth, grant),
    onChange: (list) => hub.emit('invites:changed', { invites: list }),
    onEnded: (ended) => hub.emit('invites:ended', ended),
  });
}

/** What trusted devices find each other by beyond this network. */
function buildRendezvous(
  { openRelaySocket: openSocket, clock, random }: BackendPorts,
  settings: SettingsStore,
  { trust, own, sessions, hub }: Pick<AppParts, 'trust' | 'own' | 'sessions' | 'hub'>,
): RendezvousService {
  const service: RendezvousService = new RendezvousService({
    ...{ openSocket, clock, random },
    relayUrl: () => (settings.current.reachable ? settings.current.relayUrl : null),
    trusted: () => trust.list,
    relayOf: (deviceId) => trust.relayOf(deviceId),
    keepRelay: (deviceId, relayUrl) => trust.keepRelay(deviceId, relayUrl),
    sharedWith: (identityKey) => own.sharedWith(identityKey),
    send: (sessionId, message) => sessions.session(sessionId).send(service.name, message),
    meetAt: (sessionId, relayUrl) => sessions.meetAt(sessions.session(sessionId), relayUrl),
    roleIn: (sessionId) => sessions.session(sessionId).role,
    answer: (carrier, auth, grant) => sessions.answerAtDoor(carrier, auth, grant),
    onChange: (reachable) => hub.emit('away:changed', { reachable }),
    onSeen: (deviceId) => sessions.deviceSeen(deviceId),
  });
  return service;
}

/** What finds other devices, with the listener that they call at. */
function buildNearby(
  { createListener, createNearby }: BackendPorts,
  settings: SettingsStore,
  own: OwnIdentity,
  sessions: SessionService,
  hub: PageHub,
  onNetworkChanged: () => void,
): Nearby {
  let networks = '';
  const isHidden = (): boolean => settings.current.requests === 'hidden';
  const listener = createListener({
    card: () => (isHidden() ? null : own.device),
    pageKnown: () => sessions.pageKnown(),
    handshake: () => own.listen(),
    isKnown: (address) => sessions.hasAddress(address),
    onCaller: (caller) => sessions.answer(caller),
  });
  return createNearby({
    device: () => own.device,
    isHidden,
    listener,
    onChange: (state) => {
      hub.emit('nearby:changed', state);
      const now = JSON.stringify(state.interfaces);
      if (now !== networks) onNetworkChanged();
      networks = now;
    },
    onSeen: (deviceId) => sessions.deviceSeen(deviceId),
  });
}

/** What one service's change means to the others. */
function connect(parts: AppParts): void {
  const { hub, settings, trust, nearby, invites, rendezvous, sessions, transfers, texts, shell } = parts;
  connectPages(parts);
  sessions.register(transfers);
  sessions.register(texts);
  sessions.register(rendezvous);
  hub.serve({
    ...appHandlers(parts),
    ...sessions.handlers,
    ...trustHandlers(trust, (deviceId) => sessions.revoked(deviceId)),
    ...texts.handlers,
    ...invites.handlers,
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
  });
}

/** What becomes of what a page has when it comes, is set aside or is closed. */
function connectPages({ hub, holds, sessions, transfers }: AppParts): void {
  hub.onGone((pageId) => {
    holds.setAside(pageId);
    sessions.pageGone();
    transfers.pageGone(pageId);
  });
  hub.onAttached((pageId) => {
    sessions.pageAttached();
    transfers.pageAttached(pageId);
  });
  hub.onClosed((pageId) => {
    holds.forget(pageId);
    transfers.pageClosed(pageId);
  });
}

function runnable(parts: AppParts): AppBackend {
  const { hub, settings, trust, nearby, invites, rendezvous, sessions, transfers } = parts;
  const { presence, notices, files } = parts;
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
      await files.checkFolder(downloadsDir).catch(() => {
        notices.add('downloads-missing', { dir: downloadsDir });
      });
      await nearby.setOn(current.nearby === true);
      await invites.load();
      rendezvous.update();
    },
    async close() {
      hub.close();
      sessions.close();
      rendezvous.close();
      await invites.close();
      await transfers.close();
      presence.close();
      await nearby.close();
      await trust.flushed();
    },
  };
}
