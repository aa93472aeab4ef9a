import { HitherError } from '../../shared/errors';
import type { PeerTransfers } from './PeerTransfers';

/** Stands for the session of a device that has had none since the start. */
const NO_SESSION = '0'.repeat(32);
/** Devices without a session and without a transfer that are remembered, for how their last transfers ended. */
const MAX_IDLE = 32;

/** The other end of a session. */
export interface PeerInfo {
  deviceId: string;
  name: string;
}

interface Peer {
  transfers: PeerTransfers;
  sessionId: string | null;
  lastSessionId: string;
  name: string;
}

/** Makes the transfers with a device. */
export type CreatePeerTransfers = (
  deviceId: string,
  peer: { name: () => string; sessionId: () => string | null },
) => PeerTransfers;

/** The devices that there are transfers with, or were lately, and the session with each of them, if there is one. */
export class TransferPeers {
  readonly #create: CreatePeerTransfers;
  readonly #peers = new Map<string, Peer>();

  constructor(create: CreatePeerTransfers) {
    this.#create = create;
  }

  get all(): PeerTransfers[] {
    return [...this.#peers.values()].map(({ transfers }) => transfers);
  }

  /** The transfers with a device, session or not. */
  of({ deviceId, name }: PeerInfo): PeerTransfers {
    return this.#peer(deviceId, name).transfers;
  }

  /** A session with a device begins; it ends what was left of the one before. */
  opened(sessionId: string, { deviceId, name }: PeerInfo): void {
    const peer = this.#peer(deviceId, name);
    // The one met last is the last to be forgotten.
    this.#peers.delete(deviceId);
    this.#peers.set(deviceId, peer);
    peer.name = name;
    if (peer.sessionId !== null) peer.transfers.sessionEnded();
    peer.sessionId = sessionId;
    peer.lastSessionId = sessionId;
    peer.transfers.sessionOpened();
  }

  /**
   * The transfers that a session is for.
   * @throws HitherError `unknown-session`
   */
  ofSession(sessionId: string): PeerTransfers {
    for (const peer of this.#peers.values()) if (peer.sessionId === sessionId) return peer.transfers;
    throw new HitherError('unknown-session');
  }

  /** The session with a device, or `null`. */
  sessionOf(deviceId: string): string | null {
    return this.#peers.get(deviceId)?.sessionId ?? null;
  }

  lastSessionOf(deviceId: string): string {
    return this.#peers.get(deviceId)?.lastSessionId ?? NO_SESSION;
  }

  /** A session is over. */
  ended(sessionId: string): void {
    for (const peer of this.#peers.values()) {
      if (peer.sessionId !== sessionId) continue;
      peer.sessionId = null;
      peer.transfers.sessionEnded();
    }
    this.#forgetIdle();
  }

  /** Those whose last session began longest ago go first. */
  #forgetIdle(): void {
    const idle = [...this.#peers].filter(
      ([, { sessionId, transfers }]) => sessionId === null && transfers.isIdle,
    );
    for (const [deviceId] of idle.slice(0, -MAX_IDLE)) this.#peers.delete(deviceId);
  }

  #peer(deviceId: string, name: string): Peer {
    const known = this.#peers.get(deviceId);
    if (known) return known;
    const transfers = this.#create(deviceId, { name: () => peer.name, sessionId: () => peer.sessionId });
    const peer: Peer = { transfers, sessionId: null, lastSessionId: NO_SESSION, name };
    this.#peers.set(deviceId, peer);
    return peer;
  }
}
