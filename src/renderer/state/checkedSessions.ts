import { isUp } from './uiState';
import type { SessionView } from './views';

/** The sessions whose way can be looked at: those that have one or are making it, and the one that somebody asked about though it is over. */
export function checkedSessions(
  sessions: readonly SessionView[],
  sessionId: string | null,
): readonly SessionView[] {
  return sessions.filter((session) => hasWay(session) || session.sessionId === sessionId);
}

/** Whether there is a way, or one is being looked for. */
export function hasWay(session: SessionView): boolean {
  return isUp(session) || session.state.phase === 'connecting';
}
