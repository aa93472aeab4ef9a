import { HitherError } from '../../errors';
import type { SinkPort, Sha256 } from '../ports';
import type { ReceiveProgress } from './ReceiveProgress';
import { ReceivedFile } from './ReceivedFile';

/**
 * Files with blocks missing at one time, each of which holds a descriptor. Small files can be ahead of the disk by
 * thousands within the credit, so blocks of further files wait for their turn.
 */
const MAX_OPEN_FILES = 128;
/** Empty files being made at one time. */
const EMPTIES_AT_ONCE = 8;
/** Ranges, and files, in one `resume`: it has to fit into a message. What is left out is sent again. */
const MAX_RANGES = 2000;
export const MAX_PARTIAL_FILES = 256;

/** What a `resume` says of files that are not complete. */
export interface PartialFile {
  file: number;
  ranges: [number, number][];
}

interface FileHandlers {
  /** A file has its name. */
  onNamed: (index: number) => void;
  /** All blocks of a file are as their digests say, and the file is not: it has to start over. */
  onDamaged: (index: number) => Promise<void>;
}

/** The files of an incoming transfer that are under way: whose turn it is, and which can be named. */
export class ReceivedFiles {
  readonly #progress: ReceiveProgress;
  readonly #sink: SinkPort;
  readonly #sha256: Sha256;
  readonly #isAccepting: () => boolean;
  readonly #handlers: FileHandlers;
  readonly #files = new Map<number, ReceivedFile>();
  /** Digests that the sender announced and that have not been checked; one a file at most. */
  readonly #announced = new Map<number, string>();
  /** Those with blocks missing. */
  readonly #unfinished = new Set<number>();
  /** Steps that wait until fewer files are unfinished, by file, in the order of their turns. */
  readonly #waiting = new Map<number, (() => void)[]>();
  /** Files that are being removed; what comes of them meanwhile waits, or it would be removed with them. */
  readonly #dropping = new Set<number>();
  /** Empty files that wait for their name. */
  readonly #empties = new Set<number>();
  #isNamingEmpties = false;

  /** @param isAccepting whether the transfer still accepts blocks; asked after every wait */
  constructor(
    progress: ReceiveProgress,
    sink: SinkPort,
    sha256: Sha256,
    isAccepting: () => boolean,
    handlers: FileHandlers,
  ) {
    this.#progress = progress;
    this.#sink = sink;
    this.#sha256 = sha256;
    this.#isAccepting = isAccepting;
    this.#handlers = handlers;
  }

