import { failureOf, HitherError } from '../errors';
import type { ManifestEntry, TransferMessage } from '../protocol/transfer';
import { blockLength, BLOCK_BYTES } from './blocks';
import type { Block } from './packets';
import type { SendMessage, Sha256, SinkPort } from './ports';
import { ReceivedFile } from './ReceivedFile';
import { isOver, type TransferEnd, type TransferState } from './status';

/**
 * How far the sender may run ahead of the disk, in bytes: covers 100 MB/s at 160 ms round trip, and bounds what a
 * slow disk can pile up in memory.
 */
export const CREDIT_WINDOW_BYTES = 16 * 1024 * 1024;
/** Credit is renewed in steps of this many bytes, so that the messages stay few. */
const CREDIT_STEP_BYTES = 2 * 1024 * 1024;
/**
 * Files with blocks missing at one time, each of which holds a descriptor. Small files can be ahead of the disk by
 * thousands within the credit, so blocks of further files wait for their turn.
 */
const MAX_OPEN_FILES = 64;

export interface ReceiverOptions {
  transferId: string;
  /** The manifest, names checked. */
  entries: readonly ManifestEntry[];
  send: SendMessage;
  sha256: Sha256;
  onChange: () => void;
}

/** The receiving side of one transfer: verifies blocks, writes them, names files that are whole. */
export class Receiver {
  readonly #options: ReceiverOptions;
  #sink: SinkPort | null = null;
  readonly #files = new Map<number, ReceivedFile>();
  /** Steps that wait until fewer files are unfinished. */
  #waiting: (() => void)[] = [];
  readonly #complete: boolean[];
  /** Every entry before this one is complete. */
  #completeBefore = 0;
  #state: TransferState = { phase: 'asked' };
  /** Bytes that arrived, and bytes that are on disk, since `accept` or the last `resume`. */
  #receivedBytes = 0;
  #consumedBytes = 0;
  #creditBytes = 0;
  #doneBytes = 0;
  #doneFiles = 0;
  #cleanUp: Promise<void> = Promise.resolve();

  constructor(options: ReceiverOptions) {
    this.#options = options;
    this.#complete = options.entries.map(() => false);
  }

  get state(): TransferState {
    return this.#state;
  }

  /** Resolves when what an ended transfer left unfinished has been removed. */
  get cleanedUp(): Promise<void> {
    return this.#cleanUp;
  }

  /** Bytes verified and written, and entries complete. */
  get doneBytes(): number {
    return this.#doneBytes;
  }

  get doneFiles(): number {
    return this.#doneFiles;
  }

