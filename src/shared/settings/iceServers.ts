import { z } from 'zod';
import { isPrivateHost } from '../address';

/** STUN and TURN servers of a person's own that are kept; browsers ask all of them, and warn from five on. */
export const MAX_ICE_SERVERS = 4;

const HOST = String.raw`(?:[a-z0-9](?:[a-z0-9-]{0,62})(?:\.[a-z0-9-]{1,63})*\.?|\[[0-9a-f:.]{2,45}\])`;
const PORT = String.raw`(?::(?<port>\d{1,5}))?`;
const STUN = new RegExp(`^stun:${HOST}${PORT}$`, 'i');
const TURN = new RegExp(String.raw`^turns?:${HOST}${PORT}(?:\?transport=(?:udp|tcp))?$`, 'i');

/** Why a STUN or TURN server can't be used, or `null`: `url` (RFC 7064, RFC 7065), or `credentials`, which TURN needs. */
export function iceServerProblem({
  url,
  username,
  credential,
}: {
  url: string;
  username: string;
  credential: string;
}): 'url' | 'credentials' | null {
  // Browsers take a query in lower case alone.
  const [, query = ''] = url.split('?', 2);
  const parts = query === query.toLowerCase() ? (STUN.exec(url) ?? TURN.exec(url)) : null;
  const port = parts?.groups?.['port'];
  if (!parts || url.length > 255 || (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535)))
    return 'url';
  return isTurnUrl(url) && (username === '' || credential === '') ? 'credentials' : null;
}

/** Whether an address is that of a TURN server, which passes data on. */
export function isTurnUrl(url: string): boolean {
  return /^turns?:/i.test(url);
}

/**
 * Whether a STUN or TURN server is at an address that the internet does not reach (RFC 7064 §3, RFC 7065 §3). One with a name is taken for
 * one that it does.
 */
export function isPrivateIceUrl(url: string): boolean {
  const host = /^(?:stun|turn)s?:(?:\[([^\]]+)\]|([\d.]+)(?=[:?]|$))/i.exec(url);
  return host !== null && isPrivateHost(host[1] ?? host[2] ?? '');
}

/** The same of a STUN server alone; browsers have none over TLS. */
export function isPrivateStunUrl(url: string): boolean {
  return /^stun:/i.test(url) && isPrivateIceUrl(url);
}

/** A STUN or TURN server that a person has entered; one without a user has empty texts. */
export const OwnIceServer = z
  .object({ url: z.string().max(255), username: z.string().max(512), credential: z.string().max(512) })
  .refine((server) => iceServerProblem(server) === null);
export type OwnIceServer = z.infer<typeof OwnIceServer>;
