import { HitherError, type Failure } from '../../errors';
import { blockLength, BLOCK_BYTES } from '../blocks';
import { isSameDigest } from '../fileDigest';
import type { Block } from '../packets';
import type { ReceiveJournal, Sha256, SinkPort, WholeFiles } from '../ports';
import type { ReceiveProgress, RecoveredProgress } from './ReceiveProgress';
import type { BlockOutcome } from './ReceivedFile';
import { MAX_PARTIAL_FILES, type PartialFile, ReceivedFiles } from './ReceivedFiles';

/** A file that is another one at the sender now. */
export interface FileChange {
  file: number;
  sizeBytes: number;
  modifiedMs: number;
}

export interface TransferWriterOptions {
  progress: ReceiveProgress;
  sink: SinkPort;
  journal: ReceiveJournal | null;
  sha256: Sha256;
  /** Whether the transfer still takes blocks; asked after every wait. */
  isAccepting: () => boolean;
  /** One more entry is done. */
  onComplete: () => void;
}

/** What an accepted transfer does to the disk: blocks into files, files to their names, each step noted in the journal. */
export class TransferWriter {
  readonly files: ReceivedFiles;
  readonly #options: TransferWriterOptions;
  /** Files of one block that are being written whole. */
  readonly #putting = new Map<number, Promise<unknown>>();
  #hasDropped = false;

  constructor(options: TransferWriterOptions) {
    this.#options = options;
    const { progress, sink, sha256, isAccepting } = options;
    this.files = new ReceivedFiles({
      progress,
      sink,
      sha256,
      isAccepting,
      onNamed: (index) => this.#complete(index),
      onDamaged: (index) => this.#startOver(index),
    });
  }

  /** How long a block has to be, in bytes; 0 for one that is in no file of the manifest. */
  lengthOf({ fileIndex, blockIndex }: Block): number {
    const entry = this.#options.progress.entries[fileIndex];
    return entry?.kind === 'file' ? blockLength(entry.sizeBytes, blockIndex) : 0;
  }

  /** What is complete and what is on disk of the rest, as far as a `resume` has room for it. */
  inventory(): { completeBefore: number; partial: PartialFile[] } {
    const { progress } = this.#options;
    const { completeBefore } = progress;
    const unfinished = this.files.partial(completeBefore);
    const room = MAX_PARTIAL_FILES - unfinished.length;
    return { completeBefore, partial: [...unfinished, ...progress.completeAfter(completeBefore, room)] };
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
    const { progress, journal, isAccepting } = this.#options;
    const { fileIndex, blockIndex, bytes, digest } = block;
    const whole = this.#options.sink.whole;
    if (whole?.accepts(fileIndex) === true && !progress.awaitsDigest(fileIndex))
      return this.#put(block, whole);
    const file = await this.files.turn(fileIndex);
    if (!isAccepting()) return 'stopped';
    const outcome = (await file?.accept(block, blockIndex * BLOCK_BYTES)) ?? 'known';
    this.files.wrote(fileIndex);
    if (outcome === 'damaged') progress.damaged(fileIndex);
    if (outcome !== 'written') return outcome;
    progress.doneBytes += bytes.length;
    journal?.block(fileIndex, blockIndex, digest);
    return outcome;
  }

  /** Takes over what an earlier run left and this one found as it was. */
  async restore(found: RecoveredProgress): Promise<void> {
    this.#options.progress.recovered(found);
    for (const [index, digests] of found.blocks) this.files.restore(index, digests);
    await this.makeFolders();
    // The last run may have ended between the last entry and the end.
    this.#options.onComplete();
  }

  /** Does what a full disk may have refused: makes folders, and names files that are whole. */
  async catchUp(): Promise<void> {
    await this.makeFolders();
    await this.files.settleAll();
  }

  async makeFolders(): Promise<void> {
    const { progress, sink } = this.#options;
    for (const [index, entry] of progress.entries.entries()) {
      if (entry.kind !== 'folder' || progress.isComplete(index)) continue;
      await sink.makeFolder(index);
      this.#complete(index);
    }
  }

  /**
   * Files that are others now start over.
   * @throws HitherError as `ReceiveProgress.change`
   */
  async handleChanges(files: readonly FileChange[]): Promise<void> {
    const { progress, journal } = this.#options;
    for (const { file, ...change } of files) {
      // Asked again after each wait, as one may have begun meanwhile, and would be outcome for what the file is now.
      while (this.#putting.has(file)) await this.#putting.get(file);
      // Said again on every new link.
      if (progress.isAs(file, change)) continue;
      const wasComplete = progress.change(file, change);
      journal?.changed(file, change);
      if (!wasComplete) await this.#drop(file);
    }
  }

  /** Files that the sender can't read any more are done without. */
  async handleFailures(files: readonly { file: number; failure: Failure }[]): Promise<void> {
    const { progress, journal } = this.#options;
    for (const { file, failure } of files) {
      if (progress.entries[file]?.kind !== 'file') throw new HitherError('protocol-violation');
      while (this.#putting.has(file)) await this.#putting.get(file);
      if (progress.isComplete(file)) continue;
      await this.#drop(file);
      journal?.failed(file, failure);
      progress.failed(file, failure);
      this.#complete(file);
    }
  }

  /** Closes files and journal, so that another run can go on. */
  async close(): Promise<void> {
    await Promise.all([...this.#putting.values(), this.files.close()]);
    await this.#options.journal?.close();
  }

  /** The transfer is over; what is not complete goes. */
  async end(isDone: boolean): Promise<void> {
    await this.close();
    if (!isDone) await this.#options.sink.abandon();
  }

  async #put(block: Block, whole: WholeFiles): Promise<BlockOutcome | 'stopped'> {
    const { fileIndex } = block;
    const { progress, isAccepting } = this.#options;
    if (!isAccepting()) return 'stopped';
    if (progress.isComplete(fileIndex) || this.#putting.has(fileIndex)) return 'known';
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
    const { progress, journal, sha256, isAccepting } = this.#options;
    if (!isSameDigest(await sha256(bytes), digest)) {
      progress.damaged(fileIndex);
      return 'damaged';
    }
    // Before it is there: the next run has nothing else by which to tell a file that got its name from another one of that name.
    journal?.block(fileIndex, blockIndex, digest);
    await journal?.written();
    if (!isAccepting()) return 'stopped';
    await whole.put(fileIndex, bytes);
    progress.doneBytes += bytes.length;
    this.#complete(fileIndex);
    return 'written';
  }

  /** The sender is asked once more for a file that is not what it announced. */
  async #startOver(index: number): Promise<void> {
    const { progress, journal } = this.#options;
    progress.damagedFile(index);
    journal?.dropped(index);
    await this.#drop(index);
    this.#hasDropped = true;
  }

  async #drop(index: number): Promise<void> {
    this.#options.progress.doneBytes -= await this.files.drop(index);
  }

  #complete(index: number): void {
    const { progress, journal, onComplete } = this.#options;
    if (!progress.complete(index)) return;
    journal?.complete(index);
    onComplete();
  }
}
