import type { FileAccess } from '../../ports';
import type { TransferPersistence } from '../TransferPersistence';
import { restoreOutgoing } from '../restoreTransfer';
import type { PeerTransfers } from '../PeerTransfers';
import type { TransferRecord } from '../TransferRecord';

/** How often one transfer looks at its sources anew: a file that changes all the time can't be sent. */
const MAX_LOOKS = 10;

/**
 * Has outgoing transfers go on whose sources changed or went while they were sent: as after a restart of the process, with
 * what the profile keeps of them. The receiver is told, starts changed files over and does without those that are gone.
 */
export class SourceRecovery {
  readonly #persistence: TransferPersistence;
  readonly #files: FileAccess;
  readonly #transfersOf: (record: TransferRecord) => PeerTransfers;
  readonly #looks = new WeakMap<TransferRecord, number>();

  constructor(
    persistence: TransferPersistence,
    files: FileAccess,
    transfersOf: (record: TransferRecord) => PeerTransfers,
  ) {
    this.#persistence = persistence;
    this.#files = files;
    this.#transfersOf = transfersOf;
  }

  /** A source of a transfer is not as it was. `false` where it can't go on: nothing is kept of it, or it changes too often. */
  lost(record: TransferRecord): boolean {
    const looks = (this.#looks.get(record) ?? 0) + 1;
    this.#looks.set(record, looks);
    if (!record.journal || looks > MAX_LOOKS) return false;
    void this.#goOn(record).catch((error: unknown) => record.engine?.fail(error));
    return true;
  }

  async #goOn(record: TransferRecord): Promise<void> {
    const { journal, options } = record;
    if (!journal) return;
    await journal.written();
    const kept = await this.#persistence.reread(options.transferId);
    if (record.isOver) return;
    await restoreOutgoing(record, kept, journal, this.#transfersOf(record), this.#files);
  }
}
