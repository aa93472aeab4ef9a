import { failureOf, HitherError } from '../errors';
import { toHex } from '../ids';
import type { ManifestEntry, TransferMessage } from '../protocol/transfer';
import { blockLength, BLOCK_BYTES } from './blocks';
import { fileDigest } from './fileDigest';
import { offerMessages } from './offer';
import type { Lane, SendMessage, Sha256, SourcePort } from './ports';
import { SendPlan } from './SendPlan';
import { isOver, type TransferEnd, type TransferState } from './status';

export interface SenderOptions {
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
}

/**
 * The sending side of one transfer: offers the manifest, then keeps every attached lane busy with blocks as far as
 * the receiver's credit goes. Whatever a lost link swallowed is named by the receiver's `resume` and sent again.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #plan: SendPlan;
  readonly #lanes = new Map<Lane, { inFlight: number }>();
  #state: TransferState = { phase: 'asked' };
  #creditBytes = 0;
  #sentBytes = 0;
  #digests: { file: number; digest: string }[] = [];
  /** The receiver has spoken on this link, which may be before this side has a lane on it. */
  #isInvited = false;
  /** Grows with each `resume`; what an older generation still has in flight no longer counts. */
  #generation = 0;

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#plan = new SendPlan(options.entries);
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

  /** Gives the transfer a lane. After a lost link nothing is sent before the receiver's `resume`. */
  attach(lane: Lane): void {
    this.#lanes.set(lane, { inFlight: 0 });
    if (this.#state.phase === 'waiting' && this.#isInvited) this.#setState({ phase: 'active' });
    this.#pump();
  }

  /** Takes a lane away; its unfinished blocks are sent on another, or after `resume`. */
  detach(lane: Lane): void {
    this.#lanes.delete(lane);
    if (this.#lanes.size > 0) return;
    this.#isInvited = false;
    if (this.#state.phase === 'active') this.#setState({ phase: 'waiting' });
  }

  /** Takes a message of the receiver's. */
  handle(message: TransferMessage): void {
    if (isOver(this.#state)) return;
    switch (message.type) {
      case 'accept':
        if (this.#state.phase === 'asked') this.#begin(message.creditBytes);
        return;
      case 'credit':
        this.#creditBytes = Math.max(this.#creditBytes, message.creditBytes);
        this.#pump();
        return;
      case 'resume':
        this.#resume(message);
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
    this.#options.send({ type: 'cancel', transferId: this.#options.transferId });
    this.#end({ phase: 'cancelled', by: 'me' });
  }

  /** Ends the transfer on an error of this side and tells the receiver. */
  fail(error: unknown): void {
    if (isOver(this.#state)) return;
    const failure = failureOf(error);
    this.#options.send({ type: 'fail', transferId: this.#options.transferId, failure });
    this.#end({ phase: 'failed', failure });
  }

  #begin(creditBytes: number): void {
    this.#creditBytes = creditBytes;
    this.#isInvited = true;
    this.#setState({ phase: this.#lanes.size > 0 ? 'active' : 'waiting' });
    void this.#announceReadyFiles();
    this.#pump();
  }

  /** Also stands for an `accept` that was lost with the link. */
  #resume(message: Extract<TransferMessage, { type: 'resume' }>): void {
    this.#generation++;
    this.#sentBytes = 0;
    this.#creditBytes = message.creditBytes;
    this.#isInvited = true;
    this.#plan.restart(message.completeBefore, message.partial);
    for (const lane of this.#lanes.values()) lane.inFlight = 0;
    this.#setState({ phase: this.#lanes.size > 0 ? 'active' : 'waiting' });
    void this.#announceReadyFiles();
    this.#pump();
  }

  #pump(): void {
    for (const [lane, load] of this.#lanes) {
      while (this.#state.phase === 'active' && load.inFlight < lane.depth) {
        const next = this.#plan.peek();
        if (!next) return;
        const length = blockLength(this.#options.entries[next.fileIndex]?.sizeBytes ?? 0, next.blockIndex);
        if (this.#sentBytes + length > this.#creditBytes) return;
        this.#plan.take(next);
        this.#sentBytes += length;
        load.inFlight++;
        void this.#sendBlock(lane, load, next, length);
      }
    }
  }

  async #sendBlock(
    lane: Lane,
    load: { inFlight: number },
    next: { fileIndex: number; blockIndex: number },
    length: number,
  ): Promise<void> {
    const generation = this.#generation;
    try {
      const source = this.#options.sources.block(next.fileIndex, next.blockIndex * BLOCK_BYTES, length);
      const digest = await lane.sendBlock({ streamNo: this.#options.streamNo, ...next }, source);
      if (generation !== this.#generation || isOver(this.#state)) return;
      load.inFlight--;
      this.#plan.sent(next, length, digest);
      this.#options.onChange();
      await this.#announceReadyFiles();
    } catch (error) {
      if (generation !== this.#generation || isOver(this.#state)) return;
      if (!(error instanceof HitherError) || error.code !== 'link-lost') {
        this.fail(error);
        return;
      }
      load.inFlight--;
      this.#sentBytes -= length;
      this.#plan.putBack(next);
      this.detach(lane);
    }
    this.#pump();
  }

  /** Tells the receiver the digests of files whose last block has gone out (and of empty ones). */
  async #announceReadyFiles(): Promise<void> {
    const generation = this.#generation;
    for (const ready of this.#plan.takeReadyFiles()) {
      this.#options.sources.release(ready.fileIndex);
      const digest = toHex(await fileDigest(ready.digests, this.#options.sha256));
      if (generation !== this.#generation) return;
      this.#digests.push({ file: ready.fileIndex, digest });
      if (this.#digests.length === 1) queueMicrotask(() => this.#flushDigests());
    }
  }

  #flushDigests(): void {
    while (this.#digests.length > 0 && !isOver(this.#state)) {
      this.#options.send({
        type: 'file-digests',
        transferId: this.#options.transferId,
        digests: this.#digests.splice(0, 500),
      });
    }
  }

  #finish(): void {
    if (this.#plan.isComplete) this.#end({ phase: 'done' });
    else this.fail(new HitherError('protocol-violation'));
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
