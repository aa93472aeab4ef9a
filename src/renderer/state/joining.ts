import { type Failure, failureOf } from '../../shared/errors';
import type { Coming, Core } from '../core/types';

/** What a person has put into the field that takes whatever leads to somebody, and what comes of it. */
export interface Joining {
  text: string;
  /** An invite that is being come by, or that could not be; an address is tried in a session of its own. */
  attempt: { kind: 'none' } | { kind: 'coming' } | { kind: 'failed'; failure: Failure };
}

export const NOT_JOINING: Joining = { text: '', attempt: { kind: 'none' } };

/** Fills that field, and comes by the invite in it. */
export interface Joiner {
  /** Puts a text into the field; what came of the one before is no longer said. */
  typeJoin(text: string): void;
  /** Comes by an invite, with it in the field; the session comes into view, unless the person is in another one by then. */
  comeBy(invite: string): void;
  /** Takes that back; the text stays. */
  stopComing(): void;
}

/**
 * Makes the one that comes by invites, one at a time.
 * @param change puts something else into the field
 * @param onCome has the session looked at
 */
export function createJoiner(
  core: Pick<Core, 'comeBy'>,
  change: (joining: Partial<Joining>) => void,
  onCome: (sessionId: string) => void,
): Joiner {
  let current: Coming | null = null;
  const stop = () => {
    const stopped = current;
    current = null;
    stopped?.cancel();
  };
  return {
    typeJoin: (text) => {
      stop();
      change({ text, attempt: { kind: 'none' } });
    },
    stopComing: () => {
      stop();
      change({ attempt: { kind: 'none' } });
    },
    comeBy: (invite) => {
      stop();
      const coming = core.comeBy(invite);
      current = coming;
      change({ text: invite, attempt: { kind: 'coming' } });
      coming.outcome.then(
        () => {
          if (current !== coming) return;
          current = null;
          change(NOT_JOINING);
          onCome(coming.sessionId);
        },
        (error: unknown) => {
          if (current !== coming) return;
          current = null;
          change({ attempt: { kind: 'failed', failure: failureOf(error) } });
        },
      );
    },
  };
}
