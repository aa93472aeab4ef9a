import type { SendOutcome } from '../types';
import type { SessionState } from './sessionState';

/** Something to send: does it now that the session is connected, and resolves with the id of the transfer or the text. */
type Send = () => Promise<string>;

interface Pending {
  send: Send;
  fileCount: number;
  resolve: (outcome: SendOutcome) => void;
  reject: (error: unknown) => void;
}

/** What a person sent to a device, and waits for the session in which it can go. */
export class PendingSends {
  readonly #bySession = new Map<string, Pending[]>();

  /** Resolves when it went out or its session ended first; rejects where it could not go. */
  add(sessionId: string, fileCount: number, send: Send): Promise<SendOutcome> {
    return new Promise((resolve, reject) => {
      const waiting = this.#bySession.get(sessionId) ?? [];
      this.#bySession.set(sessionId, [...waiting, { send, fileCount, resolve, reject }]);
    });
  }

  /** How many files wait for which sessions; folders that the backend reads count as one. */
  get counts(): { sessionId: string; fileCount: number }[] {
    return [...this.#bySession].map(([sessionId, waiting]) => ({
      sessionId,
      fileCount: waiting.reduce((sum, { fileCount }) => sum + fileCount, 0),
    }));
  }

  /** Takes something back that waits. @returns whether it did, and nothing else waits for the session */
  remove(sessionId: string, send: Send): boolean {
    const waiting = this.#bySession.get(sessionId) ?? [];
    const others = waiting.filter((each) => each.send !== send);
    if (others.length > 0) this.#bySession.set(sessionId, others);
    else this.#bySession.delete(sessionId);
    return others.length === 0 && waiting.length > 0;
  }

  /**
   * Sends what waits, now that messages get through, or gives it up with its session.
   * @param state `null` for a session that is gone
   */
  update(sessionId: string, isConnected: boolean, state: SessionState | null): void {
    const waiting = this.#bySession.get(sessionId);
    if (!waiting || !(isConnected || state === null || state.phase === 'ended')) return;
    this.#bySession.delete(sessionId);
    for (const { send, resolve, reject } of waiting) {
      if (state?.phase === 'ended') resolve({ kind: 'ended', reason: state.reason, by: state.by });
      else if (state === null) resolve({ kind: 'ended', reason: 'lost', by: 'none' });
      else send().then((sentId) => resolve({ kind: 'sent', sentId }), reject);
    }
  }
}
