import type { CoturnSettings, RelaySettings } from '../settings/RelaySettings';
import { readIceUrl } from '../turn/iceUrl';

/** Nonces that are used for longer are new ones: what was overheard is soon worth nothing. */
const STALE_NONCE_S = 600;
/** Allocations of one pair of credentials: a peer link makes one for each of its addresses and ways. */
const USER_QUOTA = 16;
const TOTAL_QUOTA = 1_200;

/**
 * Where a TURN server must lead nobody: this machine, the networks behind it, and IPv6 addresses that have such ones in them (RFC 6890).
 * Who has an allocation could otherwise reach what stands beside the server.
 */
const DENIED_PEERS = [
  ...['0.0.0.0-0.255.255.255', '10.0.0.0-10.255.255.255', '100.64.0.0-100.127.255.255'],
  ...['127.0.0.0-127.255.255.255', '169.254.0.0-169.254.255.255', '172.16.0.0-172.31.255.255'],
  ...['192.0.0.0-192.0.0.255', '192.0.2.0-192.0.2.255', '192.88.99.0-192.88.99.255'],
  ...['192.168.0.0-192.168.255.255', '198.18.0.0-198.19.255.255', '198.51.100.0-198.51.100.255'],
  ...['203.0.113.0-203.0.113.255', '224.0.0.0-255.255.255.255'],
  // Not `::`: coturn takes it for "any", as both ends of a range, and leads nobody anywhere. It never leads to that address anyway.
  ...['::1', '::ffff:0:0-::ffff:ffff:ffff', '64:ff9b::-64:ff9b::ffff:ffff'],
  ...['100::-100::ffff:ffff:ffff:ffff', '2001::-2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ...['2002::-2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'fc00::-fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
  ...['fe80::-febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'ff00::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff'],
];

/**
 * The configuration of a coturn that gives what this relay's members are told: the same secret, realm and ports, and nothing else to
 * anybody. coturn's own defaults serve everybody without a password and lead to any address.
 * @throws Error that says what is missing in the settings
 */
export function coturnConfig(settings: RelaySettings): string {
  const { turn, publicUrl, coturn } = settings;
  if (turn === null) throw new Error('coturn has nothing to do without --turn-url and --turn-secret.');
  const lines = [
    '# Made by the relay from its own settings: change them and make this anew.',
    '# It holds the secret: nobody but coturn may read it.',
    ...plainLines(portOf(turn.urls, false)),
    ...tlsLines(portOf(turn.urls, true), coturn.tls),
    ...coturn.externalAddresses.map((address) => `external-ip=${address}`),
    ...[`min-port=${coturn.ports.min}`, `max-port=${coturn.ports.max}`],
    '# Nobody without credentials of the relay, and not for longer than these are good.',
    ...['fingerprint', 'use-auth-secret', `static-auth-secret=${turn.secret}`],
    ...[`realm=${realmOf(turn.urls, publicUrl)}`, `stale-nonce=${STALE_NONCE_S}`],
    ...[`user-quota=${USER_QUOTA}`, `total-quota=${TOTAL_QUOTA}`],
    '# No other door: no console, no TCP to third machines, no multicast.',
    ...['no-cli', 'no-tcp-relay', 'no-multicast-peers', 'no-software-attribute'],
    '# Nowhere but to the internet.',
    ...DENIED_PEERS.map((range) => `denied-peer-ip=${range}`),
    ...coturn.allowedPeers.map((range) => `allowed-peer-ip=${range}`),
    '# No addresses and no names on the disk.',
    ...['no-stdout-log', 'log-file=/dev/null', 'simple-log'],
  ];
  return `${lines.join('\n')}\n`;
}

function plainLines(port: number | null): string[] {
  return port === null ? ['no-udp', 'no-tcp'] : [`listening-port=${port}`];
}

function tlsLines(port: number | null, tls: CoturnSettings['tls']): string[] {
  if (port === null) return ['no-tls', 'no-dtls'];
  if (tls === null) throw new Error('A turns: address needs --turn-cert and --turn-key.');
  const { certFile, keyFile } = tls;
  return [`tls-listening-port=${port}`, `cert=${certFile}`, `pkey=${keyFile}`, 'no-tlsv1', 'no-tlsv1_1'];
}

/** The port of the addresses with TLS, or of those without; `null` where there is none of them. */
function portOf(urls: readonly string[], isSecure: boolean): number | null {
  const servers = urls.map(readIceUrl).filter((server) => server !== null);
  const ports = new Set(
    servers.filter(({ transport }) => /tls$/.test(transport) === isSecure).map(({ port }) => port),
  );
  if (ports.size > 1)
    throw new Error(
      `One coturn listens on one port for ${isSecure ? 'turns' : 'turn'}:, not on ${[...ports].join(' and ')}.`,
    );
  const [port = null] = ports;
  return port;
}

/** What credentials are for: the host that members know. */
function realmOf([first = '']: readonly string[], publicUrl: string | null): string {
  return publicUrl === null ? (readIceUrl(first)?.host ?? '') : new URL(publicUrl).hostname;
}
