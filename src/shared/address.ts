/** Where a listener on a network is. `host` is a name, an IPv4 or an IPv6 address without brackets, perhaps with a zone. */
export interface LanAddress {
  host: string;
  /** 1 to 65535. */
  port: number;
}

/** `host:port` with brackets where IPv6 needs them, and without the zone, which means nothing elsewhere. */
export function formatLanAddress({ host, port }: LanAddress): string {
  // Of all hosts only an IPv6 address has a colon.
  return host.includes(':') ? `[${withoutZone(host)}]:${port}` : `${host}:${port}`;
}

/** The address of a socket's other end as people write it: IPv4 unwrapped from IPv6, no zone; empty where there is none. */
export function bareAddress(address: string | undefined): string {
  const bare = withoutZone(address ?? '');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  return mapped ?? bare;
}

/** An address without the zone of a link-local one, the part behind `%`. */
function withoutZone(address: string): string {
  return address.split('%', 1)[0] ?? '';
}

// RFC 1122 (loopback), 1918 (private) and 3927 (link-local); of IPv6 RFC 4193 (unique local) and 4291 (link-local, loopback).
const PRIVATE_V4 = /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./;
const PRIVATE_V6 = /^(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):|^::1$/i;

/** Whether a host is an address that the internet does not reach. A name is none, whatever it leads to. @param host without brackets */
export function isPrivateHost(host: string): boolean {
  return /^\d+(?:\.\d+){3}$/.test(host) ? PRIVATE_V4.test(host) : PRIVATE_V6.test(host);
}

// What else is not for the internet: RFC 6890 (0/8, 192.0.0/24), 6598 (shared), 2544 (benchmarks), multicast and what is reserved.
const SPECIAL_V4 = /^(?:0|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])|192\.0\.0|198\.1[89]|22[4-9]|2[345]\d)\./;
/** Names without a dot, and those of RFC 6762, 6761, 8375 and ICANN's `internal` and what routers use, mean something in one network alone. */
const NEAR_NAME = /^[^.]*$|\.(?:local|localhost|home\.arpa|internal|lan|home|test|invalid)$/i;

/**
 * Whether a host of a URL may be one of the internet: a public address, or a name that does not belong to one network. Where a name leads
 * is not known here.
 * @param hostname as `URL` has it, with brackets around IPv6
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/\.$/, '');
  // Of IPv6 the internet has 2000::/3 (RFC 4291), where 6to4 leads to an address of IPv4 (RFC 3056).
  if (host.startsWith('[')) return /^\[[23][0-9a-f]{3}:/i.test(host) && !host.startsWith('[2002:');
  if (/^\d+(?:\.\d+){3}$/.test(host)) return !isPrivateHost(host) && !SPECIAL_V4.test(host);
  return !NEAR_NAME.test(host);
}
