/**
 * The part of simple-peer 9 that PeerLink uses. The published types pull Node's globals into the page's environment,
 * where there is no Node.
 */
declare module 'simple-peer' {
  interface PeerEvents {
    signal: [data: unknown];
    connect: [];
    data: [data: unknown];
    stream: [stream: MediaStream];
    /** An answer has arrived or was sent, and no further negotiation waits. */
    negotiated: [];
    iceStateChange: [connectionState: RTCIceConnectionState, gatheringState: RTCIceGatheringState];
    error: [error: Error];
    close: [];
  }

  interface PeerOptions {
    initiator: boolean;
    config: RTCConfiguration;
    trickle: boolean;
    objectMode: boolean;
    /** Of this side's offers and answers, before they count. */
    sdpTransform: (sdp: string) => string;
  }

  export default class Peer {
    constructor(options: PeerOptions);
    readonly destroyed: boolean;
    readonly connected: boolean;
    /** Undocumented: the connection behind it. */
    readonly _pc: RTCPeerConnection | null;
    on<N extends keyof PeerEvents>(name: N, listener: (...args: PeerEvents[N]) => void): this;
    signal(data: unknown): void;
    write(chunk: Uint8Array): boolean;
    addTrack(track: MediaStreamTrack, stream: MediaStream): void;
    /** The initiator makes an offer; the other side would ask for one. */
    negotiate(): void;
    removeTrack(track: MediaStreamTrack, stream: MediaStream): void;
    destroy(): void;
  }
}
