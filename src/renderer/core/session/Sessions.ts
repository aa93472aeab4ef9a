import type { SessionInfo } from '../../../shared/contract/contract';
import { toHex } from '../../../shared/ids';
import type { ConnectTarget, SessionView } from '../types';
import { Session, type SessionOptions } from './Session';
import { type SessionState, stateOf } from './sessionState';

export interface SessionsOptions extends Pick<
  SessionOptions,
  'backend' | 'certificate' | 'media' | 'readSource' | 'captureUnasked' | 'onFailure' | 'now'
> {
  /** A session came, went or changed. */
  onChange: (sessionId: string) => void;
}

/** Every session of this page by its id, those that ended until they are dismissed; hands each what the backend tells of it. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #byId = new Map<string, Session>();
  /** What listeners have seen of sessions that have not changed since. */
  readonly #views = new Map<string, SessionView>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Those that have not changed are the same objects as before. */
  get views(): SessionView[] {
    return [...this.#byId].map(([sessionId, session]) => {
      const view = this.#views.get(sessionId) ?? session.view;
      this.#views.set(sessionId, view);
      return view;
    });
  }

  get(sessionId: string): Session | undefined {
    return this.#byId.get(sessionId);
  }

  /** The session with a device that has not ended, if there is one. */
  liveWith(deviceId: string): string | null {
    for (const [sessionId, session] of this.#byId) {
      if (session.state.phase !== 'ended' && session.view.peer?.deviceId === deviceId) return sessionId;
    }
    return null;
  }

  /** Begins a session; what comes of it shows in its state. Returns its id. */
  dial(target: ConnectTarget, title: string): string {
    const sessionId = toHex(crypto.getRandomValues(new Uint8Array(16)));
    void this.#add(sessionId, title, 'outgoing', { phase: 'dialing' }).dial(target);
    return sessionId;
  }

  /** Forgets a session that has ended. */
  dismiss(sessionId: string): void {
    if (this.#byId.get(sessionId)?.state.phase !== 'ended') return;
    this.#byId.delete(sessionId);
    this.#changed(sessionId);
  }

  /** What the backend knows is what there is: sessions of before a reload come back, ones it has dropped are over. */
  reconcile(known: readonly SessionInfo[]): void {
    const ids = new Set(known.map(({ sessionId }) => sessionId));
    for (const [sessionId, session] of this.#byId) {
      if (ids.has(sessionId)) session.link.reopenLanes();
      else if (session.state.phase !== 'dialing') session.handleSignalingEnd('lost');
    }
    for (const signaling of known) {
      const session = this.#byId.get(signaling.sessionId);
      if (session) session.handleChange(signaling);
      else this.#adopt(signaling);
    }
  }

  /** Another page of this backend has them now. */
  abandonAll(): void {
    for (const session of this.#byId.values()) session.abandon();
  }

  /** Without a backend there is neither signaling nor disk: the other side is told, and the links go. */
  giveUpAll(): void {
    for (const session of this.#byId.values()) session.end('lost', 'none');
  }

  /** Listens to everything that the backend tells of sessions. Call once. */
  listen(): void {
    const { backend } = this.#options;
    backend.on('signaling:incoming', (signaling) => this.#adopt(signaling));
    backend.on('signaling:changed', (signaling) =>
      this.#byId.get(signaling.sessionId)?.handleChange(signaling),
    );
    backend.on('signaling:message', ({ sessionId, message }) =>
      this.#byId.get(sessionId)?.handleSignal(message),
    );
    backend.on('signaling:link', ({ sessionId, isUp }) =>
      this.#byId.get(sessionId)?.handleSignalingLink(isUp),
    );
    backend.on('signaling:closed', ({ sessionId, reason }) =>
      this.#byId.get(sessionId)?.handleSignalingEnd(reason),
    );
    backend.on('transfers:send', ({ sessionId, message }) =>
      this.#byId.get(sessionId)?.link.sendTransfer(message),
    );
    backend.on('lanes:sendBlock', (order) => {
      for (const session of this.#byId.values()) if (session.link.sendBlock(order)) return;
      // The lane closed while the order was on its way.
      const failure = { code: 'link-lost' as const, facts: {} };
      const { jobId, laneId } = order;
      void backend.request('lanes:blockSent', { jobId, laneId, failure }).catch(() => undefined);
    });
  }

  /** A session that came in, or that a reload of this page left behind. */
  #adopt(signaling: SessionInfo): void {
    const { sessionId, peer, role } = signaling;
    if (this.#byId.has(sessionId)) return;
    const state = stateOf(signaling, this.#options.now());
    this.#add(sessionId, peer.name, role === 'dialer' ? 'outgoing' : 'incoming', state).adopt(signaling);
  }

  #add(sessionId: string, title: string, direction: SessionView['direction'], state: SessionState): Session {
    const session = new Session(
      { ...this.#options, sessionId, title, direction, onChange: () => this.#changed(sessionId) },
      state,
    );
    this.#byId.set(sessionId, session);
    this.#changed(sessionId);
    return session;
  }

  #changed(sessionId: string): void {
    this.#views.delete(sessionId);
    this.#options.onChange(sessionId);
  }
}
