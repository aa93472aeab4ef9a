import type { RequestHandlers } from '../../shared/contract/backend';
import type { SessionInfo } from '../../shared/contract/contract';
import { HitherError } from '../../shared/errors';
import type { Requests } from '../../shared/settings/settings';
import type { OwnIdentity } from '../trust/OwnIdentity';
import type { Log } from '../ports';
import type { Caller } from './answerStranger';
import { IncomingRequests } from './IncomingRequests';
import { Dialer } from './Dialer';
import type { LanAddress } from '../../shared/address';
import type { Session } from './Session';
import { PageGrace, type SessionPage } from './PageGrace';
import { PendingDials } from './PendingDials';
import { PromptLimits } from './PromptLimits';
import { SessionTable } from './SessionTable';
import { DEFAULT_LIMITS, DEFAULT_TIMINGS, type SessionLimits, type SessionTimings } from './timings';
import type { TrustBook } from '../trust/TrustBook';

export interface SessionServiceOptions {
  own: OwnIdentity;
  page: SessionPage;
  trust: TrustBook;
  /** Whose requests may reach the person. */
  requests: () => Requests;
  /** Where a device was last seen, best first; empty for one that is not known. */
  addressesOf: (deviceId: string) => readonly LanAddress[];
  onSessionEnded: (sessionId: string) => void;
  log: Log;
  limits?: SessionLimits;
  timings?: SessionTimings;
}

type SignalingHandlers = Pick<
  RequestHandlers,
  | 'signaling:connect'
  | 'signaling:send'
  | 'signaling:markAccepted'
  | 'signaling:markVerified'
  | 'signaling:close'
>;

/** Every session's signaling: dials for the page, answers callers, and keeps both going over broken sockets. */
export class SessionService {
  readonly handlers: SignalingHandlers = {
    'signaling:connect': (args) => this.#dialer.connect(args),
    'signaling:send': ({ sessionId, message }) => {
      this.session(sessionId).send(message);
      return {};
    },
    'signaling:markAccepted': ({ sessionId }) => {
      this.session(sessionId).markAccepted();
      this.#log.info('signaling', { to: 'accepted', sessionId });
      return {};
    },
    'signaling:markVerified': ({ sessionId, by }) => {
      this.session(sessionId).trust.markVerified(by);
      this.#log.info('signaling', { to: 'verified', sessionId, by });
      return {};
    },
    'signaling:close': ({ sessionId, reason }) => {
      this.#dials.cancel(sessionId);
      this.#sessions.endQuietly(sessionId, reason);
      return {};
    },
  };
  readonly #own: OwnIdentity;
  readonly #trust: TrustBook;
  readonly #log: Log;
  readonly #dials = new PendingDials();
  readonly #grace: PageGrace;
  readonly #sessions: SessionTable;
  readonly #desk: IncomingRequests;
  readonly #dialer: Dialer;

  constructor(options: SessionServiceOptions) {
    const { own, page, trust, requests, addressesOf, log, onSessionEnded } = options;
    const { limits = DEFAULT_LIMITS, timings = DEFAULT_TIMINGS } = options;
    this.#own = own;
    this.#trust = trust;
    this.#log = log;
    const dials = this.#dials;
    const grace = new PageGrace({ page, timings, onExpired: () => this.endAll() });
    const signRebind = own.signRebind.bind(own);
    const sessions = new SessionTable({ page, grace, log, limits, timings, signRebind, onSessionEnded });
    this.#grace = grace;
    this.#sessions = sessions;
    const prompts = new PromptLimits(limits);
    this.#desk = new IncomingRequests({ own, page, sessions, dials, trust, prompts, requests });
    this.#dialer = new Dialer({ own, sessions, dials, trust, addressesOf, limits, timings });
  }

  /** All sessions, oldest first. */
  views(): SessionInfo[] {
    return this.#sessions.views;
  }

  /** @throws HitherError `unknown-session` */
  session(sessionId: string): Session {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) throw new HitherError('unknown-session');
    return session;
  }

  /** What the other side of a session is called, or `null` where there is no such session. */
  peerNameOf(sessionId: string): string | null {
    return this.#sessions.get(sessionId)?.peer.name ?? null;
  }

  /** Whether a session lives with an address. */
  hasAddress(address: string): boolean {
    return this.#sessions.hasAddress(address);
  }

  /** Resolves when a caller can be told whether there is a page: while one reloads it is neither there nor gone. */
  async pageKnown(): Promise<void> {
    await this.#grace.present();
  }

  /** Decides about a stranger that has proven who it is. */
  answer(caller: Caller): void {
    this.#desk.answer(caller);
  }

  /** The list of trusted devices was changed: sessions are judged again. */
  trustChanged(): void {
    for (const session of this.#sessions) {
      const { peer: device, peerKey: identityKey, dialed } = session;
      session.trust.update(this.#trust.judge({ device, identityKey }, dialed));
    }
  }

  /** A device is trusted no more: its session ends on both sides. */
  revoked(deviceId: string): void {
    this.#sessions.withDevice(deviceId)?.end('left');
  }

  /** The page is gone: its sessions wait a while for it to come back, as after a reload. */
  pageGone(): void {
    this.#grace.begin();
  }

  /** A page is about to attach, with this certificate; peers hear of it before anything that the page says. */
  pageComes(fingerprint: string): void {
    this.#own.setFingerprint(fingerprint);
    for (const session of [...this.#sessions]) session.rebind(fingerprint);
  }

  /** A page is there again; it gets what arrived meanwhile. */
  pageAttached(): void {
    this.#grace.end();
  }

  /** Gives up every dial and ends every session as `left`. */
  endAll(): void {
    this.#dials.cancelAll();
    this.#sessions.endAll('left');
  }

  close(): void {
    this.endAll();
    this.#grace.close();
  }
}
