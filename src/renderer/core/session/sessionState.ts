import type { EndedBy, SessionInfo } from '../../../shared/contract/sessions';
import type { EndReason } from '../../../shared/protocol/endReason';

/**
 * How the peer link of a session stands.
 * - `building`: the first one is being made
 * - `up`
 * - `lost`: it broke a moment ago and is being made anew
 * - `none`: there is none, and none is to be expected soon: no path was found, or the peer has no page. Texts and files go on
 */
export type LinkStatus = 'building' | 'up' | 'lost' | 'none';

/**
 * Where a session stands, as a person sees it: what the backend says, and how the peer link stands.
 * - `dialing`: our backend is reaching theirs
 * - `asking`: theirs has it; the person there has not answered
 * - `asked`: the person here has not answered
 * - `verifying`: accepted; one of the two people (or both) has still to compare the code. Nothing goes to the peer
 * - `connecting`: both have verified, the first peer link is being built
 * - `connected`
 * - `reconnecting`: the peer link or every carrier broke, and both come back by themselves
 * - `ended`
 */
export type SessionState =
  | { phase: 'dialing' | 'asking' | 'asked' | 'verifying' | 'connecting' | 'connected' | 'reconnecting' }
  | { phase: 'ended'; reason: EndReason; by: EndedBy };

/**
 * The state of a session that has not ended. Pure.
 * @param info what the backend says last; `null` while it dials
 */
export function stateOf(info: Pick<SessionInfo, 'phase' | 'proof'> | null, link: LinkStatus): SessionState {
  if (info === null) return { phase: 'dialing' };
  // There is no code to compare: the other side is only about to say so.
  if (info.phase === 'verifying' && info.proof !== 'code') return { phase: 'connecting' };
  if (info.phase !== 'connected') return { phase: info.phase };
  switch (link) {
    case 'building':
      return { phase: 'connecting' };
    case 'lost':
      return { phase: 'reconnecting' };
    case 'up':
    case 'none':
      return { phase: 'connected' };
  }
}
