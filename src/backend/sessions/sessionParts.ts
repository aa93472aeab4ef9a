import type { EndedBy, SessionInfo, SessionProof } from '../../shared/contract/sessions';
import type { PeerTrust } from '../../shared/contract/trust';
import type { LanAddress } from '../../shared/address';
import type { ProvenPeer } from '../../shared/identity/Handshake';
import type { Rebind } from '../../shared/identity/rebind';
import type { EndReason } from '../../shared/protocol/endReason';
import type { FilesPurpose, SessionScope } from '../../shared/protocol/purpose';
import type { PeerRights } from '../../shared/protocol/rights';
import type { Clock } from '../ports';
import type { CarrierKind, Route } from './carriers/Carrier';
import type { SessionLimits, SessionTimings } from './timings';

export interface SessionOptions {
  peer: ProvenPeer;
  trust: PeerTrust;
  role: 'dialer' | 'listener';
  route: Route;
  /** The address that was dialed; `null` on the side that was called. */
  dialed?: LanAddress | null;
  /** What shows, beside trust, that nobody is in between; the compared code where nothing is said. */
  proof?: SessionProof;
  /** What the peer may do here; everything where nothing is said. */
  rights?: PeerRights;
  /** What is asked for. */
  scope: SessionScope;
  /** What this side dials for. */
  purpose?: FilesPurpose | null;
  /** The certificate of this side's page that the handshake was bound to. */
  ownFingerprint: string;
  /** What both sides have from the first handshake to make keys of further carriers with: 32 bytes. */
  exporter: Uint8Array;
  signRebind: (rebind: Rebind) => string;
  clock: Clock;
  limits: SessionLimits;
  timings: SessionTimings;
}

export interface SessionEvents {
  /** A message of one of the features, of a peer that both people have verified. */
  message: { feature: string; body: unknown };
  /** A carrier came up or is gone. */
  carrier: { kind: CarrierKind; isUp: boolean };
  /** A carrier that came about within the session moves messages from now on. */
  ready: { kind: CarrierKind };
  /** What is known of the session has changed. */
  changed: SessionInfo;
  /** The peer's page is another one than before: what it said about its links is of no use any more. */
  rebound: undefined;
  /** A person has accepted. */
  accepted: undefined;
  /** Both people have verified: features may begin. */
  verified: undefined;
  /** The session is over; nothing follows. */
  ended: { reason: EndReason; by: EndedBy };
}
