import type { PeerTrust } from '../../shared/contract/trust';
import type { ProvenPeer } from '../../shared/identity/Handshake';
import type { LanAddress } from '../../shared/address';

/** A peer as far as trust goes: its proven key and the name that it gives itself. */
export type JudgedPeer = Pick<ProvenPeer, 'identityKey' | 'device'>;

/** The part of the list of trusted devices that sessions need. */
export interface TrustBook {
  /** @param dialed the address that was dialed, or `null` on the side that was called */
  judge(peer: JudgedPeer, dialed: LanAddress | null): PeerTrust;
  /** The peer under the name that it has here, if it is trusted: whatever it calls itself, nobody takes it for another one. */
  underOwnName<P extends JudgedPeer>(peer: P): P;
  /** A session with the peer begins; what is remembered of a trusted device is brought up to date. */
  met(peer: JudgedPeer, dialed: LanAddress | null): void;
}
