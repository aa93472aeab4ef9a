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
