import { z } from 'zod';
import { formatLanAddress, isPrivateHost, isPublicHost, type LanAddress } from '../address';
import { RELAY_SOCKET_PATH } from './relay';

/** Longest address of a relay, in characters. */
const MAX_RELAY_URL = 255;

/**
 * Where a relay is: `https://` (or `http://`) host, port and base path, without a slash at the end; no user, query or fragment.
 * Texts that name one in another way are brought into this form by `parseRelayUrl`.
 */
export const RelayUrl = z
  .string()
  .max(MAX_RELAY_URL)
  .refine((text) => parseRelayUrl(text) === text);
export type RelayUrl = z.infer<typeof RelayUrl>;

/**
 * Reads the address of a relay as people write it. A bare host means `https`, and `http` where no certificate can be had for it: an
 * address of a local network, or this machine. `null` where it is none.
 */
export function parseRelayUrl(text: string): string | null {
  const trimmed = text.trim();
  // Browsers take a host with spaces, and escape them.
  if (trimmed.length > MAX_RELAY_URL || /\s/.test(trimmed)) return null;
  let url: URL;
  try {
    const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed);
    url = new URL(hasScheme ? trimmed : `https://${trimmed}`);
    if (!hasScheme && isLocal(url.hostname)) url = new URL(`http://${trimmed}`);
  } catch {
    return null;
  }
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || !isPlain || url.hostname === '') return null;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function isLocal(hostname: string): boolean {
  return hostname === 'localhost' || isPrivateHost(hostname.replace(/^\[|\]$/g, ''));
}

/** The address of a relay without TLS on a local network. @returns `null` where the host is none */
export function lanRelayUrl(address: LanAddress): string | null {
  return parseRelayUrl(`http://${formatLanAddress(address)}`);
}

/** A relay as people call it: its address without `https:`. @param relayUrl a `RelayUrl` */
export function relayName(relayUrl: string): string {
  return relayUrl.replace(/^https?:\/\//, '');
}

/** Whether a relay has no TLS, so that others on the way see that it is used. @param relayUrl a `RelayUrl` */
export function isPlainRelay(relayUrl: string): boolean {
  return relayUrl.startsWith('http:');
}

/** The address of a relay's WebSocket. @param relayUrl a `RelayUrl` */
export function relaySocketUrl(relayUrl: string): string {
  return `${relayUrl.replace(/^http/, 'ws')}${RELAY_SOCKET_PATH}`;
}

/**
 * Whether a relay has TLS and is on the internet, as far as its address tells: a name may lead anywhere.
 * @param relayUrl a `RelayUrl`
 */
export function isPublicRelay(relayUrl: string): boolean {
  const { hostname, protocol } = new URL(relayUrl);
  return protocol === 'https:' && isPublicHost(hostname);
}
