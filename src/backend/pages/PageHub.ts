import { dispatch, type Outcome, type RequestHandlers } from '../../shared/contract/backend';
import type { Aside } from '../../shared/contract/app';
import type { EventData, EventName } from '../../shared/contract/contract';
import { Emitter } from '../../shared/Emitter';
import type { Cancel, Clock, PageStanding } from '../ports';

/**
 * How long a page may be without its way here before it counts as closed, in ms: a tab that its browser had put to sleep
 * takes its time, and of one that crashed nothing else tells.
 */
const RETURN_MS = 60_000;
/** How long no page may be in use before one that was set aside is, in ms: one that is reloaded is back within this. */
const VACANT_MS = 3_000;
/** What a page may ask that is not the one in use. */
const ASIDE_REQUESTS: readonly unknown[] = ['app:look', 'app:attach'];

/** Delivers one event to a page; must not throw when the page is gone. */
export type SendEvent = (name: EventName, data: unknown) => void;

/** A page as its transport sees it. */
export interface PageConnection {
  readonly pageId: string;
  /** Runs a request of the contract; never rejects. */
  request(name: unknown, args: unknown): Promise<Outcome>;
  /** The page is closed, reloaded or no longer trusted. */
  disconnect(): void;
  /** The way to the page broke; it may come back under its name, with all that it has. */
  lose(): void;
}

export interface PageHubOptions {
  clock: Clock;
  /** Hears of every error that is not a `HitherError`. */
  onBug: (error: unknown) => void;
  /** What a page is told that is not the one in use. @param usedId the one that is */
  asideOf: (pageId: string, usedId: string | null) => Aside;
}

interface Page {
  send: SendEvent;
  /** What it was told last, as JSON, since it was set aside; `null` for one that was not. */
  told: string | null;
}

/**
 * Knows the pages of a backend, whichever transport brought them. One is in use: the last that asked `app:attach`. It alone gets
 * events and may ask for anything; the others are told that they were superseded, and are in use again when they attach once more.
 */
export class PageHub {
  readonly #options: PageHubOptions;
  /** Those set aside last come last. */
  readonly #pages = new Map<string, Page>();
  /** Those whose way here broke, until they count as closed. */
  readonly #lost = new Map<string, Cancel>();
  readonly #changes = new Emitter<{ attached: string; gone: string; closed: string }>();
  #handlers: RequestHandlers | null = null;
  #usedId: string | null = null;
  #count = 0;
  #cancelVacancy: Cancel | null = null;
  #isClosed = false;

  constructor(options: PageHubOptions) {
    this.#options = options;
  }

  /** Sets what answers the pages' requests; called once, before the first page. */
  serve(handlers: RequestHandlers): void {
    this.#handlers = handlers;
  }

