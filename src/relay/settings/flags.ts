import { DEFAULT_SETTINGS } from './RelaySettings';

const { limits, mailboxes } = DEFAULT_SETTINGS;
const text = (value: number): string => value.toLocaleString('en');

/** What the variable of a flag begins with: `--base-path` is `HITHER_RELAY_BASE_PATH`. */
export const ENV_PREFIX = 'HITHER_RELAY_';

export interface Flag {
  /** What stands for its value in the help, or `null` for a flag without one. */
  value: string | null;
  help: string;
  /** May be given several times; its variable has the values with spaces between them. */
  isList?: true;
}

/** Every flag, in the order of the help. */
export const flags = {
  port: { value: 'N', help: `port to listen on, 0 for any free one (${DEFAULT_SETTINGS.port})` },
  host: { value: 'ADDRESS', help: 'address to listen on (:: which is every one, of IPv4 too)' },
  'base-path': { value: '/PATH', help: 'path in front of everything, where a proxy passes it on (none)' },
  'trust-proxy': { value: 'N', help: 'proxies in front whose X-Forwarded-For is believed (0)' },
  'tls-cert': { value: 'FILE', help: 'certificate chain, PEM; with --tls-key' },
  'tls-key': { value: 'FILE', help: 'private key, PEM' },
  'public-url': { value: 'URL', help: 'where clients reach the relay, https:// or, on a LAN, http://' },
  'stun-url': {
    value: 'URL',
    help: 'stun: server that members are told; several times for more',
    isList: true,
  },
  'turn-url': { value: 'URL', help: 'turn: or turns: server that members are told', isList: true },
  'turn-secret': { value: 'SECRET', help: 'static-auth-secret of the TURN servers; better by its variable' },
  'turn-ttl': { value: 'SECONDS', help: 'how long TURN credentials are good (900)' },
  'turn-external-ip': {
    value: 'ADDRESS',
    help: 'for coturn: its address on the internet behind a NAT, PUBLIC or PUBLIC/PRIVATE',
    isList: true,
  },
  'turn-allowed-peer': {
    value: 'RANGE',
    help: 'for coturn: FROM-TO that it leads to although it is private',
    isList: true,
  },
  'turn-ports': { value: 'FROM-TO', help: 'for coturn: UDP ports of allocations (49160-49759)' },
  'turn-cert': { value: 'FILE', help: 'for coturn: its certificate, where there is a turns: address' },
  'turn-key': { value: 'FILE', help: 'for coturn: its key' },
  'redis-url': { value: 'URL', help: 'redis:// or rediss:// that several relays share (none: memory)' },
  'redis-prefix': { value: 'TEXT', help: 'in front of every key and channel (hither-relay:)' },
  'metrics-token': { value: 'TOKEN', help: 'bearer token for /metrics from other than private addresses' },
  'max-members': { value: 'N', help: `sockets at a time (${text(limits.maxMembers)})` },
  'max-members-per-address': {
    value: 'N',
    help: `sockets of one address or /64 network (${limits.maxMembersPerAddress})`,
  },
  'nameplates-per-minute': {
    value: 'N',
    help: `claims and new nameplates of one address (${limits.nameplatesPerMinute})`,
  },
  'max-frame-bytes': { value: 'N', help: `largest frame (${text(limits.frameBytes)})` },
  'frames-per-second': { value: 'N', help: `frames of one member (${limits.framesPerSecond})` },
  'bytes-per-second': { value: 'N', help: `bytes of one member (${text(limits.bytesPerSecond)})` },
  'waiting-frames': { value: 'N', help: `frames kept for one member (${mailboxes.waitingFrames})` },
  'waiting-bytes': { value: 'N', help: `bytes kept for one member (${text(mailboxes.waitingBytes)})` },
  'waiting-megabytes': { value: 'N', help: 'bytes kept in all, in MiB, without Redis (256)' },
  'waiting-megabytes-per-address': {
    value: 'N',
    help: 'bytes kept from one address or /64 network, in MiB (16)',
  },
  'away-seconds': { value: 'N', help: 'how long a place is kept for who is away (120)' },
  'nameplate-seconds': { value: 'N', help: 'how long a nameplate leads somewhere (600)' },
  'drain-seconds': { value: 'N', help: 'how long members have to move at SIGTERM (10)' },
  'log-level': { value: 'LEVEL', help: 'debug, info, warn or error (info)' },
  help: { value: null, help: 'show this list' },
} satisfies Record<string, Flag>;
export type FlagName = keyof typeof flags;

/** Whether there is a flag of this name. */
export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flags, name);
}

/** The variable that stands for a flag. */
export function variableOf(name: string): string {
  return ENV_PREFIX + name.replaceAll('-', '_').toUpperCase();
}

/** What `--help` prints. */
export function helpText(): string {
  const rows = Object.entries<Flag>(flags).map(([name, { value, help }]) => [
    `  --${name}${value === null ? '' : ` ${value}`}`,
    help,
  ]);
  const width = Math.max(...rows.map(([left = '']) => left.length)) + 2;
  return [
    'Usage: npm run relay -- [flags]            runs the relay; or: node out/relay/index.js [flags]',
    '       npm run relay -- coturn [flags]     prints the configuration of a coturn for the same settings',
    '       npm run relay -- doctor [flags]     looks at the relay of the same settings from outside, and says what is wrong',
    '',
    ...rows.map(([left = '', help = '']) => left.padEnd(width) + help),
    '',
    `Each has a variable as well, such as ${variableOf('turn-secret')}; a flag goes before it.`,
    'Secrets belong in variables: everybody on the machine can read the flags of a process.',
  ].join('\n');
}
