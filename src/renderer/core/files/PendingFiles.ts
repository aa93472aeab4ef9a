import type { SessionState } from '../session/sessionState';
import type { LocalItem } from '../types';

/** Files that were dropped on a device, and wait for the session in which they can be offered. */
export class PendingFiles {
  readonly #bySession = new Map<string, LocalItem[]>();

  add(sessionId: string, items: readonly LocalItem[]): void {
    this.#bySession.set(sessionId, [...(this.#bySession.get(sessionId) ?? []), ...items]);
  }

  /** How many files wait for each session. */
  get counts(): { sessionId: string; fileCount: number }[] {
    return [...this.#bySession].map(([sessionId, items]) => ({
      sessionId,
      fileCount: items.filter(({ kind }) => kind === 'file').length,
    }));
  }

  /**
   * What is to be offered now that the session stands so: all of it once it is connected, else nothing. What waits for
   * a session that is over is forgotten.
   * @param phase `undefined` for a session that is gone
   */
  remove(sessionId: string, phase: SessionState['phase'] | undefined): readonly LocalItem[] {
    const items = this.#bySession.get(sessionId);
    if (!items || (phase !== 'connected' && phase !== 'ended' && phase !== undefined)) return [];
    this.#bySession.delete(sessionId);
    return phase === 'connected' ? items : [];
  }
}
