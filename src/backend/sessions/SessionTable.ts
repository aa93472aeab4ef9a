import type { SessionInfo } from '../../shared/contract/sessions';
import type { Rebind } from '../../shared/identity/rebind';
import type { Clock, Log } from '../ports';
import type { PageGrace, SessionPage } from './PageGrace';
import { Session } from './Session';
import type { SessionOptions } from './sessionParts';
import type { SessionLimits, SessionTimings } from './timings';

export interface SessionTableOptions {
  page: SessionPage;
  grace: PageGrace;
  clock: Clock;
  log: Log;
  limits: SessionLimits;
  timings: SessionTimings;
  signRebind: (rebind: Rebind) => string;
  /** A session is there, and about to begin. */
  onSession: (session: Session) => void;
}

export type NewSession = Omit<SessionOptions, 'limits' | 'timings' | 'signRebind' | 'clock'>;

/** The sessions there are, and what the page is told of them. */
export class SessionTable {
  readonly #options: SessionTableOptions;
  readonly #sessions = new Map<string, Session>();

  constructor(options: SessionTableOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#sessions.size;
  }

  /** All sessions that the page is to know of, oldest first. */
  get views(): SessionInfo[] {
    return [...this.#sessions.values()].filter(({ isShown }) => isShown).map((session) => session.view);
  }

  get(sessionId: string): Session | undefined {
    return this.#sessions.get(sessionId);
  }

  /** Whether a session lives with an address. */
  hasAddress(address: string): boolean {
    return [...this.#sessions.values()].some(({ route }) => route.address === address);
  }

  [Symbol.iterator](): IterableIterator<Session> {
    return this.#sessions.values();
  }

  /** The session with a device, or `null`. */
  withDevice(deviceId: string): Session | null {
    return [...this.#sessions.values()].find((session) => session.peer.deviceId === deviceId) ?? null;
  }

  add(options: NewSession): Session {
    const { page, grace, clock, log, limits, timings, signRebind, onSession } = this.#options;
    const session = new Session({ ...options, clock, limits, timings, signRebind });
    const { sessionId, role, peer } = session;
    this.#sessions.set(sessionId, session);
    log.info('session', { to: 'pending', sessionId, role, trust: options.trust.state });
    log.debug('session peer', { sessionId, peer, address: options.route.address });
    let { phase } = session;
    session.events.on('rebound', () => grace.forgetLinks(sessionId));
    session.events.on('changed', (view) => {
      if (view.phase !== phase) log.info('session', { from: phase, to: view.phase, sessionId });
      ({ phase } = view);
      if (session.isShown) page.emit('sessions:changed', view);
    });
    session.events.on('carrier', ({ kind, isUp }) => log.info('carrier', { kind, isUp, sessionId }));
    session.events.on('ended', ({ reason, by }) => {
      this.#sessions.delete(sessionId);
      log.info('session', { from: phase, to: 'ended', sessionId, reason });
      grace.forget(sessionId);
      page.emit('sessions:ended', { sessionId, reason, by });
    });
    onSession(session);
    if (session.isShown) page.emit('sessions:changed', session.view);
    return session;
  }

  /** Ends every session that `isMeant`, and tells both sides. */
  endAll(reason: 'closed', isMeant: (session: Session) => boolean = () => true): void {
    for (const session of [...this.#sessions.values()].filter(isMeant)) session.end(reason, 'me');
  }
}
