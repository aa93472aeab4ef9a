import { HitherError } from '../errors';
import { blockLength, BLOCK_BYTES } from './blocks';
import { bestKind, idlestLane, type LaneLoad, weightOf } from './laneChoice';
import type { Lane } from './ports';
import type { PlannedBlock, SendPlan } from './SendPlan';
import type { SenderOptions } from './senderOptions';
import { type Underway, Underways } from './Underways';

/** How often is looked for blocks that are late, when nothing is left to hand out, in ms. */
const WATCH_MS = 500;

export interface DispatcherOptions extends Pick<
  SenderOptions,
  'transferId' | 'streamNo' | 'entries' | 'sources' | 'gate' | 'journal'
> {
  plan: SendPlan;
  /** Whether blocks may go out now. */
  isActive: () => boolean;
  /** Whether nothing more will happen. */
  isOver: () => boolean;
  /** A lane has taken a block. */
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
  readonly #underway: Underways;
  #creditBytes = 0;
  #sentBytes = 0;
  /** Grows with each `restart`; what an older generation still has in flight no longer counts. */
  #generation = 0;
  #watch: ReturnType<typeof setTimeout> | undefined;

  constructor(options: DispatcherOptions) {
    this.#options = options;
    this.#underway = new Underways(options.entries);
  }

  get hasLanes(): boolean {
    return this.#lanes.size > 0;
  }

  /** The kind that carries the blocks at present. */
  get bestKind(): Lane['kind'] {
    return bestKind(this.#lanes);
  }

  attach(lane: Lane): void {
    this.#lanes.set(lane, { inFlight: 0 });
  }

  /** Takes a lane away, and puts back what it may not have delivered where another one lives; `false` if it was gone. */
  detach(lane: Lane): boolean {
    if (!this.#lanes.delete(lane)) return false;
    this.#underway.forget(lane);
    if (this.hasLanes) for (const underway of this.#underway.takenBy(lane)) this.#putBack(underway);
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
    this.#underway.acknowledge(received);
    this.#creditBytes = Math.max(this.#creditBytes, creditBytes);
    this.pump();
  }

  /** Counts anew, from an `accept` or a `resume` on. */
  restart(creditBytes: number): void {
    this.#generation++;
    this.#sentBytes = 0;
    this.#underway.clear();
    this.#creditBytes = creditBytes;
    for (const load of this.#lanes.values()) load.inFlight = 0;
  }

  /** A block came damaged. What has not been sent since the last restart is sent anyway. */
  refetch(block: PlannedBlock): void {
    const underway = this.#underway.of(block);
    if (underway && !underway.isTaken) {
      underway.isLost = true;
      // What came may be what another lane carried: one may do so again.
      underway.repeatedBy = null;
    } else if (this.#options.plan.hasSent(block))
      this.#putBack({ block, lengthBytes: this.#lengthOf(block) });
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
      plan.take(next);
      this.#sentBytes += lengthBytes;
      load.inFlight += weightOf(lengthBytes);
      void this.#send(this.#underway.add({ lane, block: next, lengthBytes }), load);
    }
  }

  async #send(underway: Underway, load: LaneLoad): Promise<void> {
    const { lane, block, lengthBytes } = underway;
    const { plan, isOver, onSent, onLaneDead, onFailed } = this.#options;
    const generation = this.#generation;
    const isWanted = (): boolean => generation === this.#generation && !isOver();
    try {
      const digest = await this.#passGate(underway, isWanted);
      if (digest === null || !isWanted()) return;
      load.inFlight -= weightOf(lengthBytes);
      underway.isTaken = true;
      this.#noteSent(underway, digest);
      // The lane may have died between taking the block and telling so, or the receiver have been quicker.
      if ((underway.isLost || !this.#lanes.has(lane)) && this.#underway.has(underway))
        this.#putBack(underway);
      await onSent();
    } catch (error) {
      if (!isWanted()) return;
      load.inFlight -= weightOf(lengthBytes);
      // Another lane may have brought it meanwhile.
      if (this.#underway.has(underway) || !plan.hasSent(block)) this.#putBack(underway);
      if (error instanceof HitherError && error.code === 'link-lost') onLaneDead(lane);
      else onFailed(error);
    }
    this.pump();
  }

  /** Nothing is left to hand out: lanes without work carry what others are late with, now or as soon as it is late. */
  #helpTheLate(): void {
    const kind = this.bestKind;
    for (const [lane, load] of this.#lanes) {
      const late = lane.kind === kind && load.inFlight === 0 ? this.#underway.lateFor(lane) : null;
      if (late) void this.#repeat(late, lane, load);
    }
    if (this.#lanes.size < 2 || this.#underway.isEmpty) return;
    this.#watch ??= setTimeout(() => {
      this.#watch = undefined;
      this.pump();
    }, WATCH_MS);
  }

  /** Has a lane carry a second time what another is late with: the receiver drops what comes last, so it costs no credit. */
  async #repeat(late: Underway, lane: Lane, load: LaneLoad): Promise<void> {
    const { isOver, onSent, onLaneDead, onFailed } = this.#options;
    const generation = this.#generation;
    const isCurrent = (): boolean => generation === this.#generation && !isOver();
    late.repeatedBy = lane;
    load.inFlight += weightOf(late.lengthBytes);
    try {
      const digest = await this.#passGate({ ...late, lane }, () => isCurrent() && this.#underway.has(late));
      if (!isCurrent()) return;
      load.inFlight -= weightOf(late.lengthBytes);
      if (digest !== null) this.#noteSent(late, digest);
      await onSent();
    } catch (error) {
      if (!isCurrent()) return;
      load.inFlight -= weightOf(late.lengthBytes);
      if (error instanceof HitherError && error.code === 'link-lost') onLaneDead(lane);
      else onFailed(error);
    }
    this.pump();
  }

  /** A lane has taken a block: the first one that does counts. */
  #noteSent({ block, lengthBytes }: Underway, digest: Uint8Array): void {
    const { plan, journal } = this.#options;
    if (plan.hasSent(block)) return;
    plan.sent(block, lengthBytes, digest);
    journal?.block(block.fileIndex, block.blockIndex, digest);
  }

  async #passGate(
    { lane, block, lengthBytes }: Pick<Underway, 'lane' | 'block' | 'lengthBytes'>,
    isWanted: () => boolean,
  ): Promise<Uint8Array | null> {
    const { sources, streamNo, transferId, gate } = this.#options;
    const source = sources.block(block.fileIndex, block.blockIndex * BLOCK_BYTES, lengthBytes);
    const send = (): Promise<Uint8Array> => lane.sendBlock({ streamNo, ...block }, source);
    return gate ? gate.pass(transferId, lengthBytes, isWanted, send) : send();
  }

  /**
   * Has a block sent once more, before any that has not been sent yet: a block counts towards the credit once on either
   * side, and so the sender is never ahead of what the receiver has counted.
   */
  #putBack(underway: Pick<Underway, 'block' | 'lengthBytes'>): void {
    const { block, lengthBytes } = underway;
    this.#underway.remove(underway);
    this.#sentBytes -= lengthBytes;
    this.#options.plan.putBack(block, lengthBytes);
  }

  #lengthOf({ fileIndex, blockIndex }: PlannedBlock): number {
    return blockLength(this.#options.entries[fileIndex]?.sizeBytes ?? 0, blockIndex);
  }
}
