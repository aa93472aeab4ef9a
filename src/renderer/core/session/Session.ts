import type { Backend } from '../../../shared/contract/backend';
import type { SessionInfo } from '../../../shared/contract/contract';
import { assertNever } from '../../../shared/assertNever';
import { HitherError } from '../../../shared/errors';
import type { EndReason } from '../../../shared/protocol/endReason';
import type { RtcSignal, SignalMessage } from '../../../shared/protocol/signals';
import type { ConnectTarget, SessionView } from '../types';
import { dialFailure } from './dialFailure';
import { SessionLink, type SessionLinkOptions } from './SessionLink';
import {
  type EndedBy,
  limitOf,
  nextSessionState,
  type SessionEvent,
  type SessionState,
} from './sessionState';
import { SessionTrust } from './SessionTrust';

/** Signals that may come before our own backend has told that the other one answered; honest ones are two. */
const MAX_EARLY_SIGNALS = 16;
/** Ends that somebody on the other side chose. */
const ENDS_BY_PEER: readonly EndReason[] = ['left', 'declined', 'cancelled', 'code-mismatch'];

export interface SessionOptions extends Pick<SessionLinkOptions, 'certificate' | 'media' | 'readSource'> {
  /** Has a screen captured without a question; rejects where only a person can. */
  captureUnasked: (sessionId: string) => Promise<void>;
  sessionId: string;
  title: string;
  direction: SessionView['direction'];
  backend: Backend;
  onChange: () => void;
  /** A failure that no caller waits for. */
  onFailure: (error: unknown) => void;
  now: () => number;
}

