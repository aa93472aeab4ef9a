import type { IceServer } from '../../shared/protocol/relay';

/** What an interface is, as far as its name tells. */
export type InterfaceKind = 'wired' | 'wireless' | 'vpn' | 'virtual' | 'other';

interface MeasuredInterface {
  name: string;
  kind: InterfaceKind;
  addresses: readonly string[];
}

/** What became of a question to the group of mDNS on one interface, in one family. */
export interface MeasuredMulticast {
  name: string;
  family: 'IPv4' | 'IPv6';
  /** Why nothing could be sent; `null` where it could. */
  word: string | null;
  /** Whether our own question was heard, which it is unless something on this machine drops it. */
  isHeard: boolean;
}

/** What another device says of the way back, when asked: it dials the one that asks, and nobody else. */
interface WayBack {
  /** Whether it heard our announcement, and so knows our port. */
  isSeen: boolean;
  isReached: boolean;
}

/** A device that announced itself. */
export interface MeasuredDevice {
  deviceId: string;
  name: string;
  address: string;
  /** `card`: it answered as itself; `other`: somebody else did; `silent`: nobody did, for the reason in `word`. */
  answer: 'card' | 'other' | 'silent';
  word: string | null;
  /** `null` where it could not be asked, or knows no such question. */
  wayBack: WayBack | null;
}

/** Who is at an address that a person typed. */
export interface MeasuredAddress {
  /** `host:port`. */
  address: string;
  /** As a device's: `card` is any Hither's. */
  answer: MeasuredDevice['answer'];
  /** Whose card it is. */
  device: { deviceId: string; name: string } | null;
  /** Why nobody answered. */
  word: string | null;
}

export interface MeasuredStun {
  url: string;
  /** Where the server sees us come from; `null` where it does not answer. */
  mapped: string | null;
  local: string;
}

export interface MeasuredTurn {
  url: string;
  /** There and back with data, in ms; `null` where they did not pass. */
  roundTripMs: number | null;
  /** Why not. */
  word: string | null;
}

export interface MeasuredInternet {
  /** `null` where no relay is set. */
  relay: { trouble: string | null; clockAheadS: number } | null;
  stun: readonly MeasuredStun[];
  turn: readonly MeasuredTurn[];
}

/** Everything that was measured; findingsOf.ts says what it means. */
export interface Measurements {
  system: string;
  interfaces: readonly MeasuredInterface[];
  multicast: readonly MeasuredMulticast[];
  devices: readonly MeasuredDevice[];
  /** `null` where none was asked about. */
  address: MeasuredAddress | null;
  /** `null` where nothing is set up that needs the internet: then nothing was asked of it. */
  internet: MeasuredInternet | null;
}

/** What beyond the LAN may be asked. */
export interface InternetWay {
  relayUrl: string | null;
  /** The person's own servers, or those of the relay if there are none. */
  iceServers: readonly IceServer[];
}

/** What is to be measured. */
export interface DoctorQuestion {
  ownId: string | null;
  /** Whether to ask the network who is there: not while the person wants to be on no network. */
  mayLookAround: boolean;
  /** One that the person typed, who wants to know of it whatever they want to be on. */
  address: string | null;
  internet: InternetWay | null;
}

/** Measures; what the backend asks of its host. */
export interface DoctorProbes {
  /** @throws HitherError `bad-address` */
  measure(question: DoctorQuestion): Promise<Measurements>;
}
