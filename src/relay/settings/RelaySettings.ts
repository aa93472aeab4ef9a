import { MAX_RELAY_FRAME_BYTES, RELAY_PORT } from '../../shared/protocol/relay';
import { MAILBOX_DEFAULTS, type MailboxBounds } from '../mailboxes/limits';

/** Bounds on members and on who may become one; SECURITY.md has them in a table. */
export interface RelayLimits {
  /** Sockets in all, and from one address (IPv6: one /64 network): an office behind one address has some dozens. */
  maxMembers: number;
  maxMembersPerAddress: number;
  /** Sockets that an address may open, a second and at once. */
  socketsPerSecond: number;
  burstSockets: number;
  /** Nameplates that an address may ask for or claim, a minute and at once: people mistype, machines guess. */
  nameplatesPerMinute: number;
  burstNameplates: number;
  /** Largest frame, header included, in bytes. */
  frameBytes: number;
  /** Frames and bytes a second that a member may send; twice the frames and four times the bytes at once. */
  framesPerSecond: number;
  bytesPerSecond: number;
  /** How long a socket may take to say what it wants, in ms. */
  openingMs: number;
  /** Time between two pings, and the silence after which a socket is dead, in ms. */
  heartbeatMs: number;
  silenceMs: number;
  /** Bytes that may wait in a socket, and how long a member may leave a frame without an acknowledgement, in ms. */
  unreadBytes: number;
  unacknowledgedMs: number;
}

export interface RelaySettings {
  /** 0 for any free one. */
  port: number;
  host: string;
  /** Before every path of the relay's; empty or `/…` without a slash at its end. */
  basePath: string;
  /** Proxies in front, whose `X-Forwarded-For` is believed; 0 for none. */
  trustedProxies: number;
  /** PEM texts. */
  tls: { cert: string; key: string } | null;
  /** Where clients reach it. */
  publicUrl: string | null;
  stunUrls: readonly string[];
  /**
   * Whether it answers STUN itself, and tells members so under the address that each came to: where nobody is in front of it, on a
   * network whose devices have no other way to tell each other their addresses.
   */
  hasStun: boolean;
  turn: { urls: readonly string[]; secret: string; ttlS: number } | null;
  coturn: CoturnSettings;
  /** What relays of several processes share; the prefix is in front of every key and channel. */
  redis: { url: string; prefix: string } | null;
  /** Whether pages that it serves itself may be members; where there are none, no page has business here. */
  hasPages: boolean;
  /** Whether there are metrics to be asked for. */
  hasMetrics: boolean;
  /** Whoever asks for the metrics from elsewhere than this machine or a private network needs it. */
  metricsToken: string | null;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** How long members have to move when the relay goes down, in ms. */
  drainMs: number;
  limits: RelayLimits;
  mailboxes: MailboxBounds;
}

export const DEFAULT_SETTINGS: RelaySettings = {
  port: RELAY_PORT,
  host: '::',
  basePath: '',
  trustedProxies: 0,
  tls: null,
  publicUrl: null,
  stunUrls: [],
  hasStun: false,
  turn: null,
  // One port for each allocation: a person in a session has up to four.
  coturn: { externalAddresses: [], allowedPeers: [], ports: { min: 49_160, max: 49_759 }, tls: null },
  redis: null,
  hasPages: true,
  hasMetrics: true,
  metricsToken: null,
  logLevel: 'info',
  drainMs: 10_000,
  limits: {
    maxMembers: 20_000,
    maxMembersPerAddress: 256,
    socketsPerSecond: 20,
    burstSockets: 300,
    nameplatesPerMinute: 12,
    burstNameplates: 20,
    frameBytes: MAX_RELAY_FRAME_BYTES,
    framesPerSecond: 200,
    bytesPerSecond: 512 * 1024,
    openingMs: 10_000,
    heartbeatMs: 20_000,
    silenceMs: 45_000,
    unreadBytes: 2 * 1024 * 1024,
    unacknowledgedMs: 15_000,
  },
  mailboxes: MAILBOX_DEFAULTS,
};

/** What a coturn beside the relay is set to; the relay itself has no use for it. */
export interface CoturnSettings {
  /** Its addresses on the internet, where it stands behind a NAT: `PUBLIC` or `PUBLIC/PRIVATE`. */
  externalAddresses: readonly string[];
  /** Addresses, or ranges `FROM-TO`, that it leads to although they are private. */
  allowedPeers: readonly string[];
  /** UDP ports that allocations get. */
  ports: { min: number; max: number };
  /** Files with its certificate and key, as coturn finds them. */
  tls: { certFile: string; keyFile: string } | null;
}

/** Settings that would start no relay, or one that is less safe than it looks. */
export class RelaySettingsError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'RelaySettingsError';
    this.problems = problems;
  }
}
