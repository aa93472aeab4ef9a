import type { SessionProof } from '../../../shared/contract/sessions';
import type { HitherError } from '../../../shared/errors';
import type { Auth } from '../../../shared/identity/Handshake';
import type { RefuseReason } from '../../../shared/identity/messages';
import type { PeerRights } from '../../../shared/protocol/rights';
import type { Carrier } from '../carriers/Carrier';
import type { Session } from '../Session';

/** A way to a device by a door at a relay. */
export interface RelayWay {
  relayUrl: string;
  /** What shows that nobody is in between. */
  proof: SessionProof;
  /** What both sides know beforehand; made anew for each handshake. */
  auth(): Auth;
  /** Whether a key is of the device that is meant; every one is where nothing is said. */
  isMeant?(identityKey: string): boolean;
  /** Begins to speak, as soon as the other one is there. @throws HitherError or the signal's reason */
  carrier(signal: AbortSignal): Promise<Carrier>;
  /** A try is over. @returns what a failure means to the person */
  over(result: Session | HitherError): HitherError | null;
}

/** What somebody who came by a door has been given beforehand. */
export interface DoorGrant {
  relayUrl: string;
  proof: SessionProof;
  rights: PeerRights;
  /** The only key that may come by it, or `null`. */
  peerKey: string | null;
  /** Whether the person has agreed to the session by giving it out. */
  isInvited: boolean;
  /** Whether the work of one more handshake may be done for it now. */
  mayBegin(): boolean;
  /** Why nobody comes by it now, or `null`; asked in the very turn in which `used` follows. */
  refusal(): RefuseReason | null;
  /** A session has begun by it. */
  used(session: Session): void;
}
