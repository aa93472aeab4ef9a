import type { EventData, EventName } from '../../shared/contract/contract';
import { concernsLink } from '../../shared/protocol/signals';
import type { SessionTimings } from './timings';

/** The part of the page hub that signaling needs. */
export interface SessionPage {
  readonly hasActivePage: boolean;
  emit<E extends EventName>(name: E, data: EventData<E>): void;
}

type Message = EventData<'signaling:message'>;

/** Messages kept for a page that reloads; a peer sends a few dozen while a link is built. */
const MAX_KEPT = 512;

export interface PageGraceOptions {
  page: SessionPage;
  timings: Pick<SessionTimings, 'pageGraceMs' | 'callerWaitMs'>;
  /** The page did not come back in time. */
  onExpired: () => void;
}

/**
 * Bridges the moment in which the page is away, as for a reload: messages and callers wait, and past the grace time it
 * is over.
 */
export class PageGrace {
  readonly #page: SessionPage;
  readonly #timings: PageGraceOptions['timings'];
  readonly #onExpired: () => void;
  readonly #callers = new Set<() => void>();
  #kept: Message[] = [];
  #awaySinceMs = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor({ page, timings, onExpired }: PageGraceOptions) {
    this.#page = page;
    this.#timings = timings;
    this.#onExpired = onExpired;
  }

  /** The page went away. */
  begin(): void {
    this.#awaySinceMs = performance.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onExpired, this.#timings.pageGraceMs);
  }

  /** Resolves when a page is there, or has been away for too long to be back in a moment. */
  async present(): Promise<void> {
    const leftMs = this.#awaySinceMs + this.#timings.callerWaitMs - performance.now();
    if (this.#page.hasActivePage || leftMs <= 0) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        clearTimeout(timer);
        this.#callers.delete(goOn);
        resolve();
      };
      const timer = setTimeout(goOn, leftMs);
      this.#callers.add(goOn);
    });
  }

  /** A page is there; what was kept follows the answer to its `app:attach`. */
  end(): void {
    clearTimeout(this.#timer);
    this.#letCallersGoOn();
    setImmediate(() => {
      if (!this.#page.hasActivePage) return;
      for (const message of this.#kept.splice(0)) this.#page.emit('signaling:message', message);
    });
  }

  /** Sends a message to the page, or keeps it; the oldest give way. */
  deliver(message: Message): void {
    if (this.#page.hasActivePage && this.#kept.length === 0) {
      this.#page.emit('signaling:message', message);
      return;
    }
    this.#kept.push(message);
    if (this.#kept.length > MAX_KEPT) this.#kept.shift();
  }

  /** Drops what waits for a session that is over. */
  forget(sessionId: string): void {
    this.#kept = this.#kept.filter((message) => message.sessionId !== sessionId);
  }

  /** Drops what a page that is gone said about its links: they are gone with it, and so is its certificate. */
  forgetLinks(sessionId: string): void {
    this.#kept = this.#kept.filter((kept) => kept.sessionId !== sessionId || !concernsLink(kept.message));
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#letCallersGoOn();
    this.#kept = [];
  }

  #letCallersGoOn(): void {
    for (const goOn of this.#callers) goOn();
  }
}