  /**
   * Accepts into `sink`.
   * @throws HitherError when the sink can't be prepared; the offer then stands and may be accepted elsewhere
   */
  async accept(sink: SinkPort): Promise<void> {
    if (this.#state.phase !== 'asked') return;
    await sink.prepare();
    // The sender may have taken the offer back, or the person clicked twice, while the disk was asked.
    if ((this.#state.phase as TransferState['phase']) !== 'asked') return;
    this.#sink = sink;
    this.#setState({ phase: 'active' });
    this.#creditBytes = CREDIT_WINDOW_BYTES;
    this.#options.send({
      type: 'accept',
      transferId: this.#options.transferId,
      creditBytes: this.#creditBytes,
    });
    await this.#guard(() => this.#makeFolders(sink));
  }

  /** Declines, on this person's wish or because the offer can't be taken. */
  decline(failure: { code: 'declined' } | ReturnType<HitherError['toFailure']>): void {
    if (this.#state.phase !== 'asked') return;
    const full = { facts: {}, ...failure };
    this.#options.send({ type: 'decline', transferId: this.#options.transferId, failure: full });
    this.#end({ phase: 'declined', failure: full });
  }

  /** Takes a block from a lane; resolves when it is on disk (or was not wanted). */
  async takeBlock(block: Block): Promise<void> {
    const sink = this.#sink;
    if (!sink || this.#state.phase !== 'active') return;
    await this.#guard(async () => {
      const entry = this.#options.entries[block.fileIndex];
      const expected = entry?.kind === 'file' ? blockLength(entry.sizeBytes, block.blockIndex) : 0;
      if (expected === 0 || block.bytes.length !== expected) throw new HitherError('protocol-violation');
      this.#receivedBytes += expected;
      if (this.#receivedBytes > this.#creditBytes) throw new HitherError('protocol-violation');
      const file = await this.#file(block.fileIndex, sink);
      if (this.#state.phase !== 'active') return;
      const isNew = (await file?.take(block, block.blockIndex * BLOCK_BYTES)) ?? false;
      if (file?.isWhole) this.#wake();
      if (isOver(this.#state)) return;
      if (isNew) this.#doneBytes += block.bytes.length;
      this.#consume(block.bytes.length);
      if (isNew && file) await this.#settle(block.fileIndex, file);
    });
  }

  /** Takes a message of the sender's. */
  handle(message: TransferMessage): void {
    if (isOver(this.#state)) return;
    switch (message.type) {
      case 'file-digests':
        void this.#guard(() => this.#takeDigests(message.digests));
        return;
      case 'cancel':
        this.#end({ phase: 'cancelled', by: 'peer' });
        return;
      case 'fail':
        this.#end({ phase: 'failed', failure: message.failure });
        return;
      default:
        this.fail(new HitherError('protocol-violation'));
    }
  }

  /** The link is gone; `resume` goes on. */
  pause(): void {
    if (this.#state.phase !== 'active') return;
    this.#setState({ phase: 'waiting' });
    // What waits for its turn will be sent again.
    this.#wake();
  }

  /** A new link is there: tells the sender what is here already. */
  resume(): void {
    if (this.#state.phase !== 'waiting') return;
    this.#setState({ phase: 'active' });
    this.#receivedBytes = 0;
    this.#consumedBytes = 0;
    this.#creditBytes = CREDIT_WINDOW_BYTES;
    this.#options.send({
      type: 'resume',
      transferId: this.#options.transferId,
      completeBefore: this.#completeBefore,
      partial: [...this.#files]
        .filter(([index]) => index >= this.#completeBefore)
        .map(([index, file]) => ({ file: index, ranges: file.writtenRanges() })),
      creditBytes: this.#creditBytes,
    });
  }

  /** Ends the transfer on this person's wish; what is complete stays. */
  cancel(): void {
    if (isOver(this.#state)) return;
    this.#options.send({ type: 'cancel', transferId: this.#options.transferId });
    this.#end({ phase: 'cancelled', by: 'me' });
  }

  /** Ends the transfer on an error of this side and tells the sender. */
  fail(error: unknown): void {
    if (isOver(this.#state)) return;
    const failure = failureOf(error);
    this.#options.send({ type: 'fail', transferId: this.#options.transferId, failure });
    this.#end({ phase: 'failed', failure });
  }

  async #takeDigests(digests: readonly { file: number; digest: string }[]): Promise<void> {
    for (const { file: index, digest } of digests) {
      const sink = this.#sink;
      if (!sink || this.#options.entries[index]?.kind !== 'file') throw new HitherError('protocol-violation');
      const file = await this.#file(index, sink);
      if (!file) continue;
      file.announced = digest;
      await this.#settle(index, file);
    }
  }

  /** Names a file that is whole and matches its digest. */
  async #settle(index: number, file: ReceivedFile): Promise<void> {
    if (!(await file.commitIfWhole(this.#options.sha256)) || isOver(this.#state)) return;
    this.#files.delete(index);
    this.#markComplete(index);
  }

  async #makeFolders(sink: SinkPort): Promise<void> {
    for (const [index, entry] of this.#options.entries.entries()) {
      if (entry.kind !== 'folder' || isOver(this.#state)) continue;
      await sink.makeFolder(index);
      this.#markComplete(index);
    }
  }

  #markComplete(index: number): void {
    if (this.#complete[index]) return;
    this.#complete[index] = true;
    this.#doneFiles++;
    while (this.#complete[this.#completeBefore]) this.#completeBefore++;
    if (this.#doneFiles < this.#options.entries.length) {
      this.#options.onChange();
      return;
    }
    this.#options.send({ type: 'done', transferId: this.#options.transferId });
    this.#end({ phase: 'done' });
  }

  /**
   * A file that is not complete, or `null` where it is, or where the transfer stopped meanwhile. A further file waits for
   * its turn; one that is open already never does, so that the open ones can be finished.
   */
  async #file(index: number, sink: SinkPort): Promise<ReceivedFile | null> {
    for (;;) {
      if (this.#complete[index] || this.#state.phase !== 'active') return null;
      const known = this.#files.get(index);
      if (known) return known;
      if (this.#unfinishedFiles() < MAX_OPEN_FILES) break;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    const entry = this.#options.entries[index];
    const open = (): ReturnType<SinkPort['open']> => sink.open(index);
    const file = new ReceivedFile(entry?.sizeBytes ?? 0, entry?.path ?? '', open, this.#options.sha256);
    this.#files.set(index, file);
    return file;
  }

  #unfinishedFiles(): number {
    let count = 0;
    for (const file of this.#files.values()) if (!file.isWhole) count++;
    return count;
  }

  #wake(): void {
    for (const goOn of this.#waiting.splice(0)) goOn();
  }

  /** A block that came twice was paid for twice, so it counts here, too. */
  #consume(bytes: number): void {
    this.#consumedBytes += bytes;
    this.#options.onChange();
    if (this.#consumedBytes + CREDIT_WINDOW_BYTES - this.#creditBytes < CREDIT_STEP_BYTES) return;
    this.#creditBytes = this.#consumedBytes + CREDIT_WINDOW_BYTES;
    this.#options.send({
      type: 'credit',
      transferId: this.#options.transferId,
      creditBytes: this.#creditBytes,
    });
  }

  /** Runs a step; an error ends the transfer in place of rejecting, as nobody waits for it. */
  async #guard(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.fail(error);
    }
  }

  #end(state: TransferEnd): void {
    const sink = this.#sink;
    this.#setState(state);
    if (sink && state.phase !== 'done') {
      const open = [...this.#files.values()].map((file) => file.close());
      this.#cleanUp = Promise.allSettled(open).then(() => sink.abandon());
    }
    this.#files.clear();
    this.#wake();
  }

  #setState(state: TransferState): void {
    this.#state = state;
    this.#options.onChange();
  }
}
