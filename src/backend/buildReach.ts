import { relayInUse } from '../shared/contract/embeddedRelay';
import type { BackendPorts } from './BackendPorts';
import { DoctorService } from './doctor/DoctorService';
import { listeningOf } from './doctor/listeningOf';
import { EmbeddedRelayService } from './embeddedRelay/EmbeddedRelayService';
import { InviteService } from './invites/InviteService';
import type { PageHub } from './pages/PageHub';
import type { Nearby } from './ports';
import { RendezvousService } from './rendezvous/RendezvousService';
import type { SessionService } from './sessions/SessionService';
import type { SettingsStore } from './settings/SettingsStore';
import type { OwnIdentity } from './trust/OwnIdentity';
import type { TrustStore } from './trust/TrustStore';

/** What the ways to other devices are built of. */
export interface ReachParts {
  ports: BackendPorts;
  settings: SettingsStore;
  trust: TrustStore;
  own: OwnIdentity;
  sessions: SessionService;
  hub: PageHub;
}

/** The ways to other devices: on this network, by invite, and through a relay. */
export interface Reach {
  nearby: Nearby;
  invites: InviteService;
  rendezvous: RendezvousService;
  embeddedRelay: EmbeddedRelayService;
  doctor: DoctorService;
}

/** Builds the ways to other devices, and what says why there is none. */
export function buildReach(parts: ReachParts): Reach {
  const hurry = (): void => {
    for (const part of [invites, rendezvous]) part.hurry();
    parts.sessions.networkChanged();
  };
  const embeddedRelay = buildEmbeddedRelay(parts, hurry);
  const invites = buildInvites(parts, embeddedRelay);
  const rendezvous = buildRendezvous(parts);
  const nearby = buildNearby(parts, hurry);
  return { nearby, invites, rendezvous, embeddedRelay, doctor: buildDoctor(parts, nearby) };
}

/** @param onReachable what leads to it need wait no longer */
function buildEmbeddedRelay(
  { ports, settings, hub }: ReachParts,
  onReachable: () => void,
): EmbeddedRelayService {
  return new EmbeddedRelayService({
    create: ports.createEmbeddedRelay,
    wantedPort: () => {
      const { embeddedRelay, embeddedRelayPort } = settings.current;
      return embeddedRelay ? embeddedRelayPort : null;
    },
    onChange: (state) => {
      hub.emit('embeddedRelay:changed', state);
      if (state.phase === 'on') onReachable();
    },
    log: ports.log,
  });
}

function buildInvites(
  { ports, settings, own, sessions, hub }: ReachParts,
  embeddedRelay: EmbeddedRelayService,
): InviteService {
  const { openRelaySocket: openSocket, clock, random, storage, log } = ports;
  return new InviteService({
    ...{ openSocket, clock, random, storage, log },
    identityKey: own.identityKey,
    relayUrl: () => relayInUse(settings.current.relayUrl, embeddedRelay.state),
    sideOf: (mailbox, role) => own.relaySide(mailbox, role),
    answer: (carrier, auth, grant) => sessions.answerAtDoor(carrier, auth, grant),
    onChange: (list) => hub.emit('invites:changed', { invites: list }),
    onEnded: (ended) => hub.emit('invites:ended', ended),
  });
}

/** What trusted devices find each other by beyond this network. */
function buildRendezvous({ ports, settings, trust, own, sessions, hub }: ReachParts): RendezvousService {
  const { openRelaySocket: openSocket, clock, random } = ports;
  const service: RendezvousService = new RendezvousService({
    ...{ openSocket, clock, random },
    relayUrl: () => (settings.current.reachable ? settings.current.relayUrl : null),
    trusted: () => trust.list,
    relayOf: (deviceId) => trust.relayOf(deviceId),
    keepRelay: (deviceId, relayUrl) => trust.keepRelay(deviceId, relayUrl),
    sideOf: (mailbox) => own.relaySide(mailbox, 'waits'),
    sharedWith: (identityKey) => own.sharedWith(identityKey),
    send: (sessionId, message) => sessions.session(sessionId).send(service.name, message),
    meetAt: (sessionId, relayUrl) => sessions.meetAt(sessions.session(sessionId), relayUrl),
    roleIn: (sessionId) => sessions.session(sessionId).role,
    answer: (carrier, auth, grant) => sessions.answerAtDoor(carrier, auth, grant),
    onChange: (away) => hub.emit('away:changed', away),
    onSeen: (deviceId) => sessions.deviceSeen(deviceId),
  });
  return service;
}

/** What finds other devices, with the listener that they call at. */
function buildNearby(
  { ports, settings, own, sessions, hub }: ReachParts,
  onNetworkChanged: () => void,
): Nearby {
  const { createListener, createNearby } = ports;
  let networks = '';
  const isHidden = (): boolean => settings.current.requests === 'hidden';
  const listener = createListener({
    card: () => (isHidden() ? null : own.device),
    reachBack: (address) => nearby.reachBack(address),
    pageKnown: () => sessions.pageKnown(),
    handshake: () => own.listen(),
    isKnown: (address) => sessions.hasAddress(address),
    onCaller: (caller) => sessions.answer(caller),
  });
  const nearby: Nearby = createNearby({
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
  return nearby;
}

function buildDoctor({ ports, own, settings }: ReachParts, nearby: Nearby): DoctorService {
  return new DoctorService({
    probes: ports.doctor,
    ownId: () => own.device.deviceId,
    listening: () => listeningOf(nearby.state()),
    internet: () => {
      const { relayUrl, iceServers: own } = settings.current;
      const iceServers = own.map(({ url, username, credential }) => ({ urls: [url], username, credential }));
      return relayUrl === null && own.length === 0 ? null : { relayUrl, iceServers };
    },
  });
}
