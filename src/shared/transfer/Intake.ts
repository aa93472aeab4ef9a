import { HitherError, type Failure } from '../errors';
import { blockLength, BLOCK_BYTES } from './blocks';
import type { Block } from './packets';
import type { ReceiptJournal, Sha256, SinkPort } from './ports';
import type { Receipt, RecoveredReceipt } from './Receipt';
import { ReceivedFiles } from './ReceivedFiles';

/** A file that is another one at the sender now. */
export interface FileChange {
  file: number;
  sizeBytes: number;
  modifiedMs: number;
}

export interface IntakeOptions {
  receipt: Receipt;
  sink: SinkPort;
  journal: ReceiptJournal | null;
  sha256: Sha256;
  /** Whether the transfer still takes blocks; asked after every wait. */
  isTaking: () => boolean;
  /** One more entry is done. */
  onComplete: () => void;
}

/** What an accepted transfer does to the disk: blocks into files, files to their names, each step noted in the journal. */
export class Intake {
  readonly files: ReceivedFiles;
  readonly #options: IntakeOptions;

  constructor(options: IntakeOptions) {
    this.#options = options;
    const { receipt, sink, sha256, isTaking } = options;
    this.files = new ReceivedFiles({
      receipt,
      sink,
      sha256,
      isTaking,
      onNamed: (index) => this.#complete(index),
    });
  }

  /** How long a block has to be, in bytes; 0 for one that is in no file of the manifest. */
  lengthOf({ fileIndex, blockIndex }: Block): number {
    const entry = this.#options.receipt.entries[fileIndex];
    return entry?.kind === 'file' ? blockLength(entry.sizeBytes, blockIndex) : 0;
  }

  /** Verifies and writes a block, when it is its file's turn; `false` where the transfer stopped meanwhile. */
  async write(block: Block): Promise<boolean> {
    const { receipt, journal, isTaking } = this.#options;
    const { fileIndex, blockIndex, bytes, digest } = block;
    const file = await this.files.turn(fileIndex);
    if (!isTaking()) return false;
    const isNew = (await file?.take(block, blockIndex * BLOCK_BYTES)) ?? false;
    this.files.wrote(fileIndex);
    if (!isNew) return true;
    receipt.doneBytes += bytes.length;
    journal?.block(fileIndex, blockIndex, digest);
    return true;
  }

  /** Takes over what an earlier run left and this one found as it was. */
  async restore(found: RecoveredReceipt): Promise<void> {
    this.#options.receipt.recovered(found);
    for (const [index, digests] of found.blocks) this.files.restore(index, digests);
    await this.makeFolders();
    // The last run may have ended between the last entry and the end.
    this.#options.onComplete();
  }

  async makeFolders(): Promise<void> {
    const { receipt, sink } = this.#options;
    for (const [index, entry] of receipt.entries.entries()) {
      if (entry.kind !== 'folder' || receipt.isComplete(index)) continue;
      await sink.makeFolder(index);
      this.#complete(index);
    }
  }

  /**
   * Files that are others now start over.
   * @throws HitherError as `Receipt.change`
   */
  async takeChanges(files: readonly FileChange[]): Promise<void> {
    const { receipt, sink, journal } = this.#options;
    for (const { file, ...change } of files) {
      // Said again on every new link.
      if (receipt.isAs(file, change)) continue;
      const wasComplete = receipt.change(file, change);
      journal?.changed(file, change);
      if (wasComplete) continue;
      await this.files.drop(file);
      await sink.drop(file);
    }
  }

  /** Files that the sender can't read any more are done without. */
  async takeFailures(files: readonly { file: number; failure: Failure }[]): Promise<void> {
    const { receipt, sink, journal } = this.#options;
    for (const { file, failure } of files) {
      if (receipt.entries[file]?.kind !== 'file') throw new HitherError('protocol-violation');
      if (receipt.isComplete(file)) continue;
      await this.files.drop(file);
      await sink.drop(file);
      journal?.failed(file, failure);
      receipt.failed(file, failure);
      this.#complete(file);
    }
  }

  /** Closes files and journal, so that another run can go on. */
  async close(): Promise<void> {
    await this.files.close();
    await this.#options.journal?.close();
  }

  /** The transfer is over; what is not complete goes. */
  async end(isDone: boolean): Promise<void> {
    await this.close();
    if (!isDone) await this.#options.sink.abandon();
  }

  #complete(index: number): void {
    const { receipt, journal, onComplete } = this.#options;
    if (!receipt.complete(index)) return;
    journal?.complete(index);
    onComplete();
  }
}