  /**
   * A file that is under way. A further one waits for its turn; one that is open already never does, so that the open ones
   * can be finished. `null` where it is complete, or where the transfer stopped meanwhile.
   */
  async turn(index: number): Promise<ReceivedFile | null> {
    for (;;) {
      if (!this.#isAccepting() || this.#progress.isComplete(index)) return null;
      const known = this.#files.get(index);
      if (known) return known;
      if (!this.#dropping.has(index) && this.#unfinished.size < MAX_OPEN_FILES) {
        const file = this.#add(index);
        // Earlier steps for it may wait behind those for other files, which wait for it to be finished.
        this.#call(index);
        return file;
      }
      await new Promise<void>((resolve) => {
        const others = this.#waiting.get(index);
        if (others) others.push(resolve);
        else this.#waiting.set(index, [resolve]);
      });
    }
  }

  /** Goes on from what an earlier run left and this one verified. */
  restore(index: number, digests: readonly (Uint8Array | undefined)[]): void {
    this.#add(index, digests);
  }

  /**
   * Handles digests that the sender announced, and names the files that are whole.
   * @throws HitherError as `ReceivedFile.commitIfWhole` and `onDamaged` do, and `protocol-violation`
   */
  async handleDigests(digests: readonly { file: number; digest: string }[]): Promise<void> {
    const progress = this.#progress;
    // All of them first: steps that have begun would fail with nobody waiting for them.
    if (digests.some(({ file }) => progress.entries[file]?.kind !== 'file'))
      throw new HitherError('protocol-violation');
    const settling: Promise<void>[] = [];
    for (const { file, digest } of digests) {
      if (progress.isComplete(file) || !progress.awaitsDigest(file)) continue;
      this.#announced.set(file, digest);
      if (progress.entries[file]?.sizeBytes === 0) this.#empties.add(file);
      else settling.push(this.settle(file));
    }
    await Promise.all([...settling, this.#nameEmpties()]);
  }

  /** Names a file that is whole and whose digest is known or not needed. Throws as `handleDigests` does. */
  async settle(index: number): Promise<void> {
    const announced = this.#progress.awaitsDigest(index) ? this.#announced.get(index) : null;
    const outcome = announced === undefined ? null : await this.#files.get(index)?.commitIfWhole(announced);
    if (outcome === 'damaged') await this.#handlers.onDamaged(index);
    if (outcome !== 'named') return;
    this.#forget(index);
    this.#handlers.onNamed(index);
  }

  /** Names what an earlier run had whole, or could not name when it was. Throws as `handleDigests` does. */
  async settleAll(): Promise<void> {
    await Promise.all([...this.#files.keys()].map((index) => this.settle(index)));
  }

  /** The last missing block of a file is on disk: another one may be begun. */
  wrote(index: number): void {
    if (this.#files.get(index)?.isWhole === true && this.#unfinished.delete(index)) this.#callNext();
  }

  /**
   * Lets go of a file that will not be finished, or starts over, and of what is on disk of it.
   * @returns how many bytes of it had been written
   */
  async drop(index: number): Promise<number> {
    const file = this.#files.get(index);
    this.#dropping.add(index);
    this.#forget(index);
    try {
      await file?.close();
      await this.#sink.drop(index);
    } finally {
      this.#dropping.delete(index);
      this.wake();
    }
    return file?.writtenBytes ?? 0;
  }

  /** Lets all who wait for a turn look again. */
  wake(): void {
    for (const index of this.#waiting.keys()) this.#call(index);
  }

  /** Closes every file. */
  async close(): Promise<void> {
    const files = [...this.#files.values()];
    this.#files.clear();
    this.#unfinished.clear();
    this.wake();
    await Promise.allSettled(files.map((file) => file.close()));
  }

  /** What is on disk of files from `completeBefore` on, as much of it as fits into a message. */
  partial(completeBefore: number): PartialFile[] {
    const partial: PartialFile[] = [];
    let room = MAX_RANGES;
    for (const [file, received] of this.#files) {
      if (file < completeBefore) continue;
      if (partial.length === MAX_PARTIAL_FILES || room === 0) break;
      const ranges = received.writtenRanges().slice(0, room);
      room -= ranges.length;
      partial.push({ file, ranges });
    }
    return partial;
  }

  /** A few at a time, as there may be very many and each needs a descriptor. */
  async #nameEmpties(): Promise<void> {
    if (this.#isNamingEmpties) return;
    this.#isNamingEmpties = true;
    try {
      await Promise.all(Array.from({ length: EMPTIES_AT_ONCE }, () => this.#nameSomeEmpties()));
    } finally {
      this.#isNamingEmpties = false;
    }
  }

  async #nameSomeEmpties(): Promise<void> {
    for (const index of this.#empties) {
      this.#empties.delete(index);
      if (await this.turn(index)) await this.settle(index);
    }
  }

  #add(index: number, restored?: readonly (Uint8Array | undefined)[]): ReceivedFile {
    const { sizeBytes } = this.#progress.entries[index] ?? { sizeBytes: 0 };
    const open = (): ReturnType<SinkPort['open']> => this.#sink.open(index);
    const file = new ReceivedFile(sizeBytes, open, this.#sha256, restored);
    this.#files.set(index, file);
    if (!file.isWhole) this.#unfinished.add(index);
    return file;
  }

  #forget(index: number): void {
    this.#files.delete(index);
    this.#announced.delete(index);
    this.#unfinished.delete(index);
    this.#callNext();
  }

  /** Gives free places to those who wait longest; all of the others would look in vain, and there can be thousands. */
  #callNext(): void {
    if (!this.#isAccepting()) return;
    for (const index of this.#waiting.keys()) {
      if (this.#unfinished.size >= MAX_OPEN_FILES) return;
      if (this.#dropping.has(index)) continue;
      // Its place is occupied now, not when they get to look, or the next ones would be called to it as well.
      if (!this.#files.has(index) && !this.#progress.isComplete(index)) this.#add(index);
      this.#call(index);
    }
  }

  #call(index: number): void {
    const steps = this.#waiting.get(index) ?? [];
    this.#waiting.delete(index);
    for (const goOn of steps) goOn();
  }
}
