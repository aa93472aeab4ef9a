import type { SessionInfo } from '../../../shared/contract/contract';
import type { EndReason } from '../../../shared/protocol/endReason';
import { RECONNECT_WINDOW_MS } from '../../../shared/protocol/lan';

/** How long two people may take to compare the code, in ms. */
const VERIFY_TIMEOUT_MS = 5 * 60_000;

/** Who ended a session: this person, the other one, or neither (the network, a limit, a version). */
export type EndedBy = 'me' | 'peer' | 'none';

/**
 * Where a session stands.
 * - `dialing`: our backend is reaching theirs
 * - `asking`: theirs has it; the person there has not answered
 * - `asked`: the person here has not answered
 * - `verifying`: accepted; one of the two people (or both) has still to compare the code. Nothing goes to the peer
 * - `connecting`: both have verified, the first peer link is being built
 * - `connected`
 * - `reconnecting`: the link broke; `sinceMs` on the session's clock
 * - `ended`
 */
export type SessionState =
  | { phase: 'dialing' }
  | { phase: 'asking' }
  | { phase: 'asked' }
  | { phase: 'verifying' }
  | { phase: 'connecting' }
  | { phase: 'connected' }
  | { phase: 'reconnecting'; sinceMs: number }
  | { phase: 'ended'; reason: EndReason; by: EndedBy };

/** What can happen to a session. */
export type SessionEvent =
  | { type: 'welcomed' }
  | { type: 'accepted' }
  /** Both sides have verified. */
  | { type: 'verified' }
  | { type: 'linked' }
  | { type: 'linkLost'; nowMs: number }
  | { type: 'ended'; reason: EndReason; by: EndedBy };

/**
 * The next state, or the same object where the event means nothing in this state (late answers, repeated losses).
 * Pure: timers and sockets live in `Session`.
 */
export function nextSessionState(state: SessionState, event: SessionEvent): SessionState {
  if (state.phase === 'ended') return state;
  switch (event.type) {
    case 'welcomed':
      return state.phase === 'dialing' ? { phase: 'asking' } : state;
    case 'accepted':
      return state.phase === 'asking' || state.phase === 'asked' ? { phase: 'verifying' } : state;
    case 'verified':
      return state.phase === 'verifying' ? { phase: 'connecting' } : state;
    case 'linked':
      return state.phase === 'connecting' || state.phase === 'reconnecting' ? { phase: 'connected' } : state;
    case 'linkLost':
      return state.phase === 'connected' ? { phase: 'reconnecting', sinceMs: event.nowMs } : state;
    case 'ended':
      return { phase: 'ended', reason: event.reason, by: event.by };
  }
}

/** How long a state may last, and how the session ends after it; `null` where the page sets no limit. */
export function limitOf({ phase }: SessionState): { ms: number; reason: EndReason } | null {
  switch (phase) {
    case 'verifying':
      return { ms: VERIFY_TIMEOUT_MS, reason: 'timed-out' };
    case 'connecting':
      return { ms: RECONNECT_WINDOW_MS, reason: 'no-path' };
    case 'reconnecting':
      return { ms: RECONNECT_WINDOW_MS, reason: 'lost' };
    default:
      return null;
  }
}

/** Where a session stands that only the backend knows of: one that came in, or one of before a reload. */
export function stateOf(signaling: SessionInfo, nowMs: number): SessionState {
  const { role, isAccepted, isVerified, isPeerVerified } = signaling;
  if (!isAccepted) return { phase: role === 'dialer' ? 'asking' : 'asked' };
  return isVerified && isPeerVerified ? { phase: 'reconnecting', sinceMs: nowMs } : { phase: 'verifying' };
}
