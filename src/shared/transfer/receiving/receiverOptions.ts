import type { ManifestEntry } from '../../protocol/transfer';
import type { ReceiveJournal, SendMessage, Sha256, SinkPort } from '../ports';
import type { RecoveredProgress } from './ReceiveProgress';

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
  journal: ReceiveJournal;
  isHeld: boolean;
  /** Looks at what is on disk, once, before anything is claimed. */
  recover: () => Promise<RecoveredProgress>;
}
