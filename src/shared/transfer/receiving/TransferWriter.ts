import { HitherError, type Failure } from '../../errors';
import type { FileChange } from '../../protocol/transfer';
import { blockLength, BLOCK_BYTES } from '../blocks';
import { isSameDigest } from '../fileDigest';
import type { Block } from '../packets';
import type { ReceiveJournal, Sha256, SinkPort, WholeFiles } from '../ports';
import type { ReceiveProgress, RecoveredProgress } from './ReceiveProgress';
import type { BlockOutcome } from './ReceivedFile';
import { MAX_PARTIAL_FILES, type PartialFile, ReceivedFiles } from './ReceivedFiles';

/** What an accepted transfer does to the disk: blocks into files, files to their names, each step noted in the journal. */
export class TransferWriter {
  readonly files: ReceivedFiles;
  readonly #progress: ReceiveProgress;
  readonly #sink: SinkPort;
  readonly #journal: ReceiveJournal | null;
  readonly #sha256: Sha256;
  readonly #isAccepting: () => boolean;
  readonly #onComplete: () => void;
  /** Files of one block that are being written whole. */
  readonly #putting = new Map<number, Promise<unknown>>();
  #hasDropped = false;

  /**
   * @param isAccepting whether the transfer still accepts blocks; asked after every wait
   * @param onComplete one more entry is done
   */
  constructor(
    progress: ReceiveProgress,
    sink: SinkPort,
    journal: ReceiveJournal | null,
    sha256: Sha256,
    isAccepting: () => boolean,
    onComplete: () => void,
  ) {
    this.#progress = progress;
    this.#sink = sink;
    this.#journal = journal;
    this.#sha256 = sha256;
    this.#isAccepting = isAccepting;
    this.#onComplete = onComplete;
    this.files = new ReceivedFiles(progress, sink, sha256, isAccepting, {
      onNamed: (index) => this.#complete(index),
      onDamaged: (index) => this.#startOver(index),
    });
  }

  /** How long a block has to be, in bytes; 0 for one that is in no file of the manifest. */
  lengthOf({ fileIndex, blockIndex }: Block): number {
    const entry = this.#progress.entries[fileIndex];
    return entry?.kind === 'file' ? blockLength(entry.sizeBytes, blockIndex) : 0;
  }

