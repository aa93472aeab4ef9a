import type { RequestHandlers } from '../../shared/contract/backend';
import type { RequestArgs, SignalingSession } from '../../shared/contract/contract';
import type { DeviceInfo } from '../../shared/device';
import { HitherError } from '../../shared/errors';
import { PROTOCOL_VERSION } from '../../shared/protocol/version';
import type { LanHello } from '../../shared/signaling/lan';
import type { Log } from '../log';
import { CallDesk, MAX_SESSIONS } from './CallDesk';
import { dial, type Dialed } from './dial';
import { type LanAddress, parseLanAddress } from './lanAddress';
import type { Caller } from './LanListener';
import type { LanSession } from './LanSession';
import { PageGrace, type SignalingPage } from './PageGrace';
import { PendingDials } from './PendingDials';
import { redial } from './redial';
import { SessionTable } from './SessionTable';
import { DEFAULT_LIMITS, DEFAULT_TIMINGS, type LanLimits, type SignalingTimings } from './timings';

export interface SignalingOptions {
  device: () => DeviceInfo;
  page: SignalingPage;
  /** Where a nearby device was last seen, best first; empty for one that is not in the list. */
  addressesOf: (deviceId: string) => readonly LanAddress[];
  onSessionEnded: (sessionId: string) => void;
  log: Log;
  limits?: LanLimits;
  timings?: SignalingTimings;
}

type SignalingHandlers = Pick<
  RequestHandlers,
  'signaling:connect' | 'signaling:send' | 'signaling:markAccepted' | 'signaling:close'
>;

/** Every session's signaling: dials for the page, answers callers, and keeps both going over broken sockets. */
export class SignalingService {
  readonly handlers: SignalingHandlers = {
    'signaling:connect': (args) => this.#connect(args),
    'signaling:send': ({ sessionId, message }) => {
      this.#known(sessionId).send(message);
      return {};
    },
    'signaling:markAccepted': ({ sessionId }) => {
      this.#known(sessionId).markAccepted();
      this.#options.log.info('signaling', { to: 'accepted', sessionId });
      return {};
    },
    'signaling:close': ({ sessionId, reason }) => {
      this.#dials.cancel(sessionId);
      this.#sessions.endQuietly(sessionId, reason);
      return {};
    },
  };
  readonly #options: SignalingOptions;
  readonly #limits: LanLimits;
  readonly #timings: SignalingTimings;
  readonly #dials = new PendingDials();
  readonly #grace: PageGrace;
  readonly #sessions: SessionTable;
  readonly #desk: CallDesk;

  constructor(options: SignalingOptions) {
    const { page, log, device, onSessionEnded, limits = DEFAULT_LIMITS, timings = DEFAULT_TIMINGS } = options;
    this.#options = options;
    this.#limits = limits;
    this.#timings = timings;
    this.#grace = new PageGrace(page, timings.pageGraceMs, () => {
      this.endAll();
    });
    this.#sessions = new SessionTable({ page, grace: this.#grace, log, limits, timings, onSessionEnded });
    this.#desk = new CallDesk({ device, page, sessions: this.#sessions, dials: this.#dials });
  }

  /** All sessions, oldest first. */
  views(): SignalingSession[] {
    return this.#sessions.views;
  }

  /** What the other side of a session is called, or `null` where there is no such session. */
  peerNameOf(sessionId: string): string | null {
    return this.#sessions.get(sessionId)?.peer.name ?? null;
  }

  /** Decides about a stranger that said a valid hello. */
  answer(caller: Caller): void {
    this.#desk.answer(caller);
  }

  /** The page is gone: its sessions wait a while for it to come back, as after a reload. */
  pageGone(): void {
    this.#grace.begin();
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

  #known(sessionId: string): LanSession {
    const session = this.#sessions.get(sessionId);
    if (session === undefined) throw new HitherError('unknown-session');
    return session;
  }

  async #connect({ sessionId, target }: RequestArgs<'signaling:connect'>): Promise<SignalingSession> {
    const deviceId = target.kind === 'device' ? target.deviceId : null;
    if (this.#sessions.get(sessionId) !== undefined || this.#dials.has(sessionId))
      throw new HitherError('bad-request');
    const isFull = this.#sessions.size + this.#dials.size >= MAX_SESSIONS;
    if (isFull || (deviceId !== null && this.#sessions.withDevice(deviceId)?.isUp === true))
      throw new HitherError('busy');
    if (deviceId === this.#options.device().deviceId) throw new HitherError('self-connection');
    const addresses =
      target.kind === 'device'
        ? this.#options.addressesOf(target.deviceId)
        : [parseLanAddress(target.address)];
    if (addresses.length === 0) throw new HitherError('unknown-device');

    const pending = this.#dials.begin(sessionId, deviceId);
    try {
      return this.#establish(
        await this.#dial(this.#hello(sessionId), addresses, deviceId, pending.abort.signal),
      );
    } catch (error) {
      if (pending.isSuperseded) throw new HitherError('busy', {}, error);
      throw error;
    } finally {
      this.#dials.finish(pending);
    }
  }

  /** A dial was welcomed: it becomes a session, unless one with the same device has the right of way. */
  #establish({ sessionId, socket, welcome, address }: Dialed): SignalingSession {
    const peer = welcome.device;
    const rival = this.#sessions.withDevice(peer.deviceId);
    if (rival !== null) {
      const isGlare = rival.role === 'listener' && !rival.isAccepted;
      const ownWins = isGlare && this.#options.device().deviceId < peer.deviceId;
      if (rival.isUp && !ownWins) {
        socket.send({ type: 'close', reason: 'busy' });
        socket.close();
        throw new HitherError('busy');
      }
      rival.end(ownWins ? 'busy' : 'lost');
    }
    const { resumeToken, lastSeq } = welcome;
    const { remoteAddress } = socket;
    const session = this.#sessions.add({ sessionId, peer, role: 'dialer', remoteAddress, resumeToken });
    session.events.on('link', (isUp) => {
      if (!isUp) void redial(session, () => this.#redial(session, address), this.#timings);
    });
    session.attach(socket, lastSeq);
    return session.view;
  }

  /** Only the address that was dialed first: the resume token is nobody else's business. */
  async #redial(session: LanSession, address: LanAddress): Promise<Dialed> {
    const { sessionId, resumeToken, lastSeq, peer, ended } = session;
    return this.#dial({ ...this.#hello(sessionId), resumeToken, lastSeq }, [address], peer.deviceId, ended);
  }

  #hello(sessionId: string): LanHello {
    return { type: 'hello', protocol: PROTOCOL_VERSION, device: this.#options.device(), sessionId };
  }

  async #dial(
    hello: LanHello,
    addresses: readonly LanAddress[],
    deviceId: string | null,
    signal: AbortSignal,
  ): Promise<Dialed> {
    const { dialTimeoutMs: timeoutMs } = this.#timings;
    return dial({ hello, addresses, deviceId, signal, limits: this.#limits, timeoutMs });
  }
}
