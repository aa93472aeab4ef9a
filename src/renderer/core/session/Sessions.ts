import type { SessionInfo } from '../../../shared/contract/sessions';
import type { FilesPurpose, SessionScope } from '../../../shared/protocol/purpose';
import { HitherError } from '../../../shared/errors';
import { toHex } from '../../../shared/ids';
import type { Coming, ConnectTarget, SessionView } from '../types';
import { dialFailure } from './dialFailure';
import { Session, type SessionOptions } from './Session';

export interface SessionsOptions extends Omit<
  SessionOptions,
  'sessionId' | 'title' | 'direction' | 'scope' | 'onChange'
> {
  /** A session came, went or changed. */
  onChange: (sessionId: string) => void;
}

/** What the page's features make of a session, without what the backend keeps by device. */
type ShownSession = Session['view'];

/** Every session of this page by its id, those that ended until they are dismissed; hands each what the backend tells of it. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #byId = new Map<string, Session>();
  /** What listeners have seen of sessions that have not changed since. */
  readonly #views = new Map<string, ShownSession>();
  /** Those that an invite may lead to: there is nothing to see of them before it does. */
  readonly #coming = new Set<string>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Those that have not changed are the same objects as before. */
  get views(): ShownSession[] {
    const shown = [...this.#byId].filter(([sessionId]) => !this.#coming.has(sessionId));
    return shown.map(([sessionId, session]) => {
      const view = this.#views.get(sessionId) ?? session.view;
      this.#views.set(sessionId, view);
      return view;
    });
  }

  /** Whether the processor holds back what some session sends. */
  async isScreenSlow(): Promise<boolean> {
    const slow = await Promise.all([...this.#byId.values()].map(({ link }) => link.isSlow()));
    return slow.includes(true);
  }

  get(sessionId: string): Session | undefined {
    return this.#byId.get(sessionId);
  }

  /** The session with a device that has not ended, if there is one, of any scope where none is named. */
  liveWith(deviceId: string, scope?: SessionScope): string | null {
    for (const [sessionId, { state, view }] of this.#byId) {
      const isMeant = view.peer?.deviceId === deviceId && view.scope === (scope ?? view.scope);
      if (state.phase !== 'ended' && isMeant) return sessionId;
    }
    return null;
  }

  /**
   * Begins a session; what comes of it shows in its state. Returns its id.
   * @param purpose finds out which files it is for; `null` for everything
   */
  dial(
    target: ConnectTarget,
    title: string,
    purpose: (() => Promise<FilesPurpose | null>) | null = null,
  ): string {
    const sessionId = newSessionId();
    const session = this.#add(sessionId, title, 'outgoing', purpose ? 'files' : 'all');
    const connect = async (): Promise<SessionInfo> => {
      const { backend } = this.#options;
      if (!purpose) return backend.request('sessions:connect', { sessionId, target });
      const files = await purpose();
      // The person may have taken it back while folders were read.
      if (session.state.phase === 'ended') throw new HitherError('cancelled');
      return backend.request('sessions:connect', { sessionId, target, ...(files && { purpose: files }) });
    };
    connect().then(
      // What the backend has told of the session meanwhile is newer.
      (info) => {
        if (session.state.phase === 'dialing') session.update(info);
      },
      (error: unknown) => session.handleEnd(dialFailure(error), 'none'),
    );
    return sessionId;
  }

  /** Comes by an invite. A try that leads nowhere leaves no session behind: the person corrects what they typed. */
  comeBy(invite: string): Coming {
    const sessionId = newSessionId();
    this.#coming.add(sessionId);
    const session = this.#add(sessionId, '', 'outgoing');
    const come = async (): Promise<void> => {
      try {
        const target = { kind: 'invite', invite } as const;
        const info = await this.#options.backend.request('sessions:connect', { sessionId, target });
        // What the backend has told of the session meanwhile is newer.
        if (session.state.phase === 'dialing') session.update(info);
        this.#show(sessionId);
      } catch (error) {
        session.handleEnd('cancelled', 'none');
        this.#byId.delete(sessionId);
        this.#coming.delete(sessionId);
        throw error;
      }
    };
    return { sessionId, outcome: come(), cancel: () => session.end('left', 'me') };
  }

  /** Forgets a session that has ended. */
  dismiss(sessionId: string): void {
    if (this.#byId.get(sessionId)?.state.phase !== 'ended') return;
    this.#byId.delete(sessionId);
    this.#changed(sessionId);
  }

  /** One view for each device: those that ended make way for the next one that is up. */
  #dismissBefore({ sessionId, peer }: SessionInfo): void {
    for (const [id, { view }] of this.#byId)
      if (id !== sessionId && view.peer?.deviceId === peer.deviceId) this.dismiss(id);
  }

  /** Forgets all that have ended. */
  dismissEnded(): void {
    for (const sessionId of [...this.#byId.keys()]) this.dismiss(sessionId);
  }

  /** What the backend knows is what there is: sessions of before a reload come back, ones it has dropped are over. */
  reconcile(known: readonly SessionInfo[]): void {
    const ids = new Set(known.map(({ sessionId }) => sessionId));
    for (const [sessionId, session] of this.#byId) {
      if (!ids.has(sessionId) && session.state.phase !== 'dialing') session.handleEnd('lost', 'none');
    }
    for (const info of known) {
      const session = this.#byId.get(info.sessionId);
      if (session && session.state.phase !== 'ended') {
        session.link.reopen();
        session.update(info);
      } else this.#adopt(info, true);
    }
  }

  /** Another page of this backend has them now. */
  abandonAll(): void {
    for (const session of this.#byId.values()) session.handleEnd('left', 'me');
  }

  /** Without a backend there is neither session nor disk. */
  giveUpAll(): void {
    for (const session of this.#byId.values()) session.handleEnd('lost', 'none');
  }

  /** This machine's network has changed. */
  renewLinks(): void {
    for (const { link } of this.#byId.values()) link.renew();
  }

  /** Listens to everything that the backend tells of sessions. Call once. */
  listen(): void {
    const { backend } = this.#options;
    backend.on('sessions:changed', (info) => {
      const session = this.#byId.get(info.sessionId);
      if (session) session.update(info);
      else this.#adopt(info, false);
      this.#show(info.sessionId);
      if (info.phase === 'connected' && info.scope === 'all') this.#dismissBefore(info);
    });
    backend.on('sessions:message', ({ sessionId, feature, body }) =>
      this.#byId.get(sessionId)?.handleMessage(feature, body),
    );
    backend.on('sessions:ended', ({ sessionId, reason, by }) =>
      this.#byId.get(sessionId)?.handleEnd(reason, by),
    );
    backend.on('lanes:sendBlock', (order) => {
      for (const session of this.#byId.values()) if (session.link.sendBlock(order)) return;
      // The lane closed while the order was on its way.
      const failure = { code: 'connection-lost' as const, facts: {} };
      const { jobId, laneId } = order;
      void backend.request('lanes:blockSent', { jobId, laneId, failure }).catch(() => undefined);
    });
  }

  /** What an invite was to lead to is there. */
  #show(sessionId: string): void {
    if (this.#coming.delete(sessionId)) this.#changed(sessionId);
  }

  /** A session that came in, or (`isResuming`) that a reload of this page left behind. */
  #adopt(info: SessionInfo, isResuming: boolean): void {
    const { sessionId, peer, role } = info;
    this.#add(sessionId, peer.name, role === 'dialer' ? 'outgoing' : 'incoming').update(info, isResuming);
  }

  #add(
    sessionId: string,
    title: string,
    direction: SessionView['direction'],
    scope: SessionScope = 'all',
  ): Session {
    const session = new Session({
      ...this.#options,
      ...{ sessionId, title, direction, scope },
      onChange: () => this.#changed(sessionId),
    });
    this.#byId.set(sessionId, session);
    this.#changed(sessionId);
    return session;
  }

  #changed(sessionId: string): void {
    this.#views.delete(sessionId);
    this.#options.onChange(sessionId);
  }
}

function newSessionId(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}
