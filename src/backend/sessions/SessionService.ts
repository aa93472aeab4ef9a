import { bareAddress, type LanAddress } from '../../shared/address';
import type { RequestHandlers } from '../../shared/contract/backend';
import type { SessionInfo } from '../../shared/contract/sessions';
import { HitherError } from '../../shared/errors';
import type { Auth } from '../../shared/identity/Handshake';
import { toHex } from '../../shared/ids';
import type { EndReason } from '../../shared/protocol/endReason';
import type { SessionScope } from '../../shared/protocol/purpose';
import type { Requests } from '../../shared/settings/settings';
import { TokenBucket } from '../../shared/TokenBucket';
import type { Clock, Log, OpenRelaySocket, Random, SessionFeature } from '../ports';
import { NO_FINGERPRINT, type OwnIdentity } from '../trust/OwnIdentity';
import type { TrustBook } from '../trust/TrustBook';
import type { Caller } from './incoming/answerStranger';
import type { Carrier, Route } from './carriers/Carrier';
import { answerForPage } from './answerForPage';
import { Comeback } from './dialing/Comeback';
import { Dialer } from './dialing/Dialer';
import type { Network } from './dialing/dial';
import { FilesIdle } from './FilesIdle';
import { IncomingRequests } from './incoming/IncomingRequests';
import { needsNobody } from './incoming/needsNobody';
import { PageCarriers } from './carriers/PageCarriers';
import { PageGrace, type PageMessage, type SessionPage } from './PageGrace';
import { PendingDials } from './dialing/PendingDials';
import { PromptLimits } from './incoming/PromptLimits';
import type { Session } from './Session';
import { answerAtDoor, type DoorResult } from './relay/answerAtDoor';
import type { DoorGrant, RelayWay } from './relay/RelayWay';
import { SessionMailboxes } from './relay/SessionMailboxes';
import { SessionTable } from './SessionTable';
import { DEFAULT_LIMITS, DEFAULT_TIMINGS, type SessionLimits, type SessionTimings } from './timings';

/** The list of trusted devices, as far as sessions change it. */
export interface PinBook extends TrustBook {
  /** Trusts a device from now on; rejects where it can't be written down. */
  pin(peer: Parameters<TrustBook['judge']>[0], dialed: LanAddress | null): Promise<void>;
}

export interface SessionServiceOptions {
  own: OwnIdentity;
  network: Network;
  clock: Clock;
  random: Random;
  page: SessionPage;
  trust: PinBook;
  /** Whose requests may reach the person. */
  requests: () => Requests;
  /** Where a device was last seen, best first; empty for one that is not known. */
  addressesOf: (deviceId: string) => readonly LanAddress[];
  /** Whether something with a trusted device is unfinished, so that a session that was lost comes back by itself. */
  isUnfinishedWith: (deviceId: string) => boolean;
  /** Whether files are on their way to or from a device, or an offer of them waits. */
  hasTransfersWith: (deviceId: string) => boolean;
  /** How relays are reached; `null` for a host that reaches none. */
  openRelaySocket: OpenRelaySocket | null;
  /** The way to a trusted device that can be reached through a relay now, or `null`. */
  wayTo?: (deviceId: string) => RelayWay | null;
  /** The way that an invite leads. @throws HitherError for a text that is none, or of which no way is known */
  wayOf?: (invite: string) => RelayWay;
  log: Log;
  limits?: SessionLimits;
  timings?: SessionTimings;
}

type SessionHandlers = Pick<
  RequestHandlers,
  | 'sessions:connect'
  | 'sessions:accept'
  | 'sessions:verify'
  | 'sessions:trust'
  | 'sessions:end'
  | 'sessions:send'
  | 'carriers:open'
  | 'carriers:frame'
  | 'carriers:close'
>;

/** Every session: dials for the page, answers callers, keeps both going over carriers that break, and hands messages to features. */
export class SessionService {
  readonly handlers: SessionHandlers;
  readonly #own: OwnIdentity;
  readonly #trust: PinBook;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #handshakeMs: number;
  readonly #dials = new PendingDials();
  readonly #grace: PageGrace;
  readonly #sessions: SessionTable;
  readonly #incoming: IncomingRequests;
  readonly #dialer: Dialer;
  readonly #comeback: Comeback;
  readonly #carriers: PageCarriers;
  readonly #mailboxes: SessionMailboxes | null;
  readonly #wayOf: (invite: string) => RelayWay;
  readonly #doorHandshakes: TokenBucket;
  readonly #features = new Map<string, SessionFeature>();

