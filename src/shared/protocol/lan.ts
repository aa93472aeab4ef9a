import { z } from 'zod';
import { DeviceInfo } from '../device';
import { Hex32 } from '../identity/identity';
import { VersionRange } from './version';
import { EndReason } from './endReason';

/** Path of the WebSocket two backends meet on, and of the device card (GET) beside it. */
export const LAN_SOCKET_PATH = '/hither/signal';
export const LAN_DEVICE_PATH = '/hither/device';
/** First port tried for the LAN listener (in IANA's unassigned user range); the next nine follow, then any. */
export const LAN_PORT = 47_117;

/** Limits on a LAN socket; PROTOCOL.md gives the reasons. */
export const SESSION_LIMITS = {
  /** Largest WebSocket message, in bytes: an SDP at its limit, escaped, with room to spare. */
  maxMessageBytes: 160 * 1024,
  /** What a stranger may send in all until it has proven who it is, in bytes, and how long it may take, in ms. */
  maxStrangerBytes: 64 * 1024,
  strangerTimeoutMs: 10_000,
  /** Messages per second and burst, past which the socket is closed. */
  messagesPerSecond: 100,
  burstMessages: 400,
  /** Ping period and the silence after which a socket counts as dead, in ms. */
  heartbeatMs: 4_000,
  silenceMs: 10_000,
  /** Sockets without a session, in all and from one address (IPv6: one /64 network). */
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
  /** Messages kept for a peer whose socket is down. */
  maxUnacknowledged: 512,
} as const;

/** How long both sides hold a session whose link is down, in ms. */
export const RECONNECT_WINDOW_MS = 30_000;
/** How long a request to connect waits for the person on the other side, in ms. */
export const ANSWER_TIMEOUT_MS = 60_000;
/** How long two people may take to compare the code of a session that was accepted, in ms. */
export const VERIFY_TIMEOUT_MS = 300_000;

const Seq = z.int().min(1);

/** What counts, is kept until acknowledged, and arrives in order whatever happens to the sockets. */
const sequenced = [
  /** `body` is a `SignalMessage` that the backend passes on to its page. */
  z.object({ type: z.literal('message'), seq: Seq, body: z.unknown() }),
  /** The sender's page has another DTLS certificate from here on; see `signRebind`. */
  z.object({
    type: z.literal('rebind'),
    seq: Seq,
    fingerprint: Hex32,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
] as const;
export type SequencedFrame = z.infer<(typeof sequenced)[number]>;

/** Both directions after the handshake, each sealed. */
export const SessionFrame = z.discriminatedUnion('type', [
  ...sequenced,
  z.object({ type: z.literal('ack'), seq: Seq }),
  z.object({ type: z.literal('close'), reason: EndReason }),
]);
export type SessionFrame = z.infer<typeof SessionFrame>;

/** The device card: answered to GET, to tell that a device lives and what it is called. */
export const DeviceCard = z.object({ hither: VersionRange, device: DeviceInfo });
export type DeviceCard = z.infer<typeof DeviceCard>;
