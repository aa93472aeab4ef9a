import type { SessionInfo } from '../../shared/contract/contract';
import type { Rebind } from '../../shared/identity/rebind';
import type { EndReason } from '../../shared/protocol/endReason';
import type { Log } from '../ports';
import { Session, type SessionOptions } from './Session';
import type { PageGrace, SessionPage } from './PageGrace';
import type { SessionLimits, SessionTimings } from './timings';

export interface SessionTableOptions {
  page: SessionPage;
  grace: PageGrace;
  log: Log;
  limits: SessionLimits;
  timings: SessionTimings;
  signRebind: (rebind: Rebind) => string;
  onSessionEnded: (sessionId: string) => void;
}

export type NewSession = Omit<SessionOptions, 'limits' | 'timings' | 'signRebind'>;

/** The sessions there are, and what the page is told of them. */
export class SessionTable {
  readonly #options: SessionTableOptions;
  readonly #sessions = new Map<string, Session>();
  /** Sessions that the page itself is ending: it needs no event. */
  readonly #quiet = new Set<string>();

  constructor(options: SessionTableOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** All sessions, oldest first. */
  get views(): SessionInfo[] {
    return [...this.#sessions.values()].map((session) => session.view);
  }

  get(sessionId: string): Session | undefined {
    return this.#sessions.get(sessionId);
  }

  /** Whether a session lives with an address. */
  hasAddress(address: string): boolean {
    return [...this.#sessions.values()].some(({ remoteAddress }) => remoteAddress === address);
  }

  [Symbol.iterator](): IterableIterator<Session> {
    return this.#sessions.values();
  }

  /** The session with a device, or `null`. */
  withDevice(deviceId: string): Session | null {
    return [...this.#sessions.values()].find((session) => session.peer.deviceId === deviceId) ?? null;
  }

  add(options: NewSession): Session {
    const { page, grace, log, limits, timings, signRebind, onSessionEnded } = this.#options;
    const session = new Session({ ...options, limits, timings, signRebind });
    const { sessionId, role, peer } = session;
    this.#sessions.set(sessionId, session);
    log.info('signaling', { to: 'pending', sessionId, role, trust: options.trust.state });
    log.debug('signaling peer', { sessionId, peer, address: options.remoteAddress });
    session.events.on('message', (message) => {
      grace.deliver({ sessionId, message });
    });
    session.events.on('rebound', () => {
      grace.forgetLinks(sessionId);
    });
    session.events.on('changed', (view) => {
      page.emit('signaling:changed', view);
    });
    session.events.on('link', (isUp) => {
      log.info('signaling', { to: isUp ? 'up' : 'down', sessionId });
      page.emit('signaling:link', { sessionId, isUp });
    });
    session.events.on('ended', (reason) => {
      this.#sessions.delete(sessionId);
      log.info('signaling', { to: 'ended', sessionId, reason });
      if (this.#quiet.delete(sessionId)) grace.forget(sessionId);
      else page.emit('signaling:closed', { sessionId, reason });
      onSessionEnded(sessionId);
    });
    return session;
  }

  /** Ends a session because the page says so; unknown ids are fine. */
  endQuietly(sessionId: string, reason: EndReason): void {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) return;
    this.#quiet.add(sessionId);
    session.end(reason);
  }

  /** Ends every session and tells both sides. */
  endAll(reason: EndReason): void {
    for (const session of [...this.#sessions.values()]) session.end(reason);
  }
}
