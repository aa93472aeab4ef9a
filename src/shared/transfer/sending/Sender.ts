import { type ErrorCode, type Failure, failureOf, HitherError } from '../../errors';
import {
  type FileChange,
  type ManifestEntry,
  MAX_ENTRIES_PER_MESSAGE,
  type TransferMessage,
  type Unaddressed,
} from '../../protocol/transfer';
import { DigestAnnouncer } from './DigestAnnouncer';
import { Dispatcher } from './Dispatcher';
import { offerMessages } from '../manifest/offer';
import type { Lane, SendMessage, SendingJournal, Sha256, SourcePort } from '../ports';
import { SendPlan } from './SendPlan';
import type { SendScheduler } from './SendScheduler';
import { isOver, type TransferEnd, type TransferState } from '../status';

const SOURCE_CODES = new Set<ErrorCode>(['source-changed', 'source-missing', 'source-unreadable']);

/** An outgoing transfer of an earlier run of this process; its manifest has the files as they are now. */
export interface RestoredSending {
  /** The receiver had accepted it. */
  isAccepted: boolean;
  isHeld: boolean;
  /** Digests of blocks that were sent, by file. */
  digests: ReadonlyMap<number, (Uint8Array | undefined)[]>;
  /** Files that are others now, and files that are gone. */
  changed: readonly FileChange[];
  failed: readonly { file: number; failure: Failure }[];
}

interface SenderOptions {
  transferId: string;
  /** Names this transfer in packets; unique among this side's transfers in the session. */
  streamNo: number;
  /** The manifest, names checked. */
  entries: readonly ManifestEntry[];
  sources: SourcePort;
  send: SendMessage;
  sha256: Sha256;
  /** Called after every change of state or progress. */
  onChange: () => void;
  /** Shared by all transfers of this side; without it blocks go as fast as lanes accept them. */
  scheduler?: SendScheduler;
  journal?: SendingJournal;
  /**
   * A source is another one now, or can't be had. Where this returns `true`, the sender does nothing more, and another one
   * goes on with the sources as they are; without it, or for `false`, the transfer fails.
   */
  onSourceLost?: (error: HitherError) => boolean;
  restored?: RestoredSending;
  /** The receiver asks for a block once more, as it came damaged. */
  onRefetch?: () => void;
}