  constructor(options: SessionServiceOptions) {
    const { own, page, trust, requests, addressesOf, network, clock, random, log } = options;
    const { limits = DEFAULT_LIMITS, timings = DEFAULT_TIMINGS } = options;
    this.#own = own;
    this.#trust = trust;
    this.#log = log;
    this.#clock = clock;
    this.#handshakeMs = limits.strangerTimeoutMs;
    const dials = this.#dials;
    const grace = new PageGrace({
      ...{ page, clock, timings },
      onExpired: (kept) => this.#pageLost(kept),
      onOverflow: (sessionId) => sessions.get(sessionId)?.end('lost'),
    });
    const filesIdle = new FilesIdle(clock, timings.filesIdleMs, options.hasTransfersWith);
    const sessions = new SessionTable({
      ...{ page, grace, clock, log, limits, timings },
      signRebind: (rebind) => own.signRebind(rebind),
      onSession: (session) => {
        this.#follow(session);
        this.#comeback.follow(session);
        filesIdle.follow(session);
      },
    });
    this.#grace = grace;
    this.#sessions = sessions;
    const prompts = new PromptLimits(limits, () => clock.monotonicMs());
    this.#comeback = new Comeback({
      clock,
      isWanted: options.isUnfinishedWith,
      hasSession: (deviceId) => sessions.withDevice(deviceId) !== null || dials.toDevice(deviceId) !== null,
      isReachable: (deviceId) => addressesOf(deviceId).length > 0,
      dial: (deviceId, scope) =>
        this.#dialer.connect({ sessionId: toHex(random(16)), target: { kind: 'device', deviceId }, scope }),
    });
    const comingBack = (deviceId: string): SessionScope | null => this.#comeback.wanted(deviceId);
    const { openRelaySocket: openSocket, wayTo = () => null } = options;
    const sideOf = (mailbox: string): string => own.relaySide(mailbox, 'waits');
    const mailboxes = openSocket && new SessionMailboxes({ openSocket, sideOf, clock, random, limits });
    this.#mailboxes = mailboxes;
    this.#wayOf = options.wayOf ?? noWay;
    this.#doorHandshakes = new TokenBucket(limits.handshakesPerSecond, limits.burstHandshakes, () =>
      clock.monotonicMs(),
    );
    const meetAt = (session: Session, relayUrl: string): void => mailboxes?.use(session, relayUrl);
    const hasRelay = (session: Session): boolean => mailboxes?.has(session) === true;
    this.#incoming = new IncomingRequests({
      ...{ own, page, sessions, dials, trust, prompts, requests, comingBack, meetAt },
    });
    this.#dialer = new Dialer({
      ...{ own, network, clock, sessions, dials, trust, addressesOf, timings, wayTo, meetAt, hasRelay },
    });
    this.#carriers = new PageCarriers({
      ...{ random, clock, limits },
      sessionOf: (sessionId) => this.session(sessionId),
      send: (carrierId, bytes) => page.emit('carriers:send', { carrierId, bytes }),
    });
    this.handlers = { ...this.#sessionHandlers(), ...this.#carriers.handlers };
  }

  /** Has a feature handle its messages from now on; called once for each, before the first session. */
  register<M>(feature: SessionFeature<M>): void {
    this.#features.set(feature.name, feature);
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

  /** The session with a device, or `null`. */
  withDevice(deviceId: string): Session | null {
    return this.#sessions.withDevice(deviceId);
  }

  /** Whether a device may have us dial lanes at an address: its session runs with it. */
  vouchesFor(deviceId: string, address: string): boolean {
    const route = this.#sessions.withDevice(deviceId)?.route;
    return route?.mayDialLanes === true && route.address === bareAddress(address);
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
    this.#incoming.answer(caller);
  }

  /** Decides about somebody who speaks at a door of this device's; `auth` is what it has to know. */
  async answerAtDoor(carrier: Carrier & { route: Route }, auth: Auth, grant: DoorGrant): Promise<DoorResult> {
    return answerAtDoor(carrier, auth, grant, {
      own: this.#own,
      log: this.#log,
      clock: this.#clock,
      timeoutMs: this.#handshakeMs,
      pageKnown: () => this.pageKnown(),
      mayBegin: () => this.#doorHandshakes.consume(),
      answer: (caller) => this.answer(caller),
    });
  }

  /** Has a session meet at a relay as well, as both sides have agreed. */
  meetAt(session: Session, relayUrl: string): void {
    this.#mailboxes?.use(session, relayUrl);
  }

  /** The network has changed: relays are looked for at once. */
  networkChanged(): void {
    this.#mailboxes?.hurry();
  }

  /** A device has been seen on the network, perhaps at another address than before. */
  deviceSeen(deviceId: string): void {
    this.#dialer.deviceSeen(deviceId);
    this.#comeback.seen(deviceId);
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
    this.#sessions.withDevice(deviceId)?.end('left', 'me');
  }

  /** The page is gone: what is for it waits a while for it to come back, as after a reload. */
  pageGone(): void {
    this.#carriers.pageGone();
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

  close(): void {
    this.#comeback.close();
    this.#dials.cancelAll();
    this.#sessions.endAll('closed');
    this.#grace.close();
  }

  #sessionHandlers(): Omit<SessionHandlers, `carriers:${string}`> {
    return {
      'sessions:connect': async ({ purpose = null, sessionId, target }) => {
        const args = { sessionId, purpose, scope: purpose === null ? 'all' : 'files' } as const;
        if (target.kind !== 'invite') return this.#dialer.connect({ ...args, target });
        return this.#dialer.connectOver(this.#wayOf(target.invite), args);
      },
      'sessions:accept': ({ sessionId, files }) => {
        const session = this.session(sessionId);
        if (files && session.phase === 'asked') session.ask.agree(files.dir ?? null);
        session.accept();
        return {};
      },
      'sessions:verify': async ({ sessionId, trust }) => {
        const session = this.session(sessionId);
        if (session.phase !== 'verifying') return {};
        session.verify();
        if (trust) await this.#pin(session);
        return {};
      },
      'sessions:trust': async ({ sessionId }) => {
        const session = this.session(sessionId);
        if (!session.isVerified) throw new HitherError('not-verified');
        const { state } = session.trust.trust;
        // The one who is trusted under that name is let go first, so that nobody is mixed up with it.
        if (state !== 'unknown' && state !== 'trusted') throw new HitherError('not-allowed');
        await this.#pin(session);
        return {};
      },
      'sessions:end': ({ sessionId, reason }) => {
        this.#dials.cancel(sessionId);
        const session = this.#sessions.get(sessionId);
        session?.end(reason === 'left' && session.phase === 'asking' ? 'cancelled' : reason, endedBy(reason));
        return {};
      },
      'sessions:send': ({ sessionId, feature, body }) => {
        if (this.#features.has(feature)) throw new HitherError('bad-request');
        this.session(sessionId).send(feature, body);
        return {};
      },
    };
  }

  #pin({ peer: device, peerKey: identityKey, dialed }: Session): Promise<void> {
    return this.#trust.pin({ device, identityKey }, dialed);
  }

  /** Hands what the session brings to the features that it is for; what no feature here knows is the page's. */
  #follow(session: Session): void {
    const { sessionId } = session;
    session.events.on('verified', () => {
      const opened: SessionFeature[] = [];
      // First, as what a feature has to say may be what ends it.
      session.events.on('ended', () => {
        for (const feature of opened) feature.closed?.(session);
      });
      for (const feature of this.#features.values()) {
        if (session.ended.aborted) return;
        if (!session.ask.includes(feature.name)) continue;
        opened.push(feature);
        feature.opened?.(session);
      }
    });
    let { kind } = session.route;
    session.events.on('changed', ({ route }) => {
      const isNear = route.kind === 'lan' && kind !== 'lan';
      ({ kind } = route);
      if (isNear && session.isVerified)
        for (const feature of this.#features.values()) feature.cameNear?.(session);
    });
    session.events.on('message', ({ feature: name, body }) => {
      const feature = this.#features.get(name);
      if (feature) this.#handle(feature, session, body);
      else if (this.#grace.isExpected) this.#grace.deliver({ sessionId, feature: name, body });
      else this.#answerForPage({ sessionId, feature: name, body });
    });
  }

  /** There is no page for a message: its sender hears of it, where that matters to it. */
  #answerForPage({ sessionId, feature, body }: PageMessage): void {
    const answer = answerForPage(feature, body);
    const session = this.#sessions.get(sessionId);
    try {
      if (answer) session?.send(feature, answer);
    } catch (error) {
      // A peer that hears nothing any more has ended its session with that.
      if (!(error instanceof HitherError)) throw error;
    }
  }

  #handle(feature: SessionFeature, session: Session, body: unknown): void {
    const message = feature.schema.safeParse(body);
    try {
      if (!message.success) throw new HitherError('protocol-violation', { feature: feature.name });
      feature.handle(session, message.data);
    } catch (error) {
      if (!(error instanceof HitherError)) this.#log.error('feature', { feature: feature.name, error });
      session.end('protocol-violation');
    }
  }

  /** The page stays away: sessions with devices that may connect unasked go on without it, the others end. */
  #pageLost(kept: readonly PageMessage[]): void {
    this.#dials.cancelAll();
    this.#sessions.endAll('closed', ({ trust, ask }) => !needsNobody(trust.permissions, ask.scope));
    this.pageComes(NO_FINGERPRINT);
    for (const message of kept) this.#answerForPage(message);
  }
}

/** What breaks the rules is nobody's wish. */
function endedBy(reason: EndReason): 'me' | 'none' {
  return reason === 'protocol-violation' || reason === 'tampered' ? 'none' : 'me';
}

function noWay(): never {
  throw new HitherError('bad-invite');
}
