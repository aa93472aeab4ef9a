import type { SessionInfo } from '../../../shared/contract/sessions';
import { isPrivateHost } from '../../../shared/address';

/**
 * Whether a session leads beyond this network. One by the relay that an app runs for its network has the route of a relay, and does
 * not: all servers that it is told of are in that network.
 */
export function isBeyondLan({
  kind,
  iceServers,
}: Pick<SessionInfo['route'], 'kind' | 'iceServers'>): boolean {
  const urls = iceServers.flatMap((each) => each.urls);
  return kind === 'relay' && (urls.length === 0 || !urls.every(isNearServer));
}

/** Whether a STUN or TURN server is at an address that the internet does not reach. One with a name is taken for one that it does. */
export function isNearServer(url: string): boolean {
  return isPrivateHost(hostOf(url));
}

/** The IP address of a STUN or TURN server, without brackets (RFC 7064 §3, RFC 7065 §3); empty where it has a name. */
function hostOf(url: string): string {
  return /^(?:stun|turn)s?:(?:\[([^\]]*)\]|([\d.]+)(?=[:?]|$))/i.exec(url)?.slice(1).join('') ?? '';
}
