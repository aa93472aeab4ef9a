import { hasOwnView, type SessionView } from '../../state/views';

/** Whether a session has a card on Home: one that can be looked at, and a request that waits for an answer. */
export function isOnCard(session: SessionView): boolean {
  return hasOwnView(session) || session.state.phase === 'asked';
}
