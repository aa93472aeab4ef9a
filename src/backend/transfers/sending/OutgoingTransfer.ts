import type { LaneKind } from '../../../shared/contract/transfers';
import { HitherError } from '../../../shared/errors';
import type { ManifestEntry, TransferMessage } from '../../../shared/protocol/transfer';
import { totalBytesOf } from '../../../shared/transfer/manifest/offer';
import type { Lane, SendingJournal } from '../../../shared/transfer/ports';
import type { FileTroubles } from '../../../shared/transfer/receiving/ReceiveProgress';
import { Sender } from '../../../shared/transfer/sending/Sender';
import type { RestoredSending } from '../../../shared/transfer/sending/Sender';
import type { SendScheduler } from '../../../shared/transfer/sending/SendScheduler';
import type { TransferState } from '../../../shared/transfer/status';
import type { Digest, PageStanding, TransferSources } from '../../ports';
import type { TransferJournal } from '../journal/TransferStore';
import type { PeerLanes } from '../lanes/PeerLanes';
import type { TransferEngine, TransferRecord } from '../TransferRecord';

/** What an earlier run, or an earlier sender of this one, left of a transfer. */
export interface EarlierSending {
  restored: RestoredSending;
  /** What has happened to its files so far. */
  troubles: FileTroubles;
}

export interface OutgoingTransferOptions {
  record: TransferRecord;
  entries: readonly ManifestEntry[];
  sources: TransferSources;
  streamNo: number;
  earlier: EarlierSending | null;
  lanes: PeerLanes;
  sha256: Digest;
  scheduler: SendScheduler;
  send: (message: TransferMessage) => void;
  onChange: () => void;
  /** A source is not as it was offered; `false` where the transfer can't go on without it. */
  onSourceLost: () => boolean;
}

/** A transfer to a device: the sender with its sources, on the lanes there are. */
export class OutgoingTransfer implements TransferEngine {
  readonly record: TransferRecord;
  readonly totalBytes: number;
  readonly troubles: FileTroubles;
  /** Nothing of it is on this side's disk. */
  readonly cleanedUp = Promise.resolve();
  readonly #sender: Sender;
  readonly #sources: TransferSources;
  readonly #lanes: PeerLanes;

  constructor(options: OutgoingTransferOptions) {
    const { record, entries, sources, lanes, earlier } = options;
    this.record = record;
    this.totalBytes = totalBytesOf(entries);
    this.troubles = earlier?.troubles ?? { restarted: [], failed: [], failedCount: 0, lostBlocks: 0 };
    this.#sources = sources;
    this.#lanes = lanes;
    this.#sender = new Sender({
      transferId: record.options.transferId,
      streamNo: options.streamNo,
      entries,
      sources,
      send: options.send,
      sha256: options.sha256,
      scheduler: options.scheduler,
      onChange: options.onChange,
      onRefetch: () => {
        this.troubles.lostBlocks++;
      },
      // A page's file can't be looked at anew from here.
      onSourceLost: () => !sources.needsPage && options.onSourceLost(),
      ...(record.journal && { journal: sendingJournal(record.journal) }),
      ...(earlier && { restored: earlier.restored }),
    });
  }

  /** Offers, in the session there is, or goes on; without one it waits for `greet`. */
  begin(hasSession: boolean): void {
    for (const lane of this.#lanes.all) this.#sender.attach(lane);
    if (hasSession) this.#sender.greet(true);
  }

  /** There is a new session, or a lane after there was none. */
  greet(isNewSession: boolean): void {
    this.#sender.greet(isNewSession);
  }

  attach(lane: Lane): void {
    this.#sender.attach(lane);
  }

  detach(lane: Lane): void {
    this.#sender.detach(lane);
  }

  /** Handles a message of the receiver's. */
  handle(message: TransferMessage): void {
    this.#sender.handle(message);
  }

  /** A page stands so from now on; means something where it has files of this transfer. */
  handlePage(pageId: string, standing: PageStanding): void {
    if (this.record.pageId !== pageId) return;
    if (standing === 'used') this.#sender.unsuspend();
    else if (standing === 'aside') this.#sender.suspend({ code: 'page-away', facts: {} });
    else this.#sender.fail(new HitherError('page-gone'));
  }

  /** The process ends. */
  close(): void {
    this.#sources.close();
  }

  get state(): TransferState {
    return this.#sender.state;
  }

  get doneBytes(): number {
    return this.#sender.doneBytes;
  }

  get doneFiles(): number {
    return this.#sender.doneFiles;
  }

  get laneKinds(): LaneKind[] {
    return this.#lanes.kinds;
  }

  hold(): void {
    this.#sender.hold();
  }

  release(): void {
    this.#sender.release();
  }

  cancel(): void {
    this.#sender.cancel();
  }

  fail(error: unknown): void {
    this.#sender.fail(error);
  }
}

/** What a sender notes, on its way to the journal. */
function sendingJournal(journal: TransferJournal): SendingJournal {
  return {
    accepted: () => journal.note({ type: 'accepted' }),
    block: (file, block, digest) => journal.note({ type: 'block', file, block, digest }),
  };
}
