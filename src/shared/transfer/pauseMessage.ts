import type { Failure } from '../errors';
import type { Unaddressed } from '../protocol/transfer';

/** Tells the other side that this one holds the transfer, and for what. */
export function pauseMessage(failure: Failure | null): Unaddressed {
  return failure ? { type: 'pause', failure } : { type: 'pause' };
}
