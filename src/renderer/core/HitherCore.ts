import type { Backend } from '../../shared/contract/backend';
import type { SignalingSession } from '../../shared/contract/contract';
import { Emitter } from '../../shared/Emitter';
import { type Failure, failureOf, HitherError } from '../../shared/errors';
import { toHex } from '../../shared/ids';
import type { PageFiles } from './files/PageFiles';
import { Session } from './session/Session';
import type { SessionState } from './session/sessionState';
import { captureScreen } from './share/captureScreen';
import type { ConnectTarget, Core, CoreSnapshot, LocalItem, SessionView } from './types';

/** Changes are gathered this long before listeners hear of them, in ms: one frame. */
const NOTIFY_MS = 16;
/** How long the backend may be gone before sessions are given up, in ms. */
const BACKEND_GRACE_MS = 3_000;

export interface HitherCoreOptions {
  backend: Backend;
  files: PageFiles;
  now?: () => number;
}

/** The product without a face: sessions by id, and one snapshot of everything for the page to draw. */
export class HitherCore implements Core {
  readonly backend: Backend;
  readonly #files: PageFiles;
  readonly #now: () => number;
  readonly #sessions = new Map<string, Session>();
  readonly #events = new Emitter<{ changed: undefined; failure: Failure }>();
  /** Files that wait for a session to be accepted. */
  readonly #pending = new Map<string, LocalItem[]>();
  #snapshot: CoreSnapshot = {
    app: null,
    settings: null,
    nearby: null,
    notices: [],
    sessions: [],
    transfers: [],
    connection: 'starting',
  };
  /** Whether a session changed since the snapshot was made. */
  #isStale = false;
  #notify: ReturnType<typeof setTimeout> | undefined;
  #grace: ReturnType<typeof setTimeout> | undefined;

  constructor({ backend, files, now = Date.now }: HitherCoreOptions) {
    this.backend = backend;
    this.#files = files;
    this.#now = now;
  }

  /** Attaches to the backend and begins to listen. Call once. */
  start(): void {
    this.#listen();
    this.backend.onConnection((isConnected) => this.#connection(isConnected));
    void this.#attach();
  }

  getSnapshot(): CoreSnapshot {
    if (this.#isStale) {
      this.#isStale = false;
      this.#snapshot = {
        ...this.#snapshot,
        sessions: [...this.#sessions.values()].map((session) => session.view),
      };
    }
    return this.#snapshot;
  }

  subscribe(listener: () => void): () => void {
    return this.#events.on('changed', listener);
  }

  onFailure(listener: (failure: Failure) => void): () => void {
    return this.#events.on('failure', listener);
  }

  connect(target: ConnectTarget, title: string): string {
    const sessionId = toHex(crypto.getRandomValues(new Uint8Array(16)));
    const session = this.#add(sessionId, title, 'outgoing', { phase: 'dialing' });
    void session.dial(target);
    return sessionId;
  }

  accept(sessionId: string): void {
    this.#sessions.get(sessionId)?.accept();
  }

  decline(sessionId: string): void {
    this.#sessions.get(sessionId)?.decline();
  }

  leave(sessionId: string): void {
    this.#sessions.get(sessionId)?.leave();
  }

  dismiss(sessionId: string): void {
    if (this.#sessions.get(sessionId)?.state.phase !== 'ended') return;
    this.#sessions.delete(sessionId);
    this.#changed();
  }

  async shareScreen(sessionId: string, sourceId?: string): Promise<void> {
    const session = this.#session(sessionId);
    if (sourceId !== undefined) await this.backend.request('capture:choose', { sourceId });
    const share = await captureScreen();
    if (session.state.phase !== 'ended') session.shares.start(share);
    else for (const track of share.stream.getTracks()) track.stop();
  }

  stopSharing(sessionId: string): void {
    this.#sessions.get(sessionId)?.shares.stop();
  }

  async sendFiles(sessionId: string, items: readonly LocalItem[]): Promise<void> {
    if (items.length === 0) throw new HitherError('nothing-to-send');
    const { offer, sourceIds } = await this.#files.offerItems(items);
    try {
      const { transferId } = await this.backend.request('transfers:offer', { sessionId, items: offer });
      this.#files.bind(transferId, sourceIds);
    } catch (error) {
      this.#files.release(sourceIds);
      throw error;
    }
  }

  sendFilesTo(target: ConnectTarget, title: string, items: readonly LocalItem[]): string {
    const existing = target.kind === 'device' ? this.#liveSessionWith(target.deviceId) : null;
    const sessionId = existing ?? this.connect(target, title);
    this.#pending.set(sessionId, [...(this.#pending.get(sessionId) ?? []), ...items]);
    this.#sendPending(sessionId);
    return sessionId;
  }

  #liveSessionWith(deviceId: string): string | null {
    for (const [sessionId, session] of this.#sessions) {
      if (session.state.phase !== 'ended' && session.view.peer?.deviceId === deviceId) return sessionId;
    }
    return null;
  }

  /** Offers what was dropped on a card as soon as its session is there; drops it with a session that never was. */
  #sendPending(sessionId: string): void {
    const items = this.#pending.get(sessionId);
    const phase = this.#sessions.get(sessionId)?.state.phase;
    if (!items || (phase !== 'connected' && phase !== 'ended' && phase !== undefined)) return;
    this.#pending.delete(sessionId);
    if (phase === 'connected')
      void this.sendFiles(sessionId, items).catch((error: unknown) => this.#fail(error));
  }

  async #attach(): Promise<void> {
    try {
      const app = await this.backend.request('app:attach', {});
      const { settings, nearby, notices, transfers } = app;
      this.#update({ app, settings, nearby, notices, transfers, connection: 'ready' });
      this.#reconcile(app.sessions);
    } catch (error) {
      if (!(error instanceof HitherError) || error.code !== 'backend-gone') this.#fail(error);
    }
  }

  /** What the backend knows is what there is: sessions of before a reload come back, ones it has dropped are over. */
  #reconcile(known: readonly SignalingSession[]): void {
    const ids = new Set(known.map(({ sessionId }) => sessionId));
    for (const [sessionId, session] of this.#sessions) {
      if (ids.has(sessionId)) session.takeBackendReturn();
      else if (session.state.phase !== 'dialing') session.takeSignalingEnd('lost');
    }
    for (const signaling of known) this.#adopt(signaling);
  }

  /** A session that came in, or that a reload of this page left behind. */
  #adopt(signaling: SignalingSession): void {
    const { sessionId, peer, role, isAccepted } = signaling;
    if (this.#sessions.has(sessionId)) return;
    const pending: SessionState = { phase: role === 'dialer' ? 'asking' : 'asked' };
    const state: SessionState = isAccepted ? { phase: 'reconnecting', sinceMs: this.#now() } : pending;
    this.#add(sessionId, peer.name, role === 'dialer' ? 'outgoing' : 'incoming', state).adopt(signaling);
  }

  #add(sessionId: string, title: string, direction: SessionView['direction'], state: SessionState): Session {
    const session = new Session(
      {
        sessionId,
        title,
        direction,
        backend: this.backend,
        readSource: (sourceId, offsetBytes, lengthBytes) =>
          this.#files.read(sourceId, offsetBytes, lengthBytes),
        onChange: () => {
          this.#sendPending(sessionId);
          this.#changed();
        },
        onFailure: (error) => this.#fail(error),
        now: this.#now,
      },
      state,
    );
    this.#sessions.set(sessionId, session);
    this.#changed();
    return session;
  }

  #listen(): void {
    const { backend } = this;
    backend.on('app:superseded', () => {
      for (const session of this.#sessions.values()) session.abandon();
      this.#update({ connection: 'superseded' });
    });
    backend.on('app:notices', ({ notices }) => this.#update({ notices }));
    backend.on('settings:changed', (settings) => this.#update({ settings }));
    backend.on('nearby:changed', (nearby) => this.#update({ nearby }));
    backend.on('transfers:changed', ({ transfers }) => {
      this.#files.releaseFinished(transfers);
      this.#update({ transfers });
    });
    backend.on('signaling:incoming', (signaling) => this.#adopt(signaling));
    backend.on('signaling:message', ({ sessionId, message }) =>
      this.#sessions.get(sessionId)?.takeSignal(message),
    );
    backend.on('signaling:link', ({ sessionId, isUp }) =>
      this.#sessions.get(sessionId)?.takeSignalingLink(isUp),
    );
    backend.on('signaling:closed', ({ sessionId, reason }) =>
      this.#sessions.get(sessionId)?.takeSignalingEnd(reason),
    );
    backend.on('transfers:send', ({ sessionId, message }) =>
      this.#sessions.get(sessionId)?.sendTransfer(message),
    );
    backend.on('lanes:sendBlock', (order) => {
      for (const session of this.#sessions.values()) if (session.sendBlock(order)) return;
      // The lane closed while the order was on its way.
      const failure = { code: 'link-lost' as const, facts: {} };
      const { jobId, laneId } = order;
      void backend.request('lanes:blockSent', { jobId, laneId, failure }).catch(() => undefined);
    });
  }

  #connection(isConnected: boolean): void {
    if (this.#snapshot.connection === 'superseded') return;
    clearTimeout(this.#grace);
    if (isConnected) {
      void this.#attach();
      return;
    }
    this.#update({ connection: 'lost' });
    this.#grace = setTimeout(() => this.#giveUpSessions(), BACKEND_GRACE_MS);
  }

  /** Without a backend there is neither signaling nor disk: the other side is told, and the links go. */
  #giveUpSessions(): void {
    for (const session of this.#sessions.values()) session.end('lost', 'none');
  }

  #session(sessionId: string): Session {
    const session = this.#sessions.get(sessionId);
    if (!session || session.state.phase === 'ended') throw new HitherError('unknown-session');
    return session;
  }

  #fail(error: unknown): void {
    this.#events.emit('failure', failureOf(error));
  }

  #update(change: Partial<CoreSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#changed();
  }

  #changed(): void {
    this.#isStale = true;
    if (this.#notify !== undefined) return;
    this.#notify = setTimeout(() => {
      this.#notify = undefined;
      this.#events.emit('changed', undefined);
    }, NOTIFY_MS);
  }
}
