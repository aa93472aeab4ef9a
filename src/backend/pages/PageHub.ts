import { dispatch, type Outcome, type RequestHandlers } from '../../shared/contract/backend';
import type { EventData, EventName } from '../../shared/contract/contract';
import { Emitter } from '../../shared/Emitter';

/** Delivers one event to a page; must not throw when the page is gone. */
export type SendEvent = (name: EventName, data: unknown) => void;

/** A page as its transport sees it. */
export interface PageConnection {
  readonly pageId: string;
  /** Runs a request of the contract; never rejects. */
  request(name: unknown, args: unknown): Promise<Outcome>;
  /** The page is gone, reloaded or no longer trusted. */
  disconnect(): void;
}

/**
 * Knows the pages of a backend, whichever transport brought them. One is active: the last that asked `app:attach`.
 * It alone gets events and may ask for anything; the others are told that they were superseded.
 */
export class PageHub {
  readonly #pages = new Map<string, SendEvent>();
  readonly #changes = new Emitter<{ attached: string; gone: string }>();
  readonly #onBug: (error: unknown) => void;
  #handlers: RequestHandlers | null = null;
  #activeId: string | null = null;
  #count = 0;

  /** @param onBug hears of every error that is not a `HitherError` */
  constructor(onBug: (error: unknown) => void) {
    this.#onBug = onBug;
  }

  /** Sets what answers the pages' requests; called once, before the first page. */
  serve(handlers: RequestHandlers): void {
    this.#handlers = handlers;
  }

  /** A page is there. It gets no events and may ask for nothing but `app:attach` until it has attached. */
  connect(send: SendEvent): PageConnection {
    const pageId = `page-${++this.#count}`;
    this.#pages.set(pageId, send);
    return {
      pageId,
      request: (name, args) => this.#request(pageId, name, args),
      disconnect: () => {
        this.#disconnect(pageId);
      },
    };
  }

  /** Makes a page the active one; the `app:attach` handler calls this. */
  activate(pageId: string): void {
    if (!this.#pages.has(pageId)) return;
    const earlier = this.#activeId;
    this.#activeId = pageId;
    if (earlier !== null && earlier !== pageId) {
      this.#pages.get(earlier)?.('app:superseded', {});
      this.#changes.emit('gone', earlier);
    }
    this.#changes.emit('attached', pageId);
  }

  get hasActivePage(): boolean {
    return this.#activeId !== null;
  }

  /** Sends an event to the active page; without one the event is dropped. Safe to pass on as a function. */
  readonly emit = <E extends EventName>(name: E, data: EventData<E>): void => {
    if (this.#activeId !== null) this.#pages.get(this.#activeId)?.(name, data);
  };

  /** Tells when a page became the active one; returns the disposer. */
  onAttached(listener: (pageId: string) => void): () => void {
    return this.#changes.on('attached', listener);
  }

  /** Tells when a page that was active is so no longer; returns the disposer. */
  onGone(listener: (pageId: string) => void): () => void {
    return this.#changes.on('gone', listener);
  }

  async #request(pageId: string, name: unknown, args: unknown): Promise<Outcome> {
    const mayAsk = this.#pages.has(pageId) && (name === 'app:attach' || pageId === this.#activeId);
    if (this.#handlers === null || !mayAsk) return { ok: false, failure: { code: 'not-allowed', facts: {} } };
    return dispatch(this.#handlers, pageId, name, args, this.#onBug);
  }

  #disconnect(pageId: string): void {
    this.#pages.delete(pageId);
    if (this.#activeId !== pageId) return;
    this.#activeId = null;
    this.#changes.emit('gone', pageId);
  }
}
