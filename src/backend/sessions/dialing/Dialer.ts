import { formatLanAddress, type LanAddress } from '../../../shared/address';
import type { RequestArgs } from '../../../shared/contract/contract';
import type { SessionInfo } from '../../../shared/contract/sessions';
import { HitherError } from '../../../shared/errors';
import type { FilesPurpose, SessionScope } from '../../../shared/protocol/purpose';
import type { Clock } from '../../ports';
import type { OwnIdentity } from '../../trust/OwnIdentity';
import type { TrustBook } from '../../trust/TrustBook';
import { lanRoute } from '../carriers/Carrier';
import { dial, type Dialed, type DialOptions, type Network } from './dial';
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
}

/** What is dialed for: a session of this scope, for these files where they are named. */
export type DialArgs = Pick<RequestArgs<'sessions:connect'>, 'sessionId' | 'target'> & {
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

  /** @throws HitherError what keeps the session from beginning */
  async connect(args: DialArgs): Promise<SessionInfo> {
    const { sessionId, target, scope } = args;
    const { sessions, dials, own, network, addressesOf } = this.#options;
    const deviceId = target.kind === 'device' ? target.deviceId : null;
    if (sessions.get(sessionId) !== undefined || dials.has(sessionId)) throw new HitherError('bad-request');
    const isFull = sessions.size + dials.size >= MAX_SESSIONS;
    const present = deviceId === null ? null : sessions.withDevice(deviceId);
    if (isFull || (present?.isUp === true && !widens(scope, present))) throw new HitherError('busy');
    if (deviceId === own.deviceId) throw new HitherError('self-connection');
    const addresses =
      target.kind === 'device' ? addressesOf(target.deviceId) : [network.parseAddress(target.address)];
    if (addresses.length === 0) throw new HitherError('unknown-device');

    // A person's dial replaces one that brings a lost session back.
    const earlier = deviceId === null ? null : dials.toDevice(deviceId);
    if (earlier !== null) {
      earlier.isSuperseded = true;
      earlier.abort.abort();
    }
    const pending = dials.begin(sessionId, deviceId);
    try {
      const { signal } = pending.abort;
      return this.#establish(await this.#dial({ sessionId, addresses, deviceId, scope }, signal), args);
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
      if (session.peer.deviceId === deviceId) redialer.hurry();
  }

  /** A dial went through: it becomes a session, unless one with the same device has the right of way. */
  #establish(
    { peer, ownFingerprint, exporter, carrier, address }: Dialed,
    { scope, purpose = null }: DialArgs,
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
      route: carrier.route ?? lanRoute(address.host),
      role: 'dialer',
      dialed: address,
    });
    trust.met(peer, address);
    this.#keepConnected(session, address);
    session.attach(carrier, 0);
    session.rebind(own.fingerprint);
    return session.view;
  }

  #keepConnected(session: Session, address: LanAddress): void {
    const { clock, timings } = this.#options;
    const redialer = new Redialer({
      session,
      clock,
      times: timings.redial,
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
  #addressesOf({ peer }: Session, first: LanAddress): LanAddress[] {
    const known = formatLanAddress(first);
    const seen = this.#options.addressesOf(peer.deviceId);
    return [first, ...seen.filter((address) => formatLanAddress(address) !== known)];
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
