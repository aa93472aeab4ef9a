import type { EventData, EventName } from '../../shared/contract/contract';
import { LINKS_FEATURE } from '../../shared/protocol/links';
import type { Cancel, Clock } from '../ports';
import type { SessionTimings } from './timings';

/** The part of the page hub that sessions need. */
export interface SessionPage {
  readonly hasActivePage: boolean;
  emit<E extends EventName>(name: E, data: EventData<E>): void;
}

/** A message for the page. */
export type PageMessage = EventData<'sessions:message'>;

/** Messages of one session kept for a page that reloads, and their length as JSON; a peer sends a few dozen while a link is built. */
const MAX_KEPT = 512;
const MAX_KEPT_LENGTH = 1024 * 1024;

export interface PageGraceOptions {
  page: SessionPage;
  clock: Clock;
  timings: Pick<SessionTimings, 'pageGraceMs' | 'callerWaitMs'>;
  /** The page did not come back in time for these. */
  onExpired: (kept: readonly PageMessage[]) => void;
  /** A session brings more for a page that is away than is kept: it can't go on without a gap. */
  onOverflow: (sessionId: string) => void;
}

/**
 * Bridges the moment in which the page is away, as for a reload: messages for it and callers wait. Past the grace time there
 * is no page.
 */
export class PageGrace {
  readonly #options: PageGraceOptions;
  readonly #callers = new Set<() => void>();
  #kept: PageMessage[] = [];
  #awaySinceMs: number;
  #isOver = false;
  #cancelTimer: Cancel | null = null;

  constructor(options: PageGraceOptions) {
    this.#options = options;
    this.#awaySinceMs = options.clock.monotonicMs();
  }

  /** Whether a page is there, or may be back in a moment. */
  get isExpected(): boolean {
    return this.#options.page.hasActivePage || this.#cancelTimer !== null;
  }

  /** The page went away. */
  begin(): void {
    const { clock, timings, onExpired } = this.#options;
    this.#awaySinceMs = clock.monotonicMs();
    this.#cancelTimer?.();
    this.#cancelTimer = clock.after(timings.pageGraceMs, () => {
      this.#cancelTimer = null;
      onExpired(this.#kept.splice(0));
    });
  }

  /** Resolves when a page is there, or has been away for too long to be back in a moment. */
  async present(): Promise<void> {
    const { page, clock, timings } = this.#options;
    const leftMs = this.#awaySinceMs + timings.callerWaitMs - clock.monotonicMs();
    if (page.hasActivePage || leftMs <= 0 || this.#isOver) return;
    await new Promise<void>((resolve) => {
      const goOn = (): void => {
        cancel();
        this.#callers.delete(goOn);
        resolve();
      };
      const cancel = clock.after(leftMs, goOn);
      this.#callers.add(goOn);
    });
  }

  /** A page is there; what was kept follows the answer to its `app:attach`. */
  end(): void {
    const { page, clock } = this.#options;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#letCallersGoOn();
    clock.after(0, () => {
      if (!page.hasActivePage) return;
      for (const message of this.#kept.splice(0)) page.emit('sessions:message', message);
    });
  }

  /** Sends a message to the page, or keeps it. */
  deliver(message: PageMessage): void {
    const { page } = this.#options;
    if (page.hasActivePage && this.#kept.length === 0) {
      page.emit('sessions:message', message);
      return;
    }
    const kept = this.#kept.filter(({ sessionId }) => sessionId === message.sessionId);
    const length = [...kept, message].reduce((sum, { body }) => sum + JSON.stringify(body).length, 0);
    if (kept.length < MAX_KEPT && length <= MAX_KEPT_LENGTH) this.#kept.push(message);
    else this.#options.onOverflow(message.sessionId);
  }

  /** Drops what waits for a session that is over. */
  forget(sessionId: string): void {
    this.#kept = this.#kept.filter((message) => message.sessionId !== sessionId);
  }

  /** Drops what a page that is gone said about its links: they are gone with it, and so is its certificate. */
  forgetLinks(sessionId: string): void {
    this.#kept = this.#kept.filter((kept) => kept.sessionId !== sessionId || kept.feature !== LINKS_FEATURE);
  }

  close(): void {
    this.#isOver = true;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    this.#letCallersGoOn();
    this.#kept = [];
  }

  #letCallersGoOn(): void {
    for (const goOn of this.#callers) goOn();
  }
}
