import { HitherError } from '../../errors';
import type { ManifestEntry } from '../../protocol/transfer';
import { blockLength, BLOCK_BYTES } from '../blocks';
import { bestKind, idlestLane, type LaneLoad, weightOf } from './laneChoice';
import type { Lane, SendingJournal, SourcePort } from '../ports';
import type { PlannedBlock, SendPlan } from './SendPlan';
import type { SendScheduler } from './SendScheduler';
import { type InFlightBlock, InFlightBlocks } from './InFlightBlocks';

/** How often is looked for blocks that are late, when nothing is left to hand out, in ms. */
const WATCH_MS = 500;

interface DispatcherOptions {
  transferId: string;
  /** Names the transfer in packets. */
  streamNo: number;
  entries: readonly ManifestEntry[];
  sources: SourcePort;
  /** Where blocks wait for their turn; without it they go as fast as lanes accept them. */
  scheduler: SendScheduler | undefined;
  journal: SendingJournal | undefined;
  plan: SendPlan;
  /** Whether blocks may go out now. */
  isActive: () => boolean;
  /** Whether nothing more will happen. */
  isOver: () => boolean;
  /** A lane has accepted a block. */
  onSent: () => Promise<void>;
  /** A lane says that it is gone. */
  onLaneDead: (lane: Lane) => void;
  /** A block could not be had; it has been put back. */
  onFailed: (error: unknown) => void;
}

/**
 * Hands blocks to lanes: keeps every lane of the best kind busy as far as the receiver's credit goes. A lane that has a
 * block done gets the next one, so fast lanes carry more. What a dead lane may have swallowed goes to the others. When all has been handed
 * out, lanes that have nothing to do carry what slower ones are late with a second time: a lane that recovers from loss takes minutes for
 * what another takes a second for.
 */
