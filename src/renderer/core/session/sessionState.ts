import type { EndReason } from '../../../shared/signaling/endReason';

/** Who ended a session: this person, the other one, or neither (the network, a limit, a version). */
export type EndedBy = 'me' | 'peer' | 'none';

/**
 * Where a session stands.
 * - `dialing`: our backend is reaching theirs
 * - `asking`: theirs has it; the person there has not answered
 * - `asked`: the person here has not answered
 * - `connecting`: accepted, the first peer link is being built
 * - `connected`
 * - `reconnecting`: the link broke; `sinceMs` on the session's clock
 * - `ended`
 */
export type SessionState =
  | { phase: 'dialing' }
  | { phase: 'asking' }
  | { phase: 'asked' }
  | { phase: 'connecting' }
  | { phase: 'connected' }
  | { phase: 'reconnecting'; sinceMs: number }
  | { phase: 'ended'; reason: EndReason; by: EndedBy };

/** What can happen to a session. */
export type SessionEvent =
  | { type: 'welcomed' }
  | { type: 'accepted' }
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
      return state.phase === 'asking' || state.phase === 'asked' ? { phase: 'connecting' } : state;
    case 'linked':
      return state.phase === 'connecting' || state.phase === 'reconnecting' ? { phase: 'connected' } : state;
    case 'linkLost':
      return state.phase === 'connected' ? { phase: 'reconnecting', sinceMs: event.nowMs } : state;
    case 'ended':
      return { phase: 'ended', reason: event.reason, by: event.by };
  }
}
