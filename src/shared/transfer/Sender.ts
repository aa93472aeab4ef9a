import { failureOf, HitherError } from '../errors';
import { MAX_ENTRIES_PER_MESSAGE, type TransferMessage, type Unaddressed } from '../protocol/transfer';
import { blockLength, BLOCK_BYTES } from './blocks';
import { DigestAnnouncer } from './DigestAnnouncer';
import { bestKind, idlestLane, type LaneLoad } from './laneChoice';
import { offerMessages } from './offer';
import type { Lane } from './ports';
import { SendPlan } from './SendPlan';
import type { SenderOptions } from './senderOptions';
import { isOver, type TransferEnd, type TransferState } from './status';
import { type Underway, Underways } from './Underways';

/**
 * The sending side of one transfer: offers the manifest, then keeps every lane of the best kind busy with blocks as far
 * as the receiver's credit goes. A lane that has a block done gets the next one, so fast lanes carry more. What a dead
 * lane may have swallowed goes to the others; when there is none left, the receiver's `resume` names what it has.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #plan: SendPlan;
  readonly #lanes = new Map<Lane, LaneLoad>();
  #state: TransferState = { phase: 'asked' };
  #creditBytes = 0;
  #sentBytes = 0;
  readonly #announcer: DigestAnnouncer;
  #isHeld = false;
  /** The last `ready` of this link, which the `resume` to heed has to name; `null` before the first. */
  #round: number | null = null;
  #rounds = 0;
  /** The receiver has spoken on this link, which may be before this side has a lane on it. */
  #isInvited = false;
  /** Grows with each `resume`; what an older generation still has in flight no longer counts. */
  #generation = 0;
  readonly #underway: Underways;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#plan = new SendPlan(options.entries, options.restored);
    this.#underway = new Underways(options.entries);
    this.#announcer = new DigestAnnouncer(options.sha256, (digests) => {
      if (!isOver(this.#state)) this.#say({ type: 'file-digests', digests });
    });
    this.#isHeld = options.restored?.isHeld ?? false;
    if (options.restored?.isAccepted)
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

  /** Sends the offer. Called again on a new link while the receiver has not answered. */
  offer(): void {
    for (const message of offerMessages(
      this.#options.transferId,
      this.#options.streamNo,
      this.#options.entries,
    )) {
      this.#options.send(message);
    }
  }

  /** There is a new link: repeats what the receiver may not know, and asks it what it has. */
  greet(): void {
    if (this.#state.phase === 'asked') this.offer();
    else if (this.#isHeld) this.#say({ type: 'pause' });
    else if (!isOver(this.#state)) this.#askForResume();
  }

  /** Holds the transfer until `release`, over lost links too. */
  hold(): void {
    if (this.#isHeld || this.#state.phase === 'asked' || isOver(this.#state)) return;
    this.#isHeld = true;
    this.#setState({ phase: 'paused', by: 'me', failure: null });
    if (this.#lanes.size > 0) this.#say({ type: 'pause' });
  }

  /** Ends this side's hold and goes on, where there is a link. */
  release(): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.#setState({ phase: 'waiting' });
    if (this.#lanes.size > 0) this.#askForResume();
  }

  /** Gives the transfer a lane. After a lost link nothing is sent before the receiver's `resume`. */
  attach(lane: Lane): void {
    this.#lanes.set(lane, { inFlight: 0 });
    if (this.#state.phase === 'waiting' && this.#isInvited) this.#setState({ phase: 'active' });
    this.#pump();
  }

  /** The kinds of the lanes that carry blocks at present. */
  get laneKinds(): Lane['kind'][] {
    return this.#state.phase === 'active' && this.#lanes.size > 0 ? [bestKind(this.#lanes)] : [];
  }

  /** Takes a lane away; what it may not have delivered is sent on another, or after `resume`. */
  detach(lane: Lane): void {
    if (!this.#lanes.delete(lane)) return;
    if (this.#lanes.size === 0) {
      this.#isInvited = false;
      this.#round = null;
      if (!this.#isHeld && this.#state.phase !== 'asked') this.#setState({ phase: 'waiting' });
      return;
    }
    for (const underway of this.#underway.takenBy(lane)) this.#putBack(underway);
    this.#pump();
  }

  /** Takes a message of the receiver's. */
  handle(message: TransferMessage): void {
    if (isOver(this.#state)) return;
    switch (message.type) {
      case 'accept':
        if (this.#state.phase === 'asked') this.#begin(message.creditBytes);
        return;
      case 'credit':
        this.#underway.acknowledge(message.received);
        this.#creditBytes = Math.max(this.#creditBytes, message.creditBytes);
        this.#pump();
        return;
      case 'resume':
        if ((message.round ?? null) === this.#round) this.#resume(message);
        return;
      case 'pause':
        if (!this.#isHeld && this.#state.phase !== 'asked')
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

  /** Tells first what is no longer as it was offered; the receiver heeds it before it answers. */
  #askForResume(): void {
    const { changed = [], failed = [] } = this.#options.restored ?? {};
    for (let from = 0; from < changed.length; from += MAX_ENTRIES_PER_MESSAGE)
      this.#say({ type: 'files-changed', files: changed.slice(from, from + MAX_ENTRIES_PER_MESSAGE) });
    for (let from = 0; from < failed.length; from += MAX_ENTRIES_PER_MESSAGE)
      this.#say({ type: 'files-failed', files: failed.slice(from, from + MAX_ENTRIES_PER_MESSAGE) });
    this.#round = ++this.#rounds;
    this.#say({ type: 'ready', round: this.#round });
  }

  #begin(creditBytes: number): void {
    this.#options.journal?.accepted();
    this.#creditBytes = creditBytes;
    this.#isInvited = true;
    this.#setState({ phase: this.#lanes.size > 0 ? 'active' : 'waiting' });
    void this.#announceReadyFiles();
    this.#pump();
  }

  /** Also stands for an `accept` that was lost with the link. */
  #resume(message: Extract<TransferMessage, { type: 'resume' }>): void {
    if (this.#state.phase === 'asked') this.#options.journal?.accepted();
    this.#announcer.restart();
    this.#generation++;
    this.#sentBytes = 0;
    this.#underway.clear();
    this.#creditBytes = message.creditBytes;
    this.#isInvited = true;
    this.#plan.restart(message.completeBefore, message.partial);
    for (const lane of this.#lanes.values()) lane.inFlight = 0;
    if (!this.#isHeld) this.#setState({ phase: this.#lanes.size > 0 ? 'active' : 'waiting' });
    void this.#announceReadyFiles();
    this.#pump();
  }

  #pump(): void {
    while (this.#state.phase === 'active') {
      const idlest = idlestLane(this.#lanes);
      const next = this.#plan.peek();
      if (!idlest || !next) return;
      const { lane, load } = idlest;
      const length = blockLength(this.#options.entries[next.fileIndex]?.sizeBytes ?? 0, next.blockIndex);
      if (this.#sentBytes + length > this.#creditBytes) return;
      this.#plan.take(next);
      this.#sentBytes += length;
      load.inFlight++;
      const underway = { lane, block: next, lengthBytes: length, isTaken: false };
      this.#underway.add(underway);
      void this.#sendBlock(underway, load);
    }
  }

  async #sendBlock(underway: Underway, load: LaneLoad): Promise<void> {
    const { lane, block, lengthBytes } = underway;
    const generation = this.#generation;
    try {
      const { sources, streamNo, transferId, gate } = this.#options;
      const isWanted = (): boolean => generation === this.#generation && !isOver(this.#state);
      const source = sources.block(block.fileIndex, block.blockIndex * BLOCK_BYTES, lengthBytes);
      const send = (): Promise<Uint8Array> => lane.sendBlock({ streamNo, ...block }, source);
      const digest = await (gate ? gate.pass(transferId, lengthBytes, isWanted, send) : send());
      if (digest === null || !isWanted()) return;
      load.inFlight--;
      underway.isTaken = true;
      this.#plan.sent(block, lengthBytes, digest);
      this.#options.journal?.block(block.fileIndex, block.blockIndex, digest);
      // The lane may have died between taking the block and telling so.
      if (!this.#lanes.has(lane) && this.#underway.has(underway)) this.#putBack(underway);
      this.#options.onChange();
      await this.#announceReadyFiles();
    } catch (error) {
      if (generation !== this.#generation || isOver(this.#state)) return;
      if (!(error instanceof HitherError) || error.code !== 'link-lost') {
        this.fail(error);
        return;
      }
      load.inFlight--;
      this.#putBack(underway);
      this.detach(lane);
    }
    this.#pump();
  }

  /**
   * Has a block sent once more, before any that has not been sent yet: a block counts towards the credit once on either
   * side, and so the sender is never ahead of what the receiver has counted.
   */
  #putBack(underway: Underway): void {
    const { block, lengthBytes } = underway;
    this.#underway.remove(underway);
    this.#sentBytes -= lengthBytes;
    this.#plan.putBack(block, lengthBytes);
  }

  /** Tells the receiver the digests of files whose last block has gone out (and of empty ones). */
  async #announceReadyFiles(): Promise<void> {
    for (const { fileIndex, digests } of this.#plan.takeReadyFiles()) {
      this.#options.sources.release(fileIndex);
      await this.#announcer.announce(fileIndex, digests);
    }
  }

  #say(message: Unaddressed): void {
    this.#options.send({ ...message, transferId: this.#options.transferId });
  }

  #finish(): void {
    if (this.#plan.isComplete) this.#end({ phase: 'done' });
    // Before it has told what it has, as after a restart, it will be asked.
    else if (this.#isInvited) this.fail(new HitherError('protocol-violation'));
  }

  #end(state: TransferEnd): void {
    this.#lanes.clear();
    this.#options.sources.close();
    this.#setState(state);
  }

  #setState(state: TransferState): void {
    this.#state = state;
    this.#options.onChange();
  }
}
