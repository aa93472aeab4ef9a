import type { SendingJournal } from '../../../shared/transfer/ports';
import type { TransferJournal } from '../journal/TransferStore';

/** What a sender notes, on its way to the journal. */
export function sendingJournalOf(journal: TransferJournal): SendingJournal {
  return {
    accepted: () => journal.note({ type: 'accepted' }),
    block: (file, block, digest) => journal.note({ type: 'block', file, block, digest }),
  };
}
