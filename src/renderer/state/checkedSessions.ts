import { isUp } from './uiState';
import type { SessionView } from './views';

/** The sessions whose way can be looked at: those that are up, and the one that somebody asked about though it is over. */
export function checkedSessions(
  sessions: readonly SessionView[],
  sessionId: string | null,
): readonly SessionView[] {
  return sessions.filter((session) => isUp(session) || session.sessionId === sessionId);
}