  /**
   * A page is there. It gets no events and may ask for nothing but how things are until it has attached.
   * @param name what it calls itself, where it can come back: its earlier connection ends with that
   */
  connect(send: SendEvent, name: string | null = null): PageConnection {
    const pageId = name ?? `page-${++this.#count}`;
    if (this.#pages.has(pageId)) this.#remove(pageId);
    this.#lost.get(pageId)?.();
    this.#lost.delete(pageId);
    const page: Page = { send, told: null };
    this.#pages.set(pageId, page);
    const isCurrent = (): boolean => this.#pages.get(pageId) === page;
    return {
      pageId,
      request: (request, args) => this.#request(isCurrent() ? pageId : null, request, args),
      disconnect: () => {
        if (!isCurrent()) return;
        this.#remove(pageId);
        this.#changes.emit('closed', pageId);
      },
      lose: () => {
        if (isCurrent()) this.#lose(pageId, name !== null);
      },
    };
  }

  /** Has a page be the one in use; the `app:attach` handler calls this. */
  activate(pageId: string): void {
    if (!this.#pages.has(pageId)) return;
    const earlier = this.#usedId;
    this.#usedId = pageId;
    this.#cancelVacancy?.();
    this.#cancelVacancy = null;
    if (earlier !== null && earlier !== pageId) {
      this.#changes.emit('gone', earlier);
      this.#setAside(earlier);
    }
    const page = this.#pages.get(pageId);
    if (page) page.told = null;
    this.#changes.emit('attached', pageId);
    this.asideChanged();
  }

  /** What a page is told that is not in use, now and whenever that changes; the `app:look` handler calls this. */
  look(pageId: string): Aside {
    const aside = this.#options.asideOf(pageId, this.#otherThan(pageId));
    const page = this.#pages.get(pageId);
    if (page && pageId !== this.#usedId) this.#setLast(pageId, page, aside);
    return aside;
  }

  /** Tells the pages that are not in use what is new to them. */
  asideChanged(): void {
    for (const [pageId, page] of [...this.#pages]) {
      if (page.told === null || pageId === this.#usedId) continue;
      const aside = this.#options.asideOf(pageId, this.#usedId);
      // That nobody uses Hither is told to one page alone, and not at once.
      if (aside.other === null) continue;
      const told = JSON.stringify(aside);
      if (told === page.told) continue;
      page.told = told;
      page.send('app:superseded', aside);
    }
  }

  /** Nothing happens any more by itself. */
  close(): void {
    this.#isClosed = true;
    this.#cancelVacancy?.();
    for (const cancel of this.#lost.values()) cancel();
  }

  /** How a page stands: in use, set aside (or away for a moment), or closed with all that it had. */
  standingOf(pageId: string): PageStanding {
    if (pageId === this.#usedId) return 'used';
    return this.#pages.has(pageId) || this.#lost.has(pageId) ? 'aside' : 'closed';
  }

  get hasActivePage(): boolean {
    return this.#usedId !== null;
  }

  /** Sends an event to the page in use; without one the event is dropped. Safe to pass on as a function. */
  readonly emit = <E extends EventName>(name: E, data: EventData<E>): void => {
    if (this.#usedId !== null) this.#pages.get(this.#usedId)?.send(name, data);
  };

  /** Tells when a page came into use; returns the disposer. */
  onAttached(listener: (pageId: string) => void): () => void {
    return this.#changes.on('attached', listener);
  }

  /** Tells when a page is no longer the one in use; returns the disposer. */
  onGone(listener: (pageId: string) => void): () => void {
    return this.#changes.on('gone', listener);
  }

  /** Tells when a page, in use or not, is closed for good; returns the disposer. */
  onClosed(listener: (pageId: string) => void): () => void {
    return this.#changes.on('closed', listener);
  }

  async #request(pageId: string | null, name: unknown, args: unknown): Promise<Outcome> {
    const mayAsk = pageId !== null && (ASIDE_REQUESTS.includes(name) || pageId === this.#usedId);
    if (this.#handlers === null || !mayAsk) return { ok: false, failure: { code: 'not-allowed', facts: {} } };
    return dispatch(this.#handlers, pageId, name, args, this.#options.onBug);
  }

  #otherThan(pageId: string): string | null {
    return this.#usedId === pageId ? null : this.#usedId;
  }

  #setAside(pageId: string): void {
    const page = this.#pages.get(pageId);
    if (!page) return;
    const aside = this.#options.asideOf(pageId, this.#usedId);
    this.#setLast(pageId, page, aside);
    page.send('app:superseded', aside);
  }

  #setLast(pageId: string, page: Page, aside: Aside): void {
    page.told = JSON.stringify(aside);
    this.#pages.delete(pageId);
    this.#pages.set(pageId, page);
  }

  #lose(pageId: string, mayReturn: boolean): void {
    this.#remove(pageId);
    if (this.#isClosed) return;
    if (!mayReturn) {
      this.#changes.emit('closed', pageId);
      return;
    }
    const cancel = this.#options.clock.after(RETURN_MS, () => {
      this.#lost.delete(pageId);
      this.#changes.emit('closed', pageId);
    });
    this.#lost.set(pageId, cancel);
  }

  #remove(pageId: string): void {
    this.#pages.delete(pageId);
    if (this.#usedId !== pageId) return;
    this.#usedId = null;
    this.#changes.emit('gone', pageId);
    if (!this.#isClosed)
      this.#cancelVacancy = this.#options.clock.after(VACANT_MS, () => this.#tellVacancy());
  }

  /** The page that was set aside last may be in use again. */
  #tellVacancy(): void {
    this.#cancelVacancy = null;
    const last = [...this.#pages].findLast(([, { told }]) => told !== null);
    if (last) this.#setAside(last[0]);
  }
}
