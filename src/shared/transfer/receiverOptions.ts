import type { ManifestEntry } from '../protocol/transfer';
import type { ReceiptJournal, SendMessage, Sha256, SinkPort } from './ports';
import type { RecoveredReceipt } from './Receipt';

export interface ReceiverOptions {
  transferId: string;
  /** The manifest, names checked. */
  entries: readonly ManifestEntry[];
  send: SendMessage;
  sha256: Sha256;
  onChange: () => void;
  /** In place of `CREDIT_WINDOW_BYTES`, for tests. */
  creditWindowBytes?: number;
}

/** What an earlier run of this process had accepted. */
export interface RestoredReceipt {
  sink: SinkPort;
  journal: ReceiptJournal;
  isHeld: boolean;
  /** Looks at what is on disk, once, before anything is claimed. */
  recover: () => Promise<RecoveredReceipt>;
}