/** One session: the state machine, and what each state needs of signaling, trust, links and shares. */
export class Session {
  readonly #options: SessionOptions;
  readonly #startedMs: number;
  readonly trust: SessionTrust;
  readonly link: SessionLink;
  #state: SessionState;
  #signaling: SessionInfo | null = null;
  #early: SignalMessage[] = [];
  #deadline: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SessionOptions, state: SessionState) {
    const { backend, sessionId, onChange, onFailure, now } = options;
    this.#options = options;
    this.#startedMs = now();
    this.#state = state;
    this.trust = new SessionTrust({
      backend,
      sessionId,
      sendVerified: () => this.#sendSignal({ type: 'verified' }),
      onVerified: () => this.#apply({ type: 'verified' }),
      onChange,
      onFailure,
    });
    this.link = new SessionLink({
      ...options,
      sendSignal: (message) => this.#sendSignal(message),
      shareUnasked: () => this.#shareUnasked(),
      onLinked: () => this.#apply({ type: 'linked' }),
      onLost: () => this.#apply({ type: 'linkLost', nowMs: now() }),
      onLeave: (reason) => this.end(reason, 'peer'),
      onViolation: () => this.#violated(),
      isSafeSideSdp: (sdp) => this.#isSafe(() => this.trust.checkSide(sdp)),
    });
  }

  get state(): SessionState {
    return this.#state;
  }

  get view(): SessionView {
    const peer = this.#signaling?.peer ?? null;
    const { sessionId, direction, title } = this.#options;
    return {
      sessionId,
      peer,
      title: peer?.name ?? title,
      direction,
      state: this.#state,
      security: this.trust.view,
      ...this.link.tracks.view,
      viewRequest: this.link.viewRequests.mine,
      isViewRequested: this.link.viewRequests.isTheirsOpen,
      texts: this.link.texts.views,
      startedMs: this.#startedMs,
    };
  }

  /** Dials. What comes of it shows in the state. */
  async dial(target: ConnectTarget): Promise<void> {
    const { backend, sessionId } = this.#options;
    try {
      const signaling = await backend.request('signaling:connect', { sessionId, target });
      // What the backend has told of the session meanwhile is newer.
      this.handleChange(this.#signaling ?? signaling);
      this.#apply({ type: 'welcomed' });
    } catch (error) {
      this.#finish(dialFailure(error), 'none');
      return;
    }
    for (const message of this.#early.splice(0)) this.handleSignal(message);
  }

  /** Takes up a session that the backend knows: one that came in, or one that a reload of the page left behind. */
  adopt(signaling: SessionInfo): void {
    this.handleChange(signaling);
    if (signaling.isAccepted) this.trust.begin();
    else if (this.trust.permissions?.connect === 'allow') this.accept();
    if (this.#state.phase === 'reconnecting') this.#startLink();
    this.#watchDeadline();
  }

  /** What the backend knows of the session has changed: its trust, or the certificate of the peer's page. */
  handleChange(signaling: SessionInfo): void {
    this.#signaling = signaling;
    this.trust.update(signaling);
  }

  accept(): void {
    if (this.#state.phase !== 'asked') return;
    this.#sendSignal({ type: 'accept' });
    this.#accepted();
  }

  decline(): void {
    if (this.#state.phase !== 'asked') return;
    this.#sendSignal({ type: 'decline' });
    this.end('declined', 'me');
  }

  /** The codes differ: whoever is in between gets nothing. */
  reportMismatch(): void {
    if (this.#state.phase === 'verifying') this.end('code-mismatch', 'me');
  }

  /** Leaves, or takes the request back. */
  leave(): void {
    const isPending = this.#state.phase === 'dialing' || this.#state.phase === 'asking';
    this.end(isPending ? 'cancelled' : 'left', 'me');
  }

  /** Ends the session and tells the other side, as far as it can still be told. */
  end(reason: EndReason, by: EndedBy): void {
    if (this.#state.phase === 'ended') return;
    this.link.leave(reason);
    void this.#options.backend
      .request('signaling:close', { sessionId: this.#options.sessionId, reason })
      .catch(() => undefined);
    this.#finish(reason, by);
  }

  /** Lets go without a word: another page of this backend takes the session over. */
  abandon(): void {
    this.#finish('left', 'me');
  }

  /** Takes a message that came through signaling. */
  handleSignal(message: SignalMessage): void {
    if (this.#state.phase === 'dialing') {
      if (this.#early.length < MAX_EARLY_SIGNALS) this.#early.push(message);
      return;
    }
    switch (message.type) {
      case 'accept':
        if (this.#state.phase === 'asking') this.#accepted();
        return;
      case 'decline':
        if (this.#state.phase === 'asking') this.#finish('declined', 'peer');
        return;
      case 'verified':
        if (this.#isPending()) this.#violated();
        else this.trust.handleVerified();
        return;
      case 'leave':
        this.end(message.reason, 'peer');
        return;
      case 'signal':
        this.#handleRtcSignal(message.link, message.signal);
        return;
      case 'relink':
        if (this.#isUnverified()) this.#violated();
        else this.link.relink(message.link);
        return;
      default:
        assertNever(message);
    }
  }

  /** The signaling socket broke or is back. */
  handleSignalingLink(isUp: boolean): void {
    if (isUp) this.link.retry();
  }

  /** Signaling is over: the backend gave up, or the other side said why. */
  handleSignalingEnd(reason: EndReason): void {
    this.#finish(reason, ENDS_BY_PEER.includes(reason) ? 'peer' : 'none');
  }

  #apply(event: SessionEvent): void {
    const next = nextSessionState(this.#state, event);
    if (next === this.#state) return;
    this.#state = next;
    this.#watchDeadline();
    if (next.phase === 'connecting') this.#startLink();
    this.#options.onChange();
  }

  /** One of the two people has not answered the request yet. */
  #isPending(): boolean {
    return this.#state.phase === 'asking' || this.#state.phase === 'asked';
  }

  /** One of the two people has not made sure of the other yet; until then, nothing of WebRTC may pass. */
  #isUnverified(): boolean {
    return this.#isPending() || this.#state.phase === 'verifying';
  }

  /** The person there, or here, said yes to the request. */
  #accepted(): void {
    const { backend, sessionId } = this.#options;
    this.#apply({ type: 'accepted' });
    void backend.request('signaling:markAccepted', { sessionId }).catch(() => undefined);
    this.trust.begin();
  }

  #handleRtcSignal(number: number, signal: RtcSignal): void {
    if (this.#isUnverified()) {
      this.#violated();
      return;
    }
    if (this.#isSafe(() => this.trust.check(signal))) this.link.signal(number, signal);
  }

  /** Whether something of the peer's passes a check; the session is over where it does not. */
  #isSafe(check: () => void): boolean {
    try {
      check();
      return true;
    } catch (error) {
      const isTampered = error instanceof HitherError && error.code === 'tampered';
      this.end(isTampered ? 'tampered' : 'protocol-violation', 'none');
      return false;
    }
  }

  #shareUnasked(): Promise<boolean> | null {
    const { captureUnasked, media, sessionId } = this.#options;
    if (this.trust.permissions?.viewScreen !== 'allow') return null;
    return captureUnasked(sessionId).then(
      () => {
        // The session may have ended, or the trust, while the capture began.
        const isMeant = this.#state.phase === 'connected' && this.trust.permissions?.viewScreen === 'allow';
        if (isMeant) this.link.shareScreen();
        else media.stopUnwatched('screen');
        return isMeant;
      },
      () => false,
    );
  }

  #violated(): void {
    this.end('protocol-violation', 'none');
  }

  /** Comparing has five minutes; a link that is being built or rebuilt has half a minute. */
  #watchDeadline(): void {
    clearTimeout(this.#deadline);
    const limit = limitOf(this.#state);
    if (limit) this.#deadline = setTimeout(() => this.end(limit.reason, 'none'), limit.ms);
  }

  #startLink(): void {
    const signaling = this.#signaling;
    if (signaling) this.link.start(() => this.#signaling ?? signaling, this.#state.phase === 'reconnecting');
  }

  #sendSignal(message: SignalMessage): void {
    const { backend, sessionId } = this.#options;
    // A session that the backend has dropped ends by its own event.
    void backend.request('signaling:send', { sessionId, message }).catch(() => undefined);
  }

  #finish(reason: EndReason, by: EndedBy): void {
    if (this.#state.phase === 'ended') return;
    clearTimeout(this.#deadline);
    this.link.close();
    this.#apply({ type: 'ended', reason, by });
  }
}
