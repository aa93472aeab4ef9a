import type { EngineMessage, ManifestEntry, TransferMessage } from '../../shared/protocol/transfer';
import type { SendingJournal } from '../../shared/transfer/ports';
import type { RestoredSending } from '../../shared/transfer/sending/Sender';
import type { SendScheduler } from '../../shared/transfer/sending/SendScheduler';
import type { FileThread } from '../../main/node/files/FileThread';
import type { EntryOrigin } from '../../main/node/files/SourceFiles';
import type { LanAccess } from '../../main/node/lanes/LanLaneConnector';
import type { PageReads } from './lanes/PageReads';
import type { TransferRecord } from './TransferRecord';

export interface PeerTransfersOptions {
  deviceId: string;
  peerName: () => string;
  /** Hands a message to the page, for the peer. */
  send: (message: EngineMessage) => void;
  /** `null` where there are to be no LAN lanes. */
  lan: LanAccess | null;
  pageReads: PageReads;
  /** A transfer began. */
  onRecord: (record: TransferRecord) => void;
  onChange: (record: TransferRecord) => void;
  /** A source of an outgoing transfer is not as it was offered; `false` where the transfer can't go on without it. */
  onSourceLost: (record: TransferRecord) => boolean;
  /** An offer that nobody answered is gone with its session. */
  onVoid: (record: TransferRecord) => void;
  /** What to tell the peer of a transfer that is not under way here: how it ended, as far as that is known. */
  lastWords: (transferId: string, message: TransferMessage) => TransferMessage[];
  /** Where blocks of all transfers wait for their turn. */
  scheduler: SendScheduler;
  /** Reads small files; `null` where there is none. */
  fileThread: FileThread | null;
  now: () => number;
}

/** What an outgoing transfer is made of. */
export interface Outgoing {
  record: TransferRecord;
  entries: readonly ManifestEntry[];
  origins: readonly EntryOrigin[];
  streamNo: number;
  journal?: SendingJournal;
  restored?: RestoredSending;
}
