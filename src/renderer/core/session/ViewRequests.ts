import type { ViewRequestState } from '../types';

/** Least time between two questions of one side, in ms; a person who said "not now" is left in peace for as long. */
const APART_MS = 10_000;

export interface ViewRequestsOptions {
  send: (message: { type: 'view-request' } | { type: 'view-declined' }) => void;
  /** Whether this side shares already, so that there is nothing to ask it for. */
  isSharing: () => boolean;
  /** Answers with a share at once, where the person allows that: whether it began. `null` where they are to be asked. */
  shareUnasked: () => Promise<boolean> | null;
  onChange: () => void;
  now: () => number;
}

/**
 * "May I see your screen?", in both directions of one session. One question at a time, and ten seconds between them:
 * this side keeps to it, and what a peer asks sooner waits for its time.
 */
export class ViewRequests {
  readonly #options: ViewRequestsOptions;
  #mine: ViewRequestState = 'ready';
  #askedMs = -Infinity;
  #isTheirsOpen = false;
  #theirsMs = -Infinity;
  /** Number of their last question, or of what took it back. */
  #question = 0;
  #mineTimer: ReturnType<typeof setTimeout> | undefined;
  #theirsTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ViewRequestsOptions) {
    this.#options = options;
  }

  get mine(): ViewRequestState {
    return this.#mine;
  }

  /** Whether the other person waits for an answer of this one. */
  get isTheirsOpen(): boolean {
    return this.#isTheirsOpen;
  }

  ask(): void {
    if (this.#mine !== 'ready') return;
    this.#askedMs = this.#options.now();
    this.#options.send({ type: 'view-request' });
    this.#setMine('waiting');
  }

  /** "Not now" to the other person. */
  decline(): void {
    if (!this.#isTheirsOpen) return;
    this.#options.send({ type: 'view-declined' });
    this.#closeTheirs();
  }

  /** This side began to share: nothing more to ask for. */
  handleOwnShare(): void {
    this.#closeTheirs();
  }

  /** The other side began to share. */
  handleTheirShare(): void {
    if (this.#mine === 'waiting') this.#rest('resting');
  }

  handleDeclined(): void {
    if (this.#mine === 'waiting') this.#rest('declined');
  }

  handleRequest(): void {
    if (this.#isTheirsOpen || this.#theirsTimer !== undefined) return;
    this.#theirsTimer = setTimeout(
      () => {
        this.#theirsTimer = undefined;
        void this.#put();
      },
      Math.max(0, this.#theirsMs + APART_MS - this.#options.now()),
    );
  }

  /** Puts their question to the person, unless it is answered without one. */
  async #put(): Promise<void> {
    const { isSharing, shareUnasked, now, onChange } = this.#options;
    if (isSharing()) return;
    this.#theirsMs = now();
    const question = ++this.#question;
    const share = shareUnasked();
    if (share && (await share)) return;
    if (question !== this.#question) return;
    this.#isTheirsOpen = true;
    onChange();
  }

  /** The link is gone, and with it what was asked over it. */
  reset(): void {
    this.#question++;
    clearTimeout(this.#theirsTimer);
    this.#theirsTimer = undefined;
    this.#closeTheirs();
    if (this.#mine === 'waiting') this.#rest('resting');
  }

  /** The session is over; no timer is left. */
  end(): void {
    this.reset();
    clearTimeout(this.#mineTimer);
  }

  #closeTheirs(): void {
    if (!this.#isTheirsOpen) return;
    this.#isTheirsOpen = false;
    this.#options.onChange();
  }

  /** After an answer: the next question has to wait for its time. */
  #rest(state: 'declined' | 'resting'): void {
    clearTimeout(this.#mineTimer);
    const leftMs = this.#askedMs + APART_MS - this.#options.now();
    if (leftMs <= 0 && state === 'resting') {
      this.#setMine('ready');
      return;
    }
    this.#setMine(state);
    // Even a late "not now" is shown for as long, so that it can be read.
    this.#mineTimer = setTimeout(() => this.#setMine('ready'), state === 'declined' ? APART_MS : leftMs);
  }

  #setMine(state: ViewRequestState): void {
    this.#mine = state;
    this.#options.onChange();
  }
}