/**
 * The sending side of one transfer: offers the manifest, then has its blocks dispatched to the lanes, and starts over
 * from what the receiver's `resume` names when there was none left.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #plan: SendPlan;
  readonly #dispatcher: Dispatcher;
  #state: TransferState = { phase: 'asked' };
  readonly #announcer: DigestAnnouncer;
  readonly #changed: ReadonlySet<number>;
  #isHeld = false;
  /** Why the sources can't be read for now, if so. */
  #suspension: Failure | null = null;
  /** Another sender takes over. */
  #isRetired = false;
  /** The last `ready` since there were lanes, which the `resume` to heed has to name; `null` before the first. */
  #round: number | null = null;
  /** Its `resume` has not come yet; one that answers no `ready` does not count meanwhile. */
  #isAsking = false;
  #rounds = 0;
  /** The receiver has told what it has since there were lanes last, which may be before this side has one again. */
  #isInvited = false;

  constructor(options: SenderOptions) {
    this.#options = options;
    const { restored } = options;
    this.#plan = new SendPlan(options.entries, restored?.digests, restored?.failed);
    this.#dispatcher = new Dispatcher({
      transferId: options.transferId,
      streamNo: options.streamNo,
      entries: options.entries,
      sources: options.sources,
      scheduler: options.scheduler,
      journal: options.journal,
      plan: this.#plan,
      isActive: () => this.#state.phase === 'active',
      isOver: () => isOver(this.#state),
      onSent: () => {
        this.#options.onChange();
        return this.#announceReadyFiles();
      },
      onLaneDead: (lane) => this.detach(lane),
      onFailed: (error) => this.#sourceLost(error),
    });
    this.#announcer = new DigestAnnouncer(options.sha256, (digests) => {
      if (!isOver(this.#state)) this.#say({ type: 'file-digests', digests });
    });
    this.#isHeld = restored?.isHeld ?? false;
    this.#changed = new Set(restored?.changed.map(({ file }) => file));
    if (restored?.isAccepted)
      this.#state = this.#isHeld ? { phase: 'paused', by: 'me', failure: null } : { phase: 'waiting' };
  }

  get state(): TransferState {
    return this.#state;
  }

  /** Bytes and files handed to a lane so far. */
  get doneBytes(): number {
    return this.#plan.doneBytes;
  }

  get doneFiles(): number {
    return this.#plan.doneFiles;
  }

  /** Sends the offer. Called again in a new session while the receiver has not answered. */
  offer(): void {
    for (const message of offerMessages(
      this.#options.transferId,
      this.#options.streamNo,
      this.#options.entries,
    )) {
      this.#options.send(message);
    }
  }

  /**
   * There is a new session, or a lane after there was none: repeats what the receiver may not know, and asks it what it has.
   * @param isNewSession an offer without an answer is made again; within a session it is not lost
   */
  greet(isNewSession = false): void {
    if (this.#state.phase === 'asked') {
      if (isNewSession) this.offer();
    } else if (this.#isStopped) this.#sayPause();
    else if (!isOver(this.#state)) this.#askForResume();
  }

  /** Holds the transfer until `release`, over lost lanes and sessions too. */
  hold(): void {
    if (this.#isHeld || this.#state.phase === 'asked' || isOver(this.#state)) return;
    this.#isHeld = true;
    this.#stopOrGoOn();
  }

  /** Ends this side's hold and goes on. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#stopOrGoOn();
  }

  /**
   * The sources can't be read for now: holds the transfer until `unsuspend`, beside a hold of the person's. An offer still stands.
   * @param failure why, for both people
   */
  suspend(failure: Failure): void {
    if (this.#suspension || isOver(this.#state)) return;
    this.#suspension = failure;
    this.#dispatcher.halt();
    if (this.#state.phase !== 'asked') this.#stopOrGoOn();
  }

  /** The sources are there again: goes on, unless the person holds it. */
  unsuspend(): void {
    if (!this.#suspension) return;
    this.#suspension = null;
    if (this.#state.phase !== 'asked' && !isOver(this.#state)) this.#stopOrGoOn();
  }

  /** Gives the transfer a lane. After there was none nothing is sent before the receiver's `resume`. */
  attach(lane: Lane): void {
    if (this.#isRetired) return;
    this.#dispatcher.attach(lane);
    if (this.#state.phase === 'waiting' && this.#isInvited) this.#setState({ phase: 'active' });
    this.#dispatcher.pump();
  }

  /** Removes a lane; what it may not have delivered is sent on another, or after `resume`. */
  detach(lane: Lane): void {
    if (!this.#dispatcher.detach(lane)) return;
    if (this.#dispatcher.hasLanes) {
      this.#dispatcher.pump();
      return;
    }
    this.#isInvited = false;
    this.#round = null;
    this.#isAsking = false;
    if (!this.#isStopped && this.#state.phase !== 'asked') this.#setState({ phase: 'waiting' });
  }

  /** Handles a message of the receiver's. */
  handle(message: TransferMessage): void {
    if (isOver(this.#state)) return;
    switch (message.type) {
      case 'accept':
        if (this.#state.phase === 'asked') this.#begin(message.creditBytes);
        return;
      case 'credit':
        this.#dispatcher.credit(message.creditBytes, message.received);
        return;
      case 'refetch':
        this.#options.onRefetch?.();
        this.#dispatcher.refetch({ fileIndex: message.file, blockIndex: message.block });
        return;
      case 'resume':
        // One that answers no `ready` says that the receiver had no lane for a while, which this side may not have noticed.
        if ((message.round ?? null) === this.#round || (message.round === undefined && !this.#isAsking))
          this.#resume(message);
        return;
      case 'pause':
        if (!this.#isStopped && this.#state.phase !== 'asked')
          this.#setState({ phase: 'paused', by: 'peer', failure: message.failure ?? null });
        return;
      case 'decline':
        this.#end({ phase: 'declined', failure: message.failure });
        return;
      case 'done':
        this.#finish();
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

  /** Ends the transfer on this person's wish. */
  cancel(): void {
    if (isOver(this.#state)) return;
    this.#say({ type: 'cancel' });
    this.#end({ phase: 'cancelled', by: 'me' });
  }

  /** Ends the transfer on an error of this side and tells the receiver. */
  fail(error: unknown): void {
    if (isOver(this.#state)) return;
    const failure = failureOf(error);
    this.#say({ type: 'fail', failure });
    this.#end({ phase: 'failed', failure });
  }

  /** This side holds the transfer. */
  get #isStopped(): boolean {
    return this.#isHeld || this.#suspension !== null;
  }

  #stopOrGoOn(): void {
    if (this.#isStopped) {
      this.#setState({ phase: 'paused', by: 'me', failure: this.#pauseFailure });
      this.#sayPause();
      return;
    }
    this.#setState({ phase: 'waiting' });
    this.#askForResume();
  }

  /** What stands in the way, where it is not the person. */
  get #pauseFailure(): Failure | null {
    return this.#isHeld ? null : this.#suspension;
  }

  #sayPause(): void {
    const failure = this.#pauseFailure;
    this.#say(failure ? { type: 'pause', failure } : { type: 'pause' });
  }

  /** Tells first what is no longer as it was offered; the receiver heeds it before it answers. */
  #askForResume(): void {
    const { restored } = this.#options;
    if (restored) for (const message of changeMessages(restored)) this.#say(message);
    this.#round = ++this.#rounds;
    this.#isAsking = true;
    this.#say({ type: 'ready', round: this.#round });
  }

  #begin(creditBytes: number): void {
    this.#options.journal?.accepted();
    this.#dispatcher.restart(creditBytes);
    this.#isInvited = true;
    this.#setOff();
  }

  /** Also stands for an `accept` that was lost with its session. */
  #resume(message: Extract<TransferMessage, { type: 'resume' }>): void {
    this.#isAsking = false;
    if (this.#state.phase === 'asked') this.#options.journal?.accepted();
    this.#announcer.restart();
    this.#dispatcher.restart(message.creditBytes);
    this.#isInvited = true;
    this.#plan.restart(message.completeBefore, message.partial);
    this.#setOff();
  }

  /** The receiver wants blocks; it hears where this side holds the transfer. */
  #setOff(): void {
    if (this.#isStopped) this.#stopOrGoOn();
    else this.#setState({ phase: this.#dispatcher.hasLanes ? 'active' : 'waiting' });
    void this.#announceReadyFiles();
    this.#dispatcher.pump();
  }

  /** Tells the receiver the digests of files whose last block has gone out (and of empty ones). */
  async #announceReadyFiles(): Promise<void> {
    for (const { fileIndex, digests } of this.#plan.removeReadyFiles()) {
      this.#options.sources.release(fileIndex);
      // That of a file of one block says nothing that its block's has not said, unless blocks may come of what the file was.
      if (digests.length !== 1 || this.#changed.has(fileIndex))
        await this.#announcer.announce(fileIndex, digests);
    }
    if (this.#plan.isComplete) this.#announcer.flush();
  }

  #sourceLost(error: unknown): void {
    const isSource = error instanceof HitherError && SOURCE_CODES.has(error.code);
    if (this.#isRetired) return;
    this.#isRetired = isSource && (this.#options.onSourceLost?.(error) ?? false);
    if (!this.#isRetired) {
      this.fail(error);
      return;
    }
    this.#dispatcher.clear();
    this.#options.sources.close();
    this.#setState({ phase: 'waiting' });
  }

  #say(message: Unaddressed): void {
    this.#options.send({ ...message, transferId: this.#options.transferId });
  }

  #finish(): void {
    if (this.#plan.isHandedOut) {
      this.#plan.finish();
      this.#end({ phase: 'done' });
      return;
    }
    // Before it has told what it has, as after a restart, it will be asked.
    if (this.#isInvited) this.fail(new HitherError('protocol-violation'));
  }

  #end(state: TransferEnd): void {
    this.#dispatcher.clear();
    this.#options.sources.close();
    this.#setState(state);
  }

  #setState(state: TransferState): void {
    this.#state = state;
    this.#options.onChange();
  }
}

/** Tells the receiver, in messages that fit, which files are no longer as they were offered. */
function* changeMessages({ changed, failed }: RestoredSending): Generator<Unaddressed> {
  for (let from = 0; from < changed.length; from += MAX_ENTRIES_PER_MESSAGE)
    yield { type: 'files-changed', files: changed.slice(from, from + MAX_ENTRIES_PER_MESSAGE) };
  for (let from = 0; from < failed.length; from += MAX_ENTRIES_PER_MESSAGE)
    yield { type: 'files-failed', files: failed.slice(from, from + MAX_ENTRIES_PER_MESSAGE) };
}
