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
