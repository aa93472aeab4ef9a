import { MAX_ENTRIES_PER_MESSAGE, type Unaddressed } from '../../protocol/transfer';
import type { RestoredSending } from './senderOptions';

/** Tells the receiver, in messages that fit, which files are no longer as they were offered. */
export function* changeMessages({
  changed,
  failed,
}: Pick<RestoredSending, 'changed' | 'failed'>): Generator<Unaddressed> {
  for (let from = 0; from < changed.length; from += MAX_ENTRIES_PER_MESSAGE)
    yield { type: 'files-changed', files: changed.slice(from, from + MAX_ENTRIES_PER_MESSAGE) };
  for (let from = 0; from < failed.length; from += MAX_ENTRIES_PER_MESSAGE)
    yield { type: 'files-failed', files: failed.slice(from, from + MAX_ENTRIES_PER_MESSAGE) };
}
