import type { SessionInfo } from '../../../shared/contract/sessions';
import { isPrivateIceUrl } from '../../../shared/settings/iceServers';

/**
 * Whether a session leads beyond this network. One by the relay that an app runs for its network has the route of a relay, and does
 * not: all servers that it is told of are in that network.
 */
export function isBeyondLan({
  kind,
  iceServers,
}: Pick<SessionInfo['route'], 'kind' | 'iceServers'>): boolean {
  const urls = iceServers.flatMap((each) => each.urls);
  return kind === 'relay' && (urls.length === 0 || !urls.every(isPrivateIceUrl));
}
