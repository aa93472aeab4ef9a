import { formatLanAddress, type LanAddress } from '../../../shared/address';
import type { RequestArgs } from '../../../shared/contract/contract';
import type { SessionInfo } from '../../../shared/contract/sessions';
import { HitherError } from '../../../shared/errors';
import type { FilesPurpose, SessionScope } from '../../../shared/protocol/purpose';
import type { Clock } from '../../ports';
import type { OwnIdentity } from '../../trust/OwnIdentity';
import type { TrustBook } from '../../trust/TrustBook';
import { lanRoute } from '../carriers/Carrier';
import type { DialerHandshake } from '../../../shared/identity/DialerHandshake';
import type { RelayWay } from '../relay/RelayWay';
import { dial, type Dialed, type DialOptions, greet, type Network } from './dial';
import { firstOf, type Try } from './firstOf';
import { MAX_SESSIONS, widens } from '../incoming/IncomingRequests';
import type { PendingDials } from './PendingDials';
import { Redialer } from './Redialer';
import type { Session } from '../Session';
import type { SessionTable } from '../SessionTable';
import type { SessionTimings } from '../timings';

export interface DialerOptions {
  own: OwnIdentity;
  network: Network;
  clock: Clock;
  sessions: SessionTable;
  dials: PendingDials;
  trust: TrustBook;
  /** Where a device was last seen, best first; empty for one that is not known. */
  addressesOf: (deviceId: string) => readonly LanAddress[];
  timings: SessionTimings;
  /** The way to a trusted device that can be reached through a relay now, or `null`. */
  wayTo: (deviceId: string) => RelayWay | null;
  /** Has a session meet at a relay from now on. */
  meetAt: (session: Session, relayUrl: string) => void;
  /** Whether a session meets at a relay. */
  hasRelay: (session: Session) => boolean;
}

/** What is dialed for: a session of this scope, for these files where they are named. */
export type DialArgs = Pick<RequestArgs<'sessions:connect'>, 'sessionId'> & {
  target: Exclude<RequestArgs<'sessions:connect'>['target'], { kind: 'invite' }>;
  scope: SessionScope;
  purpose?: FilesPurpose | null;
};

/** Dials for the page, and again for sessions whose socket broke. */
export class Dialer {
  readonly #options: DialerOptions;
  readonly #redialers = new Map<Session, Redialer>();

  constructor(options: DialerOptions) {
    this.#options = options;
  }

