import { HitherError } from '../../errors';
import type { Unaddressed } from '../../protocol/transfer';
import { CreditLedger } from './CreditLedger';
import type { TransferWriter } from './TransferWriter';
import type { Block } from '../packets';
import type { ReceiveProgress } from './ReceiveProgress';

/** Blocks from the lanes to the disk, in account with the sender: what is there, what came damaged, how far it may go. */
export class ReceiveWindow {
  readonly #progress: ReceiveProgress;
  readonly #say: (message: Unaddressed) => void;
  readonly #windowBytes: number | undefined;
  #ledger: CreditLedger | null = null;
  /** Bytes of blocks that have arrived and are neither on disk nor dropped. */
  #heldBytes = 0;

  /**
   * @param say tells the sender
   * @param windowBytes in place of `CREDIT_WINDOW_BYTES`, for tests
   */
  constructor(progress: ReceiveProgress, say: (message: Unaddressed) => void, windowBytes?: number) {
    this.#progress = progress;
    this.#say = say;
    this.#windowBytes = windowBytes;
  }

  /** Begins the account. @returns the first credit, in bytes */
  begin(): number {
    this.#ledger = new CreditLedger(this.#progress.entries, this.#windowBytes);
    return this.#ledger.creditBytes;
  }

  /** Counts anew, from a `resume` on. @returns the credit that it gives, in bytes */
  restart(isFirstLane: boolean): number {
    if (!this.#ledger) this.begin();
    this.#ledger?.restart(isFirstLane, this.#heldBytes);
    return this.#ledger?.creditBytes ?? 0;
  }

  /**
   * Accepts a block; resolves when it is on disk, or was not wanted.
   * @returns `false` where the transfer stopped meanwhile
   * @throws HitherError `protocol-violation` for a block that can't be or is beyond the credit, and as `TransferWriter.write`
   */
  async accept(block: Block, writer: TransferWriter): Promise<boolean> {
    const ledger = this.#ledger;
    if (!ledger) return false;
    const length = writer.lengthOf(block);
    if (length === 0 || block.bytes.length !== length) {
      if (this.#progress.hasChanged(block.fileIndex)) return false;
      throw new HitherError('protocol-violation');
    }
    if (!ledger.arrive(block, length)) return false;
    this.#heldBytes += length;
    let outcome: Awaited<ReturnType<TransferWriter['write']>> = 'stopped';
    try {
      outcome = await writer.write(block);
    } finally {
      this.#heldBytes -= length;
      this.#settle(block, length, ledger, outcome);
    }
    return outcome !== 'stopped';
  }

  #settle(block: Block, length: number, ledger: CreditLedger, outcome: string): void {
    const { fileIndex, blockIndex } = block;
    const isThere = outcome === 'written' || outcome === 'known';
    if (outcome === 'damaged') this.#say({ type: 'refetch', file: fileIndex, block: blockIndex });
    if (outcome === 'damaged' && ledger.lost(block, length)) return;
    // Numbers are others after a change of the manifest, and so is the account.
    const credit =
      isThere && ledger === this.#ledger ? ledger.consume(block, length) : this.#ledger?.free(length);
    if (credit) this.#say({ type: 'credit', ...credit });
  }
}
