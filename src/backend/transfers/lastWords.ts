import type { TransferMessage } from '../../shared/protocol/transfer';
import type { HistoryEntry } from './history/History';

/**
 * What tells a peer that believes a transfer to be unfinished how it ended. A sender that has restarted believes `done` only
 * of a receiver that has told it what it has.
 * @param lastWord what had ended it
 * @param entryCount entries of its manifest
 * @param message what the peer said
 */
export function wordsOfEnd(
  lastWord: TransferMessage,
  entryCount: number,
  message: TransferMessage,
): TransferMessage[] {
  if (lastWord.type !== 'done') return [lastWord];
  const { transferId } = lastWord;
  const round = message.type === 'ready' ? { round: message.round } : {};
  return [
    { type: 'resume', transferId, completeBefore: entryCount, partial: [], creditBytes: 0, ...round },
    lastWord,
  ];
}

/** The same for a transfer that only the history knows, or nobody: that one is `cancel`. */
export function wordsOfHistory(
  transferId: string,
  entry: HistoryEntry | null,
  message: TransferMessage,
): TransferMessage[] {
  const isOffer = message.type === 'offer';
  if (!entry && isOffer) return [];
  if (!isOffer && message.type !== 'ready' && message.type !== 'resume' && message.type !== 'pause')
    return [];
  const { direction, phase, failure } = entry?.view ?? { direction: null, phase: 'cancelled', failure: null };
  if (direction === 'receive' && phase === 'done')
    return wordsOfEnd({ type: 'done', transferId }, entry?.entryCount ?? 0, message);
  if (phase === 'failed' && failure) return [{ type: 'fail', transferId, failure }];
  if (phase === 'declined' && failure) return [{ type: 'decline', transferId, failure }];
  return [{ type: 'cancel', transferId }];
}
