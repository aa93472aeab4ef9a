import { HitherError } from '../../shared/errors';
import type { PeerTransfers } from './PeerTransfers';

/** Stands for the session of a device that has had none since the start. */
const NO_SESSION = '0'.repeat(32);

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

export interface TransferPeersOptions {
  /** The device at the other end of a session, or `null` for a session that is not known. */
  peerOf: (sessionId: string) => PeerInfo | null;
  create: (deviceId: string, peer: { name: () => string; sessionId: () => string | null }) => PeerTransfers;
}

/** The devices that there are transfers with, and the session with each of them, if there is one. */
export class TransferPeers {
  readonly #options: TransferPeersOptions;
  readonly #peers = new Map<string, Peer>();

  constructor(options: TransferPeersOptions) {
    this.#options = options;
  }

  get all(): PeerTransfers[] {
    return [...this.#peers.values()].map(({ transfers }) => transfers);
  }

  /** The transfers with a device, session or not. */
  of({ deviceId, name }: PeerInfo): PeerTransfers {
    return this.#peer(deviceId, name).transfers;
  }

  /**
   * The transfers that a session is for. A new session with a device ends what was left of the one before.
   * @throws HitherError `unknown-session`
   */
  ofSession(sessionId: string): PeerTransfers {
    const info = this.#options.peerOf(sessionId);
    if (!info) throw new HitherError('unknown-session');
    const peer = this.#peer(info.deviceId, info.name);
    peer.name = info.name;
    if (peer.sessionId !== sessionId) {
      if (peer.sessionId !== null) peer.transfers.sessionEnded();
      peer.sessionId = sessionId;
      peer.lastSessionId = sessionId;
    }
    return peer.transfers;
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
  }

  #peer(deviceId: string, name: string): Peer {
    const known = this.#peers.get(deviceId);
    if (known) return known;
    const transfers = this.#options.create(deviceId, {
      name: () => peer.name,
      sessionId: () => peer.sessionId,
    });
    const peer: Peer = { transfers, sessionId: null, lastSessionId: NO_SESSION, name };
    this.#peers.set(deviceId, peer);
    return peer;
  }
}
