import { failureOf, HitherError, type Failure } from '../../errors';
import type { FileChange, ManifestEntry, TransferMessage, Unaddressed } from '../../protocol/transfer';
import { ReceiveWindow } from './ReceiveWindow';
import { TransferWriter } from './TransferWriter';
import type { Block } from '../packets';
import type { ReceiveJournal, SendMessage, Sha256, SinkPort } from '../ports';
import { ReceiveProgress, type RecoveredProgress } from './ReceiveProgress';
import { isOver, type TransferEnd, type TransferState } from '../status';

interface ReceiverOptions {
  transferId: string;
  /** The manifest, names checked. */
  entries: readonly ManifestEntry[];
  /** Entries that are left out, whatever comes of them. */
  leftOut?: Iterable<number>;
  send: SendMessage;
  sha256: Sha256;
  onChange: () => void;
  /** In place of `CREDIT_WINDOW_BYTES`, for tests. */
  creditWindowBytes?: number;
}

/** What an earlier run of this process had accepted. */
interface RestoredReceiving {
  sink: SinkPort;
  journal: ReceiveJournal;
  isHeld: boolean;
  /** Looks at what is on disk, once, before anything is claimed. */
  recover: () => Promise<RecoveredProgress>;
}

/** The receiving side of one transfer: verifies blocks, writes them, names files that are whole. */
export class Receiver {
  readonly #options: ReceiverOptions;
  readonly #progress: ReceiveProgress;
  #writer: TransferWriter | null = null;
  #state: TransferState = { phase: 'asked' };
  #hasLane = true;
  /** This side holds the transfer: its person, or what `failure` names. */
  #hold: { failure: Failure | null } | null = null;
  readonly #window: ReceiveWindow;
  #recover: (() => Promise<RecoveredProgress>) | null = null;
  /** What the sender named in its last `ready` on this link; its `resume` names it, too. */
  #round: number | null = null;
  /** Steps that must not overtake each other: changes of the manifest, and what is said of it afterwards. */
  #steps: Promise<void> = Promise.resolve();
  #cleanUp: Promise<void> = Promise.resolve();
  /** Once everything is there: the last step, after which the transfer is done. */
  #finishing: Promise<void> | null = null;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    const progress = new ReceiveProgress(options.entries);
    this.#progress = progress;
    this.#window = new ReceiveWindow(progress, (message) => this.#say(message), options.creditWindowBytes);
  }

  get state(): TransferState {
    return this.#state;
  }

  /** Entries done and what happened to files on the way. */
  get progress(): ReceiveProgress {
    return this.#progress;
  }

  /** Resolves when what an ended transfer left has been removed. */
  get cleanedUp(): Promise<void> {
    return this.#cleanUp;
  }

  /** Bytes verified and written. */
  get doneBytes(): number {
    return this.#progress.doneBytes;
  }

  get doneFiles(): number {
    return this.#progress.doneFiles;
  }

  /**
   * Accepts into `sink`.
   * @param openJournal makes the journal once the sink is prepared
   * @throws HitherError when the sink can't be prepared; the offer then stands and may be accepted elsewhere
   */
  async accept(sink: SinkPort, openJournal?: () => Promise<ReceiveJournal>): Promise<void> {
    if (this.#state.phase !== 'asked') return;
    await sink.prepare();
    const journal = (await openJournal?.()) ?? null;
    // The sender may have withdrawn the offer, or the person clicked twice, while the disk was asked.
    if ((this.#state.phase as TransferState['phase']) !== 'asked') return;
    const writer = this.#begin(sink, journal);
    for (const index of this.#options.leftOut ?? []) writer.leaveOut(index);
    const creditBytes = this.#window.begin();
    this.#setState(this.#hasLane ? { phase: 'active' } : { phase: 'waiting' });
    this.#say({ type: 'accept', creditBytes });
    await this.#guard(() => writer.makeFolders());
  }

  /** Goes on with what an earlier run accepted, as soon as there is a lane. */
  restore({ sink, journal, isHeld, recover }: RestoredReceiving): void {
    this.#begin(sink, journal);
    this.#recover = recover;
    this.#hasLane = false;
    if (isHeld) this.#hold = { failure: null };
    this.#setState(isHeld ? { phase: 'paused', by: 'me', failure: null } : { phase: 'waiting' });
  }

  /** Declines, on this person's wish or because the offer can't be accepted. */
  decline(failure: { code: 'declined' } | Failure): void {
    if (this.#state.phase !== 'asked') return;
    const full = { facts: {}, ...failure };
    this.#say({ type: 'decline', failure: full });
    this.#end({ phase: 'declined', failure: full });
  }

  /** Handles a block from a lane; resolves when it is on disk (or was not wanted). */
  async handleBlock(block: Block): Promise<void> {
    const writer = this.#writer;
    if (!writer || !this.#isAccepting()) return;
    await this.#guard(async () => {
      if (!(await this.#window.accept(block, writer)) || isOver(this.#state)) return;
      this.#options.onChange();
      await writer.files.settle(block.fileIndex);
    });
  }

  /** Handles a message of the sender's. */
  handle(message: TransferMessage): void {
    if (isOver(this.#state)) return;
    switch (message.type) {
      case 'file-digests':
        void this.#guard(async () => this.#writer?.files.handleDigests(message.digests));
        return;
      case 'ready':
        this.#inOrder(() => this.#answerReady(message.round));
        return;
      case 'pause':
        if (this.#writer && !this.#hold)
          this.#setState({ phase: 'paused', by: 'peer', failure: message.failure ?? null });
        return;
      case 'files-changed':
        this.#inOrder(() => this.#handleChanges(message.files));
        return;
      case 'files-failed':
        this.#inOrder(async () => this.#writer?.handleFailures(message.files));
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

  /** The last lane is gone; `resume` goes on. */
  pause(): void {
    this.#hasLane = false;
    this.#round = null;
    if (isOver(this.#state) || this.#state.phase === 'asked') return;
    if (!this.#hold) this.#setState({ phase: 'waiting' });
    // What waits for its turn will be sent again.
    this.#writer?.files.wake();
  }

  /** There is a lane after there was none: tells the sender what is here already, or that this side holds the transfer. */
  resume(isNewSession = false): void {
    this.#hasLane = true;
    if (!this.#writer || this.#state.phase === 'active' || isOver(this.#state)) return;
    if (this.#hold) this.#say(pauseMessage(this.#hold.failure));
    else if (this.#recover) this.#inOrder(() => this.#recoverNow());
    else this.#invite(isNewSession);
  }

  /**
   * Holds the transfer until `release`, over lost lanes and sessions too.
   * @param failure what stands in the way, where it is not the person
   */
  hold(failure: Failure | null = null): void {
    if (!this.#writer || isOver(this.#state) || this.#hold) return;
    this.#hold = { failure };
    this.#setState({ phase: 'paused', by: 'me', failure });
    this.#say(pauseMessage(failure));
    this.#writer.files.wake();
  }

  /** Ends this side's hold and goes on, where there is a lane. */
  release(): void {
    if (!this.#hold) return;
    this.#hold = null;
    this.#setState({ phase: 'waiting' });
    if (this.#hasLane) this.resume();
  }

  /** Ends the transfer on this person's wish; what is complete stays. */
  cancel(): void {
    if (isOver(this.#state)) return;
    this.#say({ type: 'cancel' });
    this.#end({ phase: 'cancelled', by: 'me' });
  }

  /** Ends the transfer on an error of this side and tells the sender. */
  fail(error: unknown): void {
    if (isOver(this.#state)) return;
    const failure = failureOf(error);
    this.#say({ type: 'fail', failure });
    this.#end({ phase: 'failed', failure });
  }

  /** The process ends: closes files and journal, so that the next run can go on. */
  async close(): Promise<void> {
    this.pause();
    await this.#finishing;
    if (isOver(this.#state)) await this.#cleanUp;
    else await this.#writer?.close();
  }

  #begin(sink: SinkPort, journal: ReceiveJournal | null): TransferWriter {
    this.#writer = new TransferWriter(
      this.#progress,
      sink,
      journal,
      this.#options.sha256,
      () => this.#isAccepting(),
      () => this.#finishIfWhole(),
    );
    return this.#writer;
  }

  /** Blocks under way are still accepted while a person holds the transfer, but not while the disk does. */
  #isAccepting(): boolean {
    const state = this.#state;
    return state.phase === 'active' || (state.phase === 'paused' && !state.failure && this.#hasLane);
  }

  #invite(isFirstLane: boolean): void {
    if (!this.#writer) return;
    const creditBytes = this.#window.restart(isFirstLane);
    this.#setState({ phase: 'active' });
    const round = this.#round === null ? {} : { round: this.#round };
    this.#say({ type: 'resume', ...this.#writer.inventory(), creditBytes, ...round });
    void this.#guard(async () => this.#writer?.catchUp());
  }

  /** Files that start over are asked for with the next `resume`; where none is due, this is it. */
  #askForDropped(): void {
    if (this.#writer?.consumeDropped() && this.#state.phase === 'active') this.#invite(false);
  }

  async #answerReady(round: number): Promise<void> {
    this.#round = round;
    if (this.#hold) this.#say(pauseMessage(this.#hold.failure));
    else if (this.#recover) await this.#recoverNow();
    else if (this.#writer && this.#hasLane && !isOver(this.#state)) this.#invite(false);
  }

  /** A folder that is not there may be on a disk that is plugged in later, so nothing ends for it. */
  async #recoverNow(): Promise<void> {
    if (this.#hold || !this.#recover || isOver(this.#state)) return;
    try {
      const found = await this.#recover();
      this.#recover = null;
      if (!isOver(this.#state)) await this.#writer?.restore(found);
    } catch (error) {
      this.hold(failureOf(error));
    }
    if (this.#hasLane && this.#state.phase === 'waiting') this.#invite(true);
  }

  #inOrder(step: () => Promise<void>): void {
    this.#steps = this.#steps.then(() => this.#guard(step));
  }

  /** Sizes are others, and with them the numbers of blocks. */
  async #handleChanges(files: readonly FileChange[]): Promise<void> {
    await this.#writer?.handleChanges(files);
    this.#window.begin();
    this.#options.onChange();
  }

  #finishIfWhole(): void {
    this.#options.onChange();
    if (!this.#progress.isWhole || isOver(this.#state)) return;
    this.#finishing ??= this.#finish();
  }

  async #finish(): Promise<void> {
    const { failure } = this.#progress;
    if (!failure) await this.#writer?.finish();
    // Either person may have ended it meanwhile.
    if (isOver(this.#state)) return;
    this.#say(failure ? { type: 'fail', failure } : { type: 'done' });
    this.#end(failure ? { phase: 'failed', failure } : { phase: 'done' });
  }

  /** Runs a step; an error ends the transfer in place of rejecting, as nobody waits for it. A full disk may be emptied. */
  async #guard(step: () => Promise<void>): Promise<void> {
    try {
      await step();
      this.#askForDropped();
    } catch (error) {
      const code = error instanceof HitherError ? error.code : null;
      // Its file was closed under it, because the process ends or the file starts over.
      if (code === 'cancelled') return;
      if (code === 'disk-full') this.hold(failureOf(error));
      else this.fail(error);
    }
  }

  #end(state: TransferEnd): void {
    this.#state = state;
    // Before anybody hears of the end, as who does waits for this.
    this.#cleanUp = Promise.resolve(this.#writer?.end(state.phase === 'done'));
    this.#options.onChange();
  }

  #say(message: Unaddressed): void {
    this.#options.send({ ...message, transferId: this.#options.transferId });
  }

  #setState(state: TransferState): void {
    this.#state = state;
    this.#options.onChange();
  }
}

/** Tells the other side that this one holds the transfer, and for what. */
function pauseMessage(failure: Failure | null): Unaddressed {
  return failure ? { type: 'pause', failure } : { type: 'pause' };
}
