import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { bareAddress } from '../../shared/address';

/** Longest `X-Forwarded-For` that is read, in characters: ten proxies have under 500. */
const MAX_HEADER_LENGTH = 2_048;

/**
 * Whose request this is. Behind proxies, the nearest of them wrote the last entry of `X-Forwarded-For`, the one before it
 * the entry before that: counting from the end, nothing that the client wrote itself is believed.
 * @param trustedProxies how many there are
 * @returns the address, IPv4 unwrapped, or the proxy's own where it did not say
 */
export function clientAddress(request: IncomingMessage, trustedProxies: number): string {
  const nearest = bareAddress(request.socket.remoteAddress);
  if (trustedProxies === 0) return nearest;
  return forwardedAddresses(request).at(-trustedProxies) ?? nearest;
}

/** The entries of `X-Forwarded-For`, the nearest proxy's last; `null` for one that is no address. None of a header that is too long. */
export function forwardedAddresses({ headers }: IncomingMessage): (string | null)[] {
  const header = [headers['x-forwarded-for'] ?? []].flat().join(',');
  if (header === '' || header.length > MAX_HEADER_LENGTH) return [];
  return header.split(',').map((entry) => forwardedAddress(entry.trim()));
}

/** Some proxies add a port, and brackets around IPv6. */
function forwardedAddress(entry: string): string | null {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(entry)?.[1] ?? /^([\d.]+):\d+$/.exec(entry)?.[1] ?? entry;
  const address = bareAddress(bare);
  return isIP(address) === 0 ? null : address;
}
