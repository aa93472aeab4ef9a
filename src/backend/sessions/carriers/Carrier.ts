/** Text before a handshake has made keys, bytes from then on. */
export type CarrierMessage = string | Uint8Array;

export interface CarrierReader {
  onMessage(message: CarrierMessage): void;
  /** The carrier is gone, for whatever reason; called once. */
  onClosed(): void;
}

/**
 * The kinds of carriers, best first: a session uses the first one that is up. `relay` is a mailbox of the session's own, `door` the
 * one at which the two have found each other.
 */
export const CARRIER_KINDS = ['lan', 'data-channel', 'relay', 'door'] as const;
export type CarrierKind = (typeof CARRIER_KINDS)[number];

/** A wire to the other device: moves messages whole and in order, until it dies. What arrives while nobody reads is kept. */
export interface Carrier {
  readonly kind: CarrierKind;
  /** What follows from how it came about; `null` for one that came about within a session, whose route stays as it is. */
  readonly route: Route | null;
  /** Whether something that is sent now can still arrive. */
  readonly isOpen: boolean;
  /** Hands everything that arrived and will arrive to `reader`, until another reader takes over. */
  read(reader: CarrierReader | null): void;
  /** The next message; `null` if the carrier closes before there is one. */
  next(): Promise<CarrierMessage | null>;
  send(message: CarrierMessage): void;
  /** The peer has been verified: its messages may come as fast as a transfer needs. */
  trust(): void;
  /** Closes once everything sent so far is out. */
  close(): void;
  /** Closes at once. */
  kill(): void;
}

/** A server that a peer link may ask for its own address, or for a way around. */
interface IceServer {
  urls: string[];
  username?: string | undefined;
  credential?: string | undefined;
}

/** How a carrier came about, with what follows from it. */
export interface Route {
  readonly kind: 'lan' | 'relay' | 'member';
  /** The peer's address as this side sees it, without port or zone; `null` where something stands between. */
  readonly address: string | null;
  /** What peer links to this peer may use; none on a LAN, where asking would tell a stranger that we are here. */
  readonly iceServers: readonly IceServer[];
  /** Whether lanes may be dialed at the peer's addresses: a peer behind a relay can't have us knock at machines of our LAN. */
  readonly mayDialLanes: boolean;
}

/** The route of a socket straight to the peer. */
export function lanRoute(address: string): Route {
  return { kind: 'lan', address, iceServers: [], mayDialLanes: true };
}

/** The route of a relay: it tells neither side where the other one is. @param iceServers the relay's */
export function relayRoute(iceServers: readonly IceServer[]): Route & { kind: 'relay' } {
  return { kind: 'relay', address: null, iceServers, mayDialLanes: false };
}
