import type { SessionInfo } from '../../../shared/contract/sessions';
import { isTurnUrl } from '../../../shared/settings/iceServers';
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
  const servers = own.length > 0 ? own : given;
  return { remoteAddress: address, iceServers: servers, mustRelay: preferences?.hideAddress === true };
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
