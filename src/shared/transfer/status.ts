import type { Failure } from '../errors';

/** How a transfer ended. */
export type TransferEnd =
  | { phase: 'done' }
  | { phase: 'declined'; failure: Failure }
  | { phase: 'cancelled'; by: 'me' | 'peer' }
  | { phase: 'failed'; failure: Failure };

/**
 * Where one side of a transfer stands. `asked`: the receiver's person has not answered. `waiting`: for the peer.
 * `paused`: by a person, or by what `failure` names, such as a disk that is full.
 */
export type TransferState =
  | { phase: 'asked' }
  | { phase: 'active' }
  | { phase: 'waiting' }
  | { phase: 'paused'; by: 'me' | 'peer'; failure: Failure | null }
  | TransferEnd;

const OVER: ReadonlySet<string> = new Set<TransferEnd['phase']>(['done', 'declined', 'cancelled', 'failed']);

/** Whether nothing more will happen. */
export function isOver(state: TransferState): state is TransferEnd {
  return isOverPhase(state.phase);
}

/** The same of a phase that a page shows, of which there are more. */
export function isOverPhase(phase: string): boolean {
  return OVER.has(phase);
}