export class Dispatcher {
  readonly #options: DispatcherOptions;
  readonly #lanes = new Map<Lane, LaneLoad>();
  readonly #inFlight: InFlightBlocks;
  #creditBytes = 0;
  #sentBytes = 0;
  /** Grows with each `restart`; what an older generation still has in flight no longer counts. */
  #generation = 0;
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#inFlight = new InFlightBlocks(options.entries);
  }

  get hasLanes(): boolean {
    return this.#lanes.size > 0;
  }

  attach(lane: Lane): void {
    this.#lanes.set(lane, { inFlight: 0 });
  }

  /** Removes a lane, and puts back what it may not have delivered where another one lives; `false` if it was gone. */
  detach(lane: Lane): boolean {
    if (!this.#lanes.delete(lane)) return false;
    this.#inFlight.forget(lane);
    if (this.hasLanes)
      for (const { block, lengthBytes } of this.#inFlight.sentBy(lane)) this.#putBack(block, lengthBytes);
    return true;
  }

  /** Lets go of every lane. */
  clear(): void {
    this.#lanes.clear();
    clearTimeout(this.#watch);
    this.#watch = undefined;
  }

  /** The receiver lets this side go so far, in bytes since the last restart, and has these blocks. */
  credit(creditBytes: number, received: readonly (readonly [number, number])[]): void {
    this.#inFlight.acknowledge(received);
    this.#creditBytes = Math.max(this.#creditBytes, creditBytes);
    this.pump();
  }

  /** Counts anew, from an `accept` or a `resume` on. */
  restart(creditBytes: number): void {
    this.halt();
    this.#creditBytes = creditBytes;
  }

  /** Has nothing count that is under way, until the next `restart`: how it ends means nothing. */
  halt(): void {
    this.#generation++;
    this.#sentBytes = 0;
    this.#inFlight.clear();
    this.#creditBytes = 0;
    for (const load of this.#lanes.values()) load.inFlight = 0;
  }

  /** A block came damaged. What has not been sent since the last restart is sent anyway. */
  refetch(block: PlannedBlock): void {
    const handed = this.#inFlight.of(block);
    if (handed && !handed.isSent) {
      handed.isLost = true;
      // What came may be what another lane carried: one may do so again.
      handed.repeatedBy = null;
    } else if (this.#options.plan.hasSent(block)) this.#putBack(block, this.#lengthOf(block));
    this.pump();
  }

  /** Hands out what lanes and credit have room for. */
  pump(): void {
    const { plan, isActive } = this.#options;
    while (isActive()) {
      const next = plan.peek();
      if (!next) {
        this.#helpTheLate();
        return;
      }
      const idlest = idlestLane(this.#lanes);
      if (!idlest) return;
      const { lane, load } = idlest;
      const lengthBytes = this.#lengthOf(next);
      if (this.#sentBytes + lengthBytes > this.#creditBytes) return;
      plan.consume(next);
      this.#sentBytes += lengthBytes;
      void this.#carry(this.#inFlight.add(lane, next, lengthBytes), lane, load);
    }
  }

  /**
   * Has a lane carry a block: its own, or one that another lane is late with. The receiver drops what comes last, so a
   * second time costs no credit.
   */
  async #carry(handed: InFlightBlock, lane: Lane, load: LaneLoad): Promise<void> {
    const { isOver, onSent, onLaneDead, onFailed } = this.#options;
    const isRepeat = lane !== handed.lane;
    const generation = this.#generation;
    const isCurrent = (): boolean => generation === this.#generation && !isOver();
    const isWanted = isRepeat ? () => isCurrent() && this.#inFlight.has(handed) : isCurrent;
    const weight = weightOf(handed.lengthBytes);
    load.inFlight += weight;
    try {
      let digest: Uint8Array | null;
      try {
        digest = await this.#pass(handed, lane, isWanted);
      } finally {
        if (isCurrent()) load.inFlight -= weight;
      }
      if (!isCurrent()) return;
      if (digest !== null) this.#noteSent(handed, digest);
      if (!isRepeat) this.#noteCarried(handed);
      await onSent();
    } catch (error) {
      if (!isCurrent()) return;
      // Another lane may have brought it meanwhile.
      if (!isRepeat && (this.#inFlight.has(handed) || !this.#options.plan.hasSent(handed.block)))
        this.#putBack(handed.block, handed.lengthBytes);
      if (error instanceof HitherError && error.code === 'connection-lost') onLaneDead(lane);
      else onFailed(error);
    }
    this.pump();
  }

  /** Sends a block when the scheduler lets it; resolves with its digest, or with `null` where it was not wanted any more. */
  async #pass(
    { block, lengthBytes }: InFlightBlock,
    lane: Lane,
    isWanted: () => boolean,
  ): Promise<Uint8Array | null> {
    const { sources, streamNo, transferId, scheduler } = this.#options;
    const source = sources.block(block.fileIndex, block.blockIndex * BLOCK_BYTES, lengthBytes);
    const send = (): Promise<Uint8Array> => lane.sendBlock({ streamNo, ...block }, source);
    return scheduler ? scheduler.pass(transferId, lengthBytes, isWanted, send) : send();
  }

  /** A block is on its way: what the first lane says that has accepted it counts. */
  #noteSent({ block, lengthBytes }: InFlightBlock, digest: Uint8Array): void {
    const { plan, journal } = this.#options;
    if (plan.hasSent(block)) return;
    plan.sent(block, lengthBytes, digest);
    journal?.block(block.fileIndex, block.blockIndex, digest);
  }

  /** A block's own lane has accepted it. That may have died before it told so, or the receiver may have been quicker. */
  #noteCarried(handed: InFlightBlock): void {
    handed.isSent = true;
    if ((handed.isLost || !this.#lanes.has(handed.lane)) && this.#inFlight.has(handed))
      this.#putBack(handed.block, handed.lengthBytes);
  }

  /** Nothing is left to hand out: lanes without work carry what others are late with, now or as soon as it is late. */
  #helpTheLate(): void {
    const kind = bestKind(this.#lanes);
    for (const [lane, load] of this.#lanes) {
      const late = lane.kind === kind && load.inFlight === 0 ? this.#inFlight.lateFor(lane) : null;
      if (!late) continue;
      late.repeatedBy = lane;
      void this.#carry(late, lane, load);
    }
    if (this.#lanes.size < 2 || this.#inFlight.isEmpty) return;
    this.#watch ??= setTimeout(() => {
      this.#watch = undefined;
      this.pump();
    }, WATCH_MS);
  }

  /**
   * Has a block sent once more, before any that has not been sent yet: a block counts towards the credit once on either
   * side, and so the sender is never ahead of what the receiver has counted.
   */
  #putBack(block: PlannedBlock, lengthBytes: number): void {
    this.#inFlight.remove(block);
    this.#sentBytes -= lengthBytes;
    this.#options.plan.putBack(block, lengthBytes);
  }

  #lengthOf({ fileIndex, blockIndex }: PlannedBlock): number {
    return blockLength(this.#options.entries[fileIndex]?.sizeBytes ?? 0, blockIndex);
  }
}
