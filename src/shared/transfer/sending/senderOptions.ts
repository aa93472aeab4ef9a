import type { Failure, HitherError } from '../../errors';
import type { ManifestEntry } from '../../protocol/transfer';
import type { FileChange } from '../receiving/TransferWriter';
import type { SendScheduler } from './SendScheduler';
import type { SendMessage, SendingJournal, Sha256, SourcePort } from '../ports';

/** An outgoing transfer of an earlier run of this process; its manifest has the files as they are now. */
export interface RestoredSending {
  /** The receiver had accepted it. */
  isAccepted: boolean;
  isHeld: boolean;
  /** Digests of blocks that were sent, by file. */
  digests: ReadonlyMap<number, (Uint8Array | undefined)[]>;
  /** Files that are others now, and files that are gone. */
  changed: readonly FileChange[];
  failed: readonly { file: number; failure: Failure }[];
}

export interface SenderOptions {
  transferId: string;
  /** Names this transfer in packets; unique among this side's transfers in the session. */
  streamNo: number;
  /** The manifest, names checked. */
  entries: readonly ManifestEntry[];
  sources: SourcePort;
  send: SendMessage;
  sha256: Sha256;
  /** Called after every change of state or progress. */
  onChange: () => void;
  /** Shared by all transfers of this side; without it blocks go as fast as lanes take them. */
  scheduler?: SendScheduler;
  journal?: SendingJournal;
  /**
   * A source is another one now, or can't be had. Where this returns `true`, the sender does nothing more, and another one
   * goes on with the sources as they are; without it, or for `false`, the transfer fails.
   */
  onSourceLost?: (error: HitherError) => boolean;
  restored?: RestoredSending;
  /** The receiver asks for a block once more, as it came damaged. */
  onRefetch?: () => void;
}
