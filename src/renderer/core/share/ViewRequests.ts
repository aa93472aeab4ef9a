import { VIEW_REQUESTS_FEATURE, ViewRequestMessage } from '../../../shared/protocol/viewRequests';
import type { FeatureContext, PageFeature } from '../session/PageFeature';
import type { SessionTracks, TrackViews } from '../media/SessionTracks';
import type { ViewRequestState } from '../types';

/** Least time between two questions of one side, in ms; a person who said "not now" is left in peace for as long. */
const APART_MS = 10_000;

export interface ViewRequestsOptions extends FeatureContext {
  /** The tracks of the session: a screen answers a question. */
  tracks: Pick<SessionTracks, 'publish' | 'onScreens'> & { view: Pick<TrackViews, 'localShare'> };
}

/**
 * "May I see your screen?", in both directions of one session. One question at a time, and ten seconds between them:
 * this side keeps to it, and what a peer asks sooner waits for its time.
 */
export class ViewRequests implements PageFeature<ViewRequestMessage> {
  static readonly featureName = VIEW_REQUESTS_FEATURE;
  readonly name = ViewRequests.featureName;
  readonly schema = ViewRequestMessage;
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
    options.tracks.onScreens({
      ours: () => this.#closeTheirs(),
      theirs: () => {
        if (this.#mine === 'waiting') this.#rest('resting');
      },
    });
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
    this.#askedMs = this.#options.monotonicMs();
    this.#options.send({ type: 'view-request' });
    this.#setMine('waiting');
  }

  /** "Not now" to the other person. */
  decline(): void {
    if (!this.#isTheirsOpen) return;
    this.#options.send({ type: 'view-declined', reason: 'not-now' });
    this.#closeTheirs();
  }

  handle(message: ViewRequestMessage): void {
    if (message.type === 'view-request') this.#handleRequest();
    else if (this.#mine === 'waiting') this.#rest(message.reason === 'no-screen' ? 'no-screen' : 'declined');
  }

  /** What became of this side's question, and whether the other person asks: a share answers that, and so does `decline`. */
  get view() {
    return { viewRequest: this.mine, isViewRequested: this.isTheirsOpen };
  }

  #handleRequest(): void {
    if (this.#isTheirsOpen || this.#theirsTimer !== undefined) return;
    this.#theirsTimer = setTimeout(
      () => {
        this.#theirsTimer = undefined;
        void this.#put();
      },
      Math.max(0, this.#theirsMs + APART_MS - this.#options.monotonicMs()),
    );
  }

  /** Puts their question to the person, unless it is answered without one. */
  async #put(): Promise<void> {
    const { tracks, monotonicMs, onChange, isLinkExpected, send } = this.#options;
    if (tracks.view.localShare) return;
    this.#theirsMs = monotonicMs();
    if (!isLinkExpected()) {
      send({ type: 'view-declined', reason: 'no-screen' });
      return;
    }
    const question = ++this.#question;
    if (await this.#shareUnasked()) return;
    if (question !== this.#question) return;
    this.#isTheirsOpen = true;
    onChange();
  }

  /** Shares this screen where the peer may see it without a question; whether that began. */
  async #shareUnasked(): Promise<boolean> {
    const { permissions, isLinked, captureUnasked, media, tracks } = this.#options;
    const isAllowed = (): boolean => isLinked() && permissions()?.viewScreen === 'allow';
    if (!isAllowed()) return false;
    const isCaptured = await captureUnasked().then(
      () => true,
      () => false,
    );
    if (!isCaptured) return false;
    // The session may have ended, or the trust, while the capture began.
    const isMeant = isAllowed();
    // A permission to see is none to hear: also of what is shared with somebody else already.
    if (isMeant) tracks.publish('screen', false);
    else media.stopUnwatched('screen');
    return isMeant;
  }

  /** The link is gone, and no screen could be shown: what was asked is taken back on both sides. */
  unlinked(): void {
    this.#question++;
    clearTimeout(this.#theirsTimer);
    this.#theirsTimer = undefined;
    this.#closeTheirs();
    if (this.#mine === 'waiting') this.#rest('resting');
  }

  /** The session is over; no timer is left. */
  end(): void {
    this.unlinked();
    clearTimeout(this.#mineTimer);
  }

  #closeTheirs(): void {
    if (!this.#isTheirsOpen) return;
    this.#isTheirsOpen = false;
    this.#options.onChange();
  }

  /** After an answer: the next question has to wait for its time. */
  #rest(state: 'declined' | 'no-screen' | 'resting'): void {
    clearTimeout(this.#mineTimer);
    const leftMs = this.#askedMs + APART_MS - this.#options.monotonicMs();
    if (leftMs <= 0 && state === 'resting') {
      this.#setMine('ready');
      return;
    }
    this.#setMine(state);
    // Even a late "not now" is shown for as long, so that it can be read.
    this.#mineTimer = setTimeout(() => this.#setMine('ready'), state === 'resting' ? leftMs : APART_MS);
  }

  #setMine(state: ViewRequestState): void {
    this.#mine = state;
    this.#options.onChange();
  }
}
