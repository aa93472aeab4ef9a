import type { SessionInfo } from '../../../shared/contract/sessions';
import { iceServerProblem, isPrivateStunUrl, isTurnUrl } from '../../../shared/settings/iceServers';
import type { Settings } from '../../../shared/settings/settings';

/** What a person has chosen about the way to peers. */
export type LinkPreferences = Pick<Settings, 'hideAddress' | 'iceServers'>;

/** How a peer is to be reached, as the session's route tells it and the person's settings allow. */
export interface LinkWay {
  /** The peer's address as its route tells it; `null` where something stands between. */
  readonly remoteAddress: string | null;
  /** Servers that may be asked; none on a LAN. */
  readonly iceServers: readonly RTCIceServer[];
  /** Everything goes through a TURN server, and the peer learns no other address. */
  readonly mustRelay: boolean;
}

/**
 * The way of a route. On a LAN no server is asked, and there is nothing to hide: the peer has the address that it was dialed from.
 * By a relay its servers are, or the person's own in their place. STUN servers with a private address are asked in any case, as none
 * outside can take their place: only they see where two machines of one network reach each other. Where a relay names nothing else,
 * it is for its network alone, and the person's own servers are asked only to hide the address behind one.
 */
export function linkWayOf(route: SessionInfo['route'] | null, preferences: LinkPreferences | null): LinkWay {
  const { kind = 'lan', address = null, iceServers = [] } = route ?? {};
  if (kind === 'lan') return { remoteAddress: address, iceServers: [], mustRelay: false };
  const own = (preferences?.iceServers ?? []).map(({ url, username, credential }) => ({
    urls: [url],
    ...(isTurnUrl(url) ? { username, credential } : {}),
  }));
  const given = iceServers.map(({ urls, username, credential }) => ({
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  }));
  const mustRelay = preferences?.hideAddress === true;
  return { remoteAddress: address, iceServers: chosenServers(given, own, mustRelay), mustRelay };
}

function chosenServers(
  given: readonly (RTCIceServer & { urls: readonly string[] })[],
  own: readonly RTCIceServer[],
  mustRelay: boolean,
): readonly RTCIceServer[] {
  const urls = given.flatMap((server) => server.urls);
  const near = urls.filter(isPrivateStunUrl);
  const isOfOwnNetwork = near.length > 0 && near.length === urls.length;
  if (own.length === 0 || (isOfOwnNetwork && !mustRelay)) return given;
  return near.length === 0 ? own : [{ urls: near }, ...own];
}

/** Whether no link can come about on a way: it has to lead through a TURN server, and there is none. */
export function isBlocked({ mustRelay, iceServers }: LinkWay): boolean {
  return mustRelay && !iceServers.some(({ urls }) => [urls].flat().some(isTurnUrl));
}

/** Most bytes of a name that browsers take for a TURN server's user (RFC 8489 §14.3). */
const MAX_USERNAME_BYTES = 508;

/**
 * A way as browsers take it. Servers come from a relay, which may say anything: one that the browser refuses would keep
 * the whole connection from being made, so those are left out. They are told by their words alone, as to try one costs a connection, of
 * which a page has few.
 */
export function connectionSettings({
  iceServers,
  mustRelay,
}: LinkWay): Pick<RTCConfiguration, 'iceServers' | 'iceTransportPolicy'> {
  return { iceServers: iceServers.flatMap(accepted), iceTransportPolicy: mustRelay ? 'relay' : 'all' };
}

/** A server with the URLs that browsers take; nothing where there are none. */
function accepted(server: RTCIceServer): RTCIceServer[] {
  const { username = '', credential = '' } = server;
  if (new TextEncoder().encode(username).length > MAX_USERNAME_BYTES) return [];
  const urls = [server.urls].flat().filter((url) => iceServerProblem({ url, username, credential }) === null);
  return urls.length === 0 ? [] : [{ ...server, urls }];
}
