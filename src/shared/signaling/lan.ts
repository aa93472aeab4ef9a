import { z } from 'zod';
import { DeviceInfo } from '../device';
import { RandomId } from '../ids';
import { VersionRange } from '../protocol/version';
import { EndReason } from './endReason';

/** Path of the WebSocket two backends meet on, and of the device card (GET) beside it. */
export const LAN_SOCKET_PATH = '/hither/signal';
export const LAN_DEVICE_PATH = '/hither/device';
/** First port tried for the LAN listener (in IANA's unassigned user range); the next nine follow, then any. */
export const LAN_PORT = 47_117;

/** Limits on a LAN socket; PROTOCOL.md gives the reasons. */
export const LAN_LIMITS = {
  /** Largest WebSocket message, in bytes: an SDP at its limit, escaped, with room to spare. */
  maxMessageBytes: 160 * 1024,
  /** Largest first message, in bytes: a stranger gets no more. */
  maxHelloBytes: 8 * 1024,
  /** Time from the TCP connection to a valid hello, in ms. */
  helloTimeoutMs: 5_000,
  /** Messages per second and burst, past which the socket is closed. */
  messagesPerSecond: 100,
  burstMessages: 400,
  /** Ping period and the silence after which a socket counts as dead, in ms. */
  heartbeatMs: 4_000,
  silenceMs: 10_000,
  /** Sockets without a session, in all and from one address. */
  maxStrangers: 64,
  maxStrangersPerAddress: 16,
  /** Messages kept for a peer whose socket is down. */
  maxUnacknowledged: 512,
} as const;

/** How long both sides hold a session whose link is down, in ms. */
export const RECONNECT_WINDOW_MS = 30_000;
/** How long a request to connect waits for the person on the other side, in ms. */
export const ANSWER_TIMEOUT_MS = 60_000;

/** The dialer's first message. With `resumeToken` it takes up a session whose socket broke. */
export const LanHello = z.object({
  type: z.literal('hello'),
  protocol: VersionRange,
  device: DeviceInfo,
  sessionId: RandomId,
  resumeToken: RandomId.optional(),
  /** On resume: the last `seq` that the dialer has seen. */
  lastSeq: z.int().min(0).optional(),
});
export type LanHello = z.infer<typeof LanHello>;

/** What a listener may answer a hello with, and what follows it. */
export const LanServerFirst = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('welcome'),
    protocol: z.int().min(1).max(65535),
    device: DeviceInfo,
    resumeToken: RandomId,
    /** On resume: the last `seq` that the listener has seen. */
    lastSeq: z.int().min(0),
  }),
  z.object({ type: z.literal('refuse'), reason: EndReason, protocol: VersionRange }),
]);
export type LanServerFirst = z.infer<typeof LanServerFirst>;

/** Both directions, once welcomed. `body` is a `SignalMessage` that the backend passes on unread. */
export const LanFrame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), seq: z.int().min(1), body: z.unknown() }),
  z.object({ type: z.literal('ack'), seq: z.int().min(1) }),
  z.object({ type: z.literal('close'), reason: EndReason }),
]);
export type LanFrame = z.infer<typeof LanFrame>;

/** The device card: answered to GET, to tell that a device lives and what it is called. */
export const DeviceCard = z.object({ hither: VersionRange, device: DeviceInfo });
export type DeviceCard = z.infer<typeof DeviceCard>;