  /** Dials an address or a device, by whatever way there is. @throws HitherError what keeps the session from beginning */
  async connect(args: DialArgs): Promise<SessionInfo> {
    const { sessionId, target, scope } = args;
    const { own, network, addressesOf } = this.#options;
    const deviceId = target.kind === 'device' ? target.deviceId : null;
    this.#claim(sessionId, deviceId, scope);
    if (deviceId === own.deviceId) throw new HitherError('self-connection');
    const addresses =
      target.kind === 'device' ? addressesOf(target.deviceId) : [network.parseAddress(target.address)];
    const way = deviceId === null ? null : this.#options.wayTo(deviceId);
    const what = { sessionId, deviceId, scope };
    const tries: Try[] = [];
    if (addresses.length > 0)
      tries.push({ way: null, dial: (signal) => this.#dial({ ...what, addresses }, signal) });
    if (way !== null) tries.push({ way, dial: (signal) => this.#dialOver(way, what, signal) });
    if (tries.length === 0) throw new HitherError('unknown-device');
    return this.#begin(args, deviceId, tries);
  }

  /** Dials by the door of an invite. @throws HitherError what keeps the session from beginning */
  async connectOver(way: RelayWay, args: Omit<DialArgs, 'target'>): Promise<SessionInfo> {
    const { sessionId, scope } = args;
    this.#claim(sessionId, null, scope);
    const what = { sessionId, deviceId: null, scope };
    return this.#begin(args, null, [{ way, dial: (signal) => this.#dialOver(way, what, signal) }]);
  }

  /** @throws HitherError if no such session may begin now */
  #claim(sessionId: string, deviceId: string | null, scope: SessionScope): void {
    const { sessions, dials } = this.#options;
    if (sessions.get(sessionId) !== undefined || dials.has(sessionId)) throw new HitherError('bad-request');
    const isFull = sessions.size + dials.size >= MAX_SESSIONS;
    const present = deviceId === null ? null : sessions.withDevice(deviceId);
    if (isFull || (present?.isUp === true && !widens(scope, present))) throw new HitherError('busy');
  }

  async #begin(
    args: Omit<DialArgs, 'target'>,
    deviceId: string | null,
    tries: readonly Try[],
  ): Promise<SessionInfo> {
    const { dials, clock } = this.#options;
    // A person's dial replaces one that brings a lost session back.
    const earlier = deviceId === null ? null : dials.toDevice(deviceId);
    if (earlier !== null) {
      earlier.isSuperseded = true;
      earlier.abort.abort();
    }
    const pending = dials.begin(args.sessionId, deviceId);
    try {
      const { dialed, way } = await firstOf(tries, clock, pending.abort.signal);
      try {
        return this.#establish(dialed, args, way);
      } catch (error) {
        // Nothing comes of the way, so its door is left.
        if (error instanceof HitherError) way?.over(error);
        throw error;
      }
    } catch (error) {
      if (pending.isSuperseded) throw new HitherError('busy', {}, error);
      throw error;
    } finally {
      dials.finish(pending);
    }
  }

  /** A device has been seen, perhaps at another address: sessions that look for it try at once. */
  deviceSeen(deviceId: string): void {
    for (const [session, redialer] of this.#redialers)
      if (session.peer.deviceId === deviceId) {
        // A session that a relay began takes the shorter way as soon as there is one.
        if (session.isVerified && !session.isUpBy('lan')) redialer.start();
        redialer.hurry();
      }
  }

  /** A dial went through: it becomes a session, unless one with the same device has the right of way. */
  #establish(
    { peer, ownFingerprint, exporter, carrier, address }: Dialed,
    { scope, purpose = null }: Omit<DialArgs, 'target'>,
    way: RelayWay | null,
  ): SessionInfo {
    const { sessions, own, trust } = this.#options;
    const rival = sessions.withDevice(peer.device.deviceId);
    if (rival !== null) {
      // Both dialed at once: what the smaller id dialed stays, as at the listener, whether it is accepted already or not.
      const isGlare = rival.role === 'listener';
      const ownWins = isGlare && own.deviceId < peer.device.deviceId;
      const isWidened = widens(scope, rival);
      if (rival.isUp && !ownWins && !isWidened) {
        carrier.send({ type: 'close', reason: 'busy' });
        carrier.close();
        throw new HitherError('busy');
      }
      rival.end(ownWins && !isWidened ? 'busy' : 'lost');
    }
    const session = sessions.add({
      peer: trust.underOwnName(peer),
      ...{ ownFingerprint, exporter, scope, purpose },
      trust: trust.judge(peer, address),
      route: carrier.route ?? lanRoute(address?.host ?? ''),
      role: 'dialer',
      dialed: address,
      proof: way?.proof ?? 'code',
    });
    trust.met(peer, address);
    this.#keepConnected(session, address);
    session.attach(carrier, 0);
    session.rebind(own.fingerprint);
    if (way !== null) {
      way.over(session);
      this.#options.meetAt(session, way.relayUrl);
    }
    return session.view;
  }

  /** @param address where it was reached; `null` where a relay was in between, and the network is tried once the peer is seen there */
  #keepConnected(session: Session, address: LanAddress | null): void {
    const { clock, timings } = this.#options;
    const redialer = new Redialer({
      session,
      clock,
      times: timings.redial,
      hasOtherWay: () => this.#options.hasRelay(session),
      addresses: () => this.#addressesOf(session, address),
      dial: (addresses) => {
        const { sessionId, lastSeq, peer, ended } = session;
        return this.#dial({ sessionId, addresses, deviceId: peer.deviceId, lastSeq }, ended);
      },
    });
    this.#redialers.set(session, redialer);
    session.events.on('carrier', ({ kind, isUp }) => {
      if (kind === 'lan' && !isUp) redialer.start();
    });
    session.events.on('ended', () => this.#redialers.delete(session));
  }

  /** Where the peer was reached first, and where it has been seen since: it may have changed its address. */
  #addressesOf({ peer }: Session, first: LanAddress | null): LanAddress[] {
    const seen = this.#options.addressesOf(peer.deviceId);
    if (first === null) return [...seen];
    const known = formatLanAddress(first);
    return [first, ...seen.filter((address) => formatLanAddress(address) !== known)];
  }

  /** Dials by a door at a relay. */
  async #dialOver(
    way: RelayWay,
    { sessionId, deviceId, scope }: { sessionId: string; deviceId: string | null; scope: SessionScope },
    signal: AbortSignal,
  ): Promise<Dialed> {
    const { own, clock, timings } = this.#options;
    const timeout = new AbortController();
    const cancel = clock.after(timings.dialTimeoutMs, () => timeout.abort());
    const both = AbortSignal.any([signal, timeout.signal]);
    try {
      const carrier = await way.carrier(both);
      const begin = (): DialerHandshake => own.dial(sessionId, scope, way.auth());
      const isMeant = (identityKey: string): boolean => way.isMeant?.(identityKey) ?? true;
      const options = { begin, deviceId, isMeant, ownDeviceId: own.deviceId };
      return { ...(await greet(carrier, way.relayUrl, options, both)), address: null };
    } catch (error) {
      const failure = signal.aborted
        ? new HitherError('cancelled')
        : timeout.signal.aborted
          ? new HitherError('timed-out', { relay: way.relayUrl })
          : error;
      if (!(failure instanceof HitherError)) throw failure;
      throw way.over(failure) ?? failure;
    } finally {
      cancel();
    }
  }

  async #dial(
    what: Pick<DialOptions, 'addresses' | 'deviceId' | 'lastSeq'> & {
      sessionId: string;
      scope?: SessionScope;
    },
    signal: AbortSignal,
  ): Promise<Dialed> {
    const { own, network, clock, timings, addressesOf } = this.#options;
    const begin = () => own.dial(what.sessionId, what.scope);
    const ownDeviceId = own.deviceId;
    const timeoutMs = timings.dialTimeoutMs;
    return dial({ ...what, begin, ownDeviceId, addressesOf, signal, network, clock, timeoutMs });
  }
}
