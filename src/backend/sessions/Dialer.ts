import type { RequestArgs, SessionInfo } from '../../shared/contract/contract';
import { HitherError } from '../../shared/errors';
import type { OwnIdentity } from '../trust/OwnIdentity';
import { MAX_SESSIONS } from './IncomingRequests';
import { dial, type Dialed } from './dial';
import { parseLanAddress } from '../../main/node/net/lanAddress';
import type { LanAddress } from '../../shared/address';
import type { Session } from './Session';
import type { PendingDials } from './PendingDials';
import { redial } from './redial';
import type { SessionTable } from './SessionTable';
import type { SessionLimits, SessionTimings } from './timings';
import type { TrustBook } from '../trust/TrustBook';

export interface DialerOptions {
  own: OwnIdentity;
  sessions: SessionTable;
  dials: PendingDials;
  trust: TrustBook;
  /** Where a device was last seen, best first; empty for one that is not known. */
  addressesOf: (deviceId: string) => readonly LanAddress[];
  limits: SessionLimits;
  timings: SessionTimings;
}

/** Dials for the page, and again for sessions whose socket broke. */
export class Dialer {
  readonly #options: DialerOptions;

  constructor(options: DialerOptions) {
    this.#options = options;
  }

  /** @throws HitherError what keeps the session from beginning */
  async connect({ sessionId, target }: RequestArgs<'signaling:connect'>): Promise<SessionInfo> {
    const { sessions, dials, own } = this.#options;
    const deviceId = target.kind === 'device' ? target.deviceId : null;
    if (sessions.get(sessionId) !== undefined || dials.has(sessionId)) throw new HitherError('bad-request');
    const isFull = sessions.size + dials.size >= MAX_SESSIONS;
    if (isFull || (deviceId !== null && sessions.withDevice(deviceId)?.isUp === true))
      throw new HitherError('busy');
    if (deviceId === own.deviceId) throw new HitherError('self-connection');
    const addresses =
      target.kind === 'device'
        ? this.#options.addressesOf(target.deviceId)
        : [parseLanAddress(target.address)];
    if (addresses.length === 0) throw new HitherError('unknown-device');

    const pending = dials.begin(sessionId, deviceId);
    try {
      return this.#establish(await this.#dial({ sessionId, addresses, deviceId }, pending.abort.signal));
    } catch (error) {
      if (pending.isSuperseded) throw new HitherError('busy', {}, error);
      throw error;
    } finally {
      dials.finish(pending);
    }
  }

  /** A dial went through: it becomes a session, unless one with the same device has the right of way. */
  #establish({ peer, ownFingerprint, socket, address }: Dialed): SessionInfo {
    const { sessions, own, trust } = this.#options;
    const rival = sessions.withDevice(peer.device.deviceId);
    if (rival !== null) {
      const isGlare = rival.role === 'listener' && !rival.isAccepted;
      const ownWins = isGlare && own.deviceId < peer.device.deviceId;
      if (rival.isUp && !ownWins) {
        socket.send({ type: 'close', reason: 'busy' });
        socket.close();
        throw new HitherError('busy');
      }
      rival.end(ownWins ? 'busy' : 'lost');
    }
    const { remoteAddress } = socket;
    const judged = trust.judge(peer, address);
    const session = sessions.add({
      ...{ peer, trust: judged, remoteAddress, ownFingerprint },
      role: 'dialer',
      dialed: address,
    });
    trust.met(peer, address);
    session.events.on('link', (isUp) => {
      if (!isUp) void redial(session, () => this.#redial(session, address), this.#options.timings);
    });
    session.attach(socket, 0);
    session.rebind(own.fingerprint);
    return session.view;
  }

  /** Only the address that was dialed first: others would learn who calls. */
  async #redial(session: Session, address: LanAddress): Promise<Dialed> {
    const { sessionId, lastSeq, peer, ended } = session;
    return this.#dial({ sessionId, addresses: [address], deviceId: peer.deviceId, lastSeq }, ended);
  }

  async #dial(
    what: { sessionId: string; addresses: readonly LanAddress[]; deviceId: string | null; lastSeq?: number },
    signal: AbortSignal,
  ): Promise<Dialed> {
    const { own, limits, timings } = this.#options;
    const begin = () => own.dial(what.sessionId);
    const ownDeviceId = own.deviceId;
    return dial({ ...what, begin, ownDeviceId, signal, limits, timeoutMs: timings.dialTimeoutMs });
  }
}
