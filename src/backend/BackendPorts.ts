import type { DeviceInfo } from '../shared/device';
import type { ListenerHandshake } from '../shared/identity/ListenerHandshake';
import type { ReachAnswer } from '../shared/protocol/lan';
import type { DoctorProbes } from './doctor/measurements';
import type {
  Clock,
  CreateEmbeddedRelay,
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
import type { Network } from './sessions/dialing/dial';
import type { Caller } from './sessions/incoming/answerStranger';
import type { KeyVault } from './trust/KeyVault';

/** What a listener needs from the backend. */
interface ListenerUser {
  /** What the device card says; `null` while this device is hidden. */
  card(): DeviceInfo | null;
  /** Dials a machine that asks for it, where it announced to listen. */
  reachBack(address: string): Promise<ReachAnswer>;
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
  /** `null` for a host that nothing can connect to. */
  createEmbeddedRelay: CreateEmbeddedRelay | null;
  doctor: DoctorProbes;
  log: Log;
}
