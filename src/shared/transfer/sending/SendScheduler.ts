/** Time of doing nothing that may be made up for, in ms: timers of a busy machine come late by about so much. */
const SLACK_MS = 50;

interface Waiting {
  transferId: string;
  lengthBytes: number;
  isWanted: () => boolean;
  admit: (leave: () => void) => void;
}

/**
 * Where every block waits before any lane gets it, so that one speed limit holds for all transfers and lanes together,
 * and so that a transfer that a person moved to the front goes first: as long as it has a block here or on a lane, the
 * others wait. Without a limit and without such a transfer, nobody waits.
 */
export class SendScheduler {
  readonly #now: () => number;
  readonly #waiting: Waiting[] = [];
  /** Blocks that are on a lane, by transfer. */
  readonly #inside = new Map<string, number>();
  /** The one moved last comes first. */
  readonly #front: string[] = [];
  #bytesPerSecond: number | null = null;
  /** Until when the line is busy, on the clock of `now`. */
  #freeMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param now a clock in ms that never goes back */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** @param bytesPerSecond `null` for no limit; counts from now on */
  setLimit(bytesPerSecond: number | null): void {
    if (bytesPerSecond === this.#bytesPerSecond) return;
    this.#bytesPerSecond = bytesPerSecond;
    this.#freeMs = this.#now();
    this.#pump();
  }

  moveToFront(transferId: string): void {
    this.forget(transferId);
    this.#front.unshift(transferId);
    this.#pump();
  }

  isFirst(transferId: string): boolean {
    return this.#front[0] === transferId;
  }

  /** A transfer is over and gives up its place. */
  forget(transferId: string): void {
    const place = this.#front.indexOf(transferId);
    if (place !== -1) this.#front.splice(place, 1);
    this.#pump();
  }

  /**
   * Sends one block when it may go.
   * @param isWanted whether it is to go at all, which may change while it waits; one that is not counts for nothing
   * @param send hands the block to its lane; resolves or rejects when the lane is done with it
   * @returns what `send` did, or `null` for a block that was not wanted any more
   */
  async pass<T>(
    transferId: string,
    lengthBytes: number,
    isWanted: () => boolean,
    send: () => Promise<T>,
  ): Promise<T | null> {
    const leave = await this.#enter(transferId, lengthBytes, isWanted);
    try {
      return isWanted() ? await send() : null;
    } finally {
      leave();
    }
  }

  #enter(transferId: string, lengthBytes: number, isWanted: () => boolean): Promise<() => void> {
    return new Promise((resolve) => {
      if (this.#waiting.length === 0) this.#freeMs = Math.max(this.#freeMs, this.#now() - SLACK_MS);
      this.#waiting.push({ transferId, lengthBytes, isWanted, admit: resolve });
      this.#pump();
    });
  }

  #pump(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (let next = this.#next(); next !== null; next = this.#next()) {
      if (!next.isWanted()) this.#admit(next, () => undefined);
      else if (!this.#consumeTime(next.lengthBytes)) return;
      else this.#admit(next, this.#countIn(next.transferId));
    }
  }

  /** Consumes the time that some bytes have at the speed in force, or comes back when it is over. */
  #consumeTime(lengthBytes: number): boolean {
    if (this.#bytesPerSecond === null) return true;
    const dueMs = this.#freeMs + (lengthBytes * 1000) / this.#bytesPerSecond;
    const leftMs = dueMs - this.#now();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => this.#pump(), Math.ceil(leftMs));
      return false;
    }
    this.#freeMs = dueMs;
    return true;
  }

  /** The one to go now: the first of the transfer nearest to the front, unless one before that is still sending. */
  #next(): Waiting | null {
    let best: Waiting | null = null;
    for (const waiting of this.#waiting) {
      if (best === null || this.#place(waiting.transferId) < this.#place(best.transferId)) best = waiting;
    }
    if (best === null) return null;
    const place = this.#place(best.transferId);
    for (const transferId of this.#inside.keys()) if (this.#place(transferId) < place) return null;
    return best;
  }

  #place(transferId: string): number {
    const place = this.#front.indexOf(transferId);
    return place === -1 ? this.#front.length : place;
  }

  #admit(waiting: Waiting, leave: () => void): void {
    this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    waiting.admit(leave);
  }

  #countIn(transferId: string): () => void {
    this.#inside.set(transferId, (this.#inside.get(transferId) ?? 0) + 1);
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      const left = (this.#inside.get(transferId) ?? 1) - 1;
      if (left > 0) this.#inside.set(transferId, left);
      else this.#inside.delete(transferId);
      this.#pump();
    };
  }
}
