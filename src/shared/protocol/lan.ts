import { z } from 'zod';
import { DeviceInfo } from '../device';
import { VersionRange } from './version';

/** Path of the WebSocket two backends meet on, and of the device card (GET) beside it. */
export const LAN_SOCKET_PATH = '/hither/signal';
export const LAN_DEVICE_PATH = '/hither/device';
/** Asks a device to dial the one that asks (GET), for its doctor. */
export const LAN_REACH_PATH = '/hither/reach';
/** First port tried for the LAN listener (in IANA's unassigned user range); the next nine follow, then any. */
export const LAN_PORT = 47_117;

/** Limits on the carriers of sessions and on who may open one; PROTOCOL.md gives the reasons. */
export const SESSION_LIMITS = {
  /** Largest WebSocket message, in bytes: an SDP at its limit, escaped, with room to spare. */
  maxMessageBytes: 160 * 1024,
  /** What a stranger may send in all until it has proven who it is, in bytes, and how long it may take, in ms. */
  maxStrangerBytes: 64 * 1024,
  strangerTimeoutMs: 10_000,
  /** Messages per second and burst, past which a carrier is closed: of a peer whose session is not verified yet, … */
  messagesPerSecond: 100,
  burstMessages: 400,
  /** … and of one whose session is: a transfer at 300 MB/s has some 200 a second, the list of a large offer 500 at once. */
  verifiedMessagesPerSecond: 2_000,
  verifiedBurstMessages: 4_000,
  /** Ping period and the silence after which a socket counts as dead, in ms. */
  heartbeatMs: 4_000,
  silenceMs: 10_000,
  /** Sockets without a session, in all and from one address (IPv6: see `byNeighbour`). */
  maxStrangers: 64,
  maxStrangersPerAddress: 16,
  /** Handshakes answered per second and burst, in all and from one address: each costs about 4 ms of a processor. */
  handshakesPerSecond: 20,
  burstHandshakes: 40,
  handshakesPerAddressPerSecond: 4,
  burstHandshakesPerAddress: 16,
  /** Requests of unknown devices that reach the person, a minute and at once. */
  promptsPerMinute: 6,
  maxOpenPrompts: 3,
  /** Requests of one device that came to nothing within the window, in ms, after which it is refused for as long. */
  maxInVain: 3,
  inVainWindowMs: 600_000,
  /** Messages that are on their way at a time, and their characters; what is beyond waits for an acknowledgement. */
  maxInFlight: 512,
  maxInFlightLength: 4 * 1024 * 1024,
  /** Characters of all messages that wait for a peer: the largest offer has 64 Mi. */
  maxWaitingLength: 96 * 1024 * 1024,
} as const;

/** How long both sides hold a session that no carrier leads to, in ms. */
export const RECONNECT_WINDOW_MS = 30_000;
/** How long a request to connect waits for the person on the other side, in ms. */
export const ANSWER_TIMEOUT_MS = 60_000;
/** How long two people may take to compare the code of a session that was accepted, in ms. */
export const VERIFY_TIMEOUT_MS = 300_000;

/** The device card: answered to GET, to tell that a device lives and what it is called. */
export const DeviceCard = z.object({ hither: VersionRange, device: DeviceInfo });
export type DeviceCard = z.infer<typeof DeviceCard>;

/** What became of the way back: whether an announcement from the asker's address was heard, and whether it answers at the port in it. */
export const ReachAnswer = z.object({ isSeen: z.boolean(), isReached: z.boolean() });
export type ReachAnswer = z.infer<typeof ReachAnswer>;