  /** What is complete and what is on disk of the rest, as far as a `resume` has room for it. */
  inventory(): { completeBefore: number; partial: PartialFile[] } {
    const { completeBefore } = this.#progress;
    const unfinished = this.files.partial(completeBefore);
    const room = MAX_PARTIAL_FILES - unfinished.length;
    return {
      completeBefore,
      partial: [...unfinished, ...this.#progress.completeAfter(completeBefore, room)],
    };
  }

  /** Whether files had to be dropped since this was asked last, which the sender has to be told. */
  consumeDropped(): boolean {
    const hasDropped = this.#hasDropped;
    this.#hasDropped = false;
    return hasDropped;
  }

  /**
   * Verifies and writes a block, when it is its file's turn; `stopped` where the transfer stopped meanwhile.
   * @throws HitherError `corrupt-file` where too many came damaged, or what the disk says
   */
  async write(block: Block): Promise<BlockOutcome | 'stopped'> {
    const { fileIndex, blockIndex, bytes, digest } = block;
    const whole = this.#sink.whole;
    if (whole?.accepts(fileIndex) === true && !this.#progress.awaitsDigest(fileIndex))
      return this.#put(block, whole);
    const file = await this.files.turn(fileIndex);
    if (!this.#isAccepting()) return 'stopped';
    const outcome = (await file?.accept(block, blockIndex * BLOCK_BYTES)) ?? 'known';
    this.files.wrote(fileIndex);
    if (outcome === 'damaged') this.#progress.damaged(fileIndex);
    if (outcome !== 'written') return outcome;
    this.#progress.doneBytes += bytes.length;
    this.#journal?.block(fileIndex, blockIndex, digest);
    return outcome;
  }

  /** Goes on from what an earlier run left and this one found as it was. */
  async restore(found: RecoveredProgress): Promise<void> {
    this.#progress.recovered(found);
    for (const [index, digests] of found.blocks) this.files.restore(index, digests);
    await this.makeFolders();
    // The last run may have ended between the last entry and the end.
    this.#onComplete();
  }

  /** Does what a full disk may have refused: makes folders, and names files that are whole. */
  async catchUp(): Promise<void> {
    await this.makeFolders();
    await this.files.settleAll();
  }

  async makeFolders(): Promise<void> {
    for (const [index, entry] of this.#progress.entries.entries()) {
      if (entry.kind !== 'folder' || this.#progress.isComplete(index)) continue;
      await this.#sink.makeFolder(index);
      this.#complete(index);
    }
  }

  /**
   * Files that are others now start over.
   * @throws HitherError as `ReceiveProgress.change`
   */
  async handleChanges(files: readonly FileChange[]): Promise<void> {
    for (const { file, ...change } of files) {
      // Asked again after each wait, as one may have begun meanwhile, and its block would count for what the file is now.
      while (this.#putting.has(file)) await this.#putting.get(file);
      // Said again before every `ready`.
      if (this.#progress.isAs(file, change)) continue;
      const wasComplete = this.#progress.change(file, change);
      this.#journal?.changed(file, change);
      if (!wasComplete) await this.#drop(file);
    }
  }

  /** Does without an entry from the start: what comes of it is known already. */
  leaveOut(index: number): void {
    this.#progress.doneBytes += this.#progress.entries[index]?.sizeBytes ?? 0;
    this.#complete(index);
  }

  /** Files that the sender can't read any more are done without. */
  async handleFailures(files: readonly { file: number; failure: Failure }[]): Promise<void> {
    for (const { file, failure } of files) {
      if (this.#progress.entries[file]?.kind !== 'file') throw new HitherError('protocol-violation');
      while (this.#putting.has(file)) await this.#putting.get(file);
      if (this.#progress.isComplete(file)) continue;
      await this.#drop(file);
      this.#journal?.failed(file, failure);
      this.#progress.failed(file, failure);
      this.#complete(file);
    }
  }

  /** Does what has to come after all entries are there. Never fails. */
  async finish(): Promise<void> {
    await this.#sink.dateFolders();
  }

  /** Closes files and journal, so that another run can go on. */
  async close(): Promise<void> {
    await Promise.all([...this.#putting.values(), this.files.close()]);
    await this.#journal?.close();
  }

  /** The transfer is over; what is not complete goes. */
  async end(isDone: boolean): Promise<void> {
    await this.close();
    if (!isDone) await this.#sink.abandon();
  }

  async #put(block: Block, whole: WholeFiles): Promise<BlockOutcome | 'stopped'> {
    const { fileIndex } = block;
    if (!this.#isAccepting()) return 'stopped';
    if (this.#progress.isComplete(fileIndex) || this.#putting.has(fileIndex)) return 'known';
    const putting = this.#putNow(block, whole);
    this.#putting.set(
      fileIndex,
      putting.catch(() => undefined),
    );
    try {
      return await putting;
    } finally {
      this.#putting.delete(fileIndex);
    }
  }

  async #putNow(
    { fileIndex, blockIndex, bytes, digest }: Block,
    whole: WholeFiles,
  ): Promise<BlockOutcome | 'stopped'> {
    if (!isSameDigest(await this.#sha256(bytes), digest)) {
      this.#progress.damaged(fileIndex);
      return 'damaged';
    }
    // Before it is there: the next run has nothing else by which to tell a file that got its name from another one of that name.
    this.#journal?.block(fileIndex, blockIndex, digest);
    await this.#journal?.written();
    if (!this.#isAccepting()) return 'stopped';
    await whole.put(fileIndex, bytes);
    this.#progress.doneBytes += bytes.length;
    this.#complete(fileIndex);
    return 'written';
  }

  /** The sender is asked once more for a file that is not what it announced. */
  async #startOver(index: number): Promise<void> {
    this.#progress.damagedFile(index);
    this.#journal?.dropped(index);
    await this.#drop(index);
    this.#hasDropped = true;
  }

  async #drop(index: number): Promise<void> {
    const droppedBytes = await this.files.drop(index);
    // Read only now: blocks of other files may have been written meanwhile.
    this.#progress.doneBytes -= droppedBytes;
  }

  #complete(index: number): void {
    if (!this.#progress.complete(index)) return;
    this.#journal?.complete(index);
    this.#onComplete();
  }
}
