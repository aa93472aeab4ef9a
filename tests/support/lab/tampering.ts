import { join } from 'node:path';

/** A module that makes a backend a hostile peer's: it offers `innocent.txt` as `../evil.txt`, and talks garbage about tracks. */
export const HOSTILE_BACKEND = join(import.meta.dirname, 'hostileBackend.mjs');

/*
 * What a hostile peer's page does. These run in that page before its own scripts, so each must stand alone.
 */

/** Names another certificate in every SDP than the one that the page shows in DTLS and its backend has signed. */
export function forgeFingerprint(): void {
  const own = Object.getOwnPropertyDescriptor(RTCPeerConnection.prototype, 'localDescription');
  Object.defineProperty(RTCPeerConnection.prototype, 'localDescription', {
    get(this: RTCPeerConnection) {
      const description = own?.get?.call(this) as RTCSessionDescription | null;
      if (!description) return null;
      const forge = (_: string, head: string, byte: string) => head + (byte === '00' ? '01' : '00');
      const sdp = description.sdp.replaceAll(/(a=fingerprint:sha-256 )(\S\S)/g, forge);
      return { type: description.type, sdp };
    },
  });
}

/** Counts the page's WebRTC connections in `connectionCount`; changes nothing else. */
export function countConnections(): void {
  const page = globalThis as { connectionCount?: number };
  page.connectionCount = 0;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...args);
      page.connectionCount = (page.connectionCount ?? 0) + 1;
    }
  };
}

/** Keeps the page's WebRTC connections in `peerConnections`, in the order they were made; changes nothing else. */
export function keepConnections(): void {
  const connections: RTCPeerConnection[] = [];
  (globalThis as { peerConnections?: RTCPeerConnection[] }).peerConnections = connections;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...args: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...args);
      connections.push(this);
    }
  };
}

/** Tells the page that its peer is 1 ms away, as the browser would on machines that are not busy. */
export function seemNear(): void {
  // Wherever it is inherited from, as another script may have put a class of its own in between.
  const getStats: () => Promise<RTCStatsReport> = Reflect.get(RTCPeerConnection.prototype, 'getStats');
  RTCPeerConnection.prototype.getStats = async function (this: RTCPeerConnection): Promise<RTCStatsReport> {
    const near = (stats: { type: string }) =>
      stats.type === 'candidate-pair' ? { ...stats, currentRoundTripTime: 0.001 } : stats;
    const report = await getStats.call(this);
    return new Map([...report].map(([id, stats]: [string, { type: string }]) => [id, near(stats)]));
  };
}

/** Takes away what Firefox doesn't have: a certificate that tells its fingerprint. */
export function withoutFingerprints(): void {
  Reflect.deleteProperty(RTCCertificate.prototype, 'getFingerprints');
}

/**
 * Tells the page that its peer is 50 ms away, as the browser would, and keeps the page's connections in
 * `peerConnections`, in the order they were made.
 */
export function seemFarAway(): void {
  const page = globalThis as { peerConnections?: RTCPeerConnection[] };
  const connections: RTCPeerConnection[] = [];
  page.peerConnections = connections;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      connections.push(this);
    }
    override async getStats(): Promise<RTCStatsReport> {
      const report = await super.getStats();
      const far = (stats: object) => ({ ...stats, currentRoundTripTime: 0.05 });
      return new Map(
        [...report].map(([id, stats]: [string, { type: string }]) => [
          id,
          stats.type === 'candidate-pair' ? far(stats) : stats,
        ]),
      );
    }
  };
}
