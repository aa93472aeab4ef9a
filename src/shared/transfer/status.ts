import type { Failure } from '../errors';

/** How a transfer ended. */
export type TransferEnd =
  | { phase: 'done' }
  | { phase: 'declined'; failure: Failure }
  | { phase: 'cancelled'; by: 'me' | 'peer' }
  | { phase: 'failed'; failure: Failure };

/** Where one side of a transfer stands. `asked`: the receiver's person has not answered. */
export type TransferState = { phase: 'asked' } | { phase: 'active' } | { phase: 'waiting' } | TransferEnd;

/** Whether nothing more will happen. */
export function isOver(state: TransferState): state is TransferEnd {
  return state.phase !== 'asked' && state.phase !== 'active' && state.phase !== 'waiting';
}
