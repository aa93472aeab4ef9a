import type { SessionInfo } from '../../../shared/contract/sessions';
import { isPrivateStunUrl, isTurnUrl } from '../../../shared/settings/iceServers';
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

/**
 * A way as browsers take it. Servers come from a relay, which may say anything: one that the browser refuses would keep
 * the whole connection from being made, so those are left out.
 */
export function connectionSettings({
  iceServers,
  mustRelay,
}: LinkWay): Pick<RTCConfiguration, 'iceServers' | 'iceTransportPolicy'> {
  const usable = isAccepted(iceServers)
    ? [...iceServers]
    : iceServers.filter((server) => isAccepted([server]));
  return { iceServers: usable, iceTransportPolicy: mustRelay ? 'relay' : 'all' };
}

function isAccepted(iceServers: readonly RTCIceServer[]): boolean {
  if (iceServers.length === 0) return true;
  try {
    new RTCPeerConnection({ iceServers: [...iceServers] }).close();
    return true;
  } catch {
    return false;
  }
}
