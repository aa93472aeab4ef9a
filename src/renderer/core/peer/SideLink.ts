import { Emitter } from '../../../shared/Emitter';
import { sdpWithoutAddresses, usableSignals } from './candidates';
import { type LaneLink, makeLaneChannel, maxPacketBytesOf } from './laneChannel';
import { connectionSettings, type LinkWay } from './linkWay';

/** How long it may take to be connected, in ms, as an attempt of the peer link. */
const ATTEMPT_MS = 8_000;
/** How long it may stay silent before it is given up, in ms; ICE mends short gaps by itself. */
const UNSTABLE_MS = 3_000;
/** How long to look for own candidates, in ms: without servers to ask there are only those of this machine. */
const GATHER_MS = 2_000;

export interface SideLinkOptions extends LinkWay {
  /** What this side shows in DTLS: that of the peer link. */
  certificate: RTCCertificate;
}

/**
 * One more connection to the peer, beside the peer link, with a lane and nothing else. A plain RTCPeerConnection:
 * simple-peer would bring a data channel of its own, signals one by one and a negotiation that never comes.
 */
export class SideLink implements LaneLink {
  /** `closed`: it failed, could not be made, or was closed from either side; nothing follows. */
  readonly events = new Emitter<{ closed: undefined }>();
  readonly laneChannel: RTCDataChannel;
  readonly #connection: RTCPeerConnection;
  readonly #way: LinkWay;
  #isClosed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ certificate, ...way }: SideLinkOptions) {
    this.#way = way;
    this.#connection = new RTCPeerConnection({ ...connectionSettings(way), certificates: [certificate] });
    this.laneChannel = makeLaneChannel(this.#connection);
    this.laneChannel.addEventListener('open', () => clearTimeout(this.#timer));
    this.laneChannel.addEventListener('close', () => this.close());
    // Lanes only: what the peer opens beside it has no place here.
    this.#connection.addEventListener('datachannel', () => this.close());
    this.#connection.addEventListener('iceconnectionstatechange', () => this.#watch());
    this.#closeAfter(ATTEMPT_MS);
  }

  get maxPacketBytes(): number {
    return maxPacketBytesOf(this.#isClosed ? null : this.#connection);
  }

  /** The SDP of the offer with all candidates; `null` where it could not be made. */
  offer(): Promise<string | null> {
    return this.#describe();
  }

  /** Takes the peer's offer, checked; gives the SDP of the answer, or `null` where there is none. */
  async answer(sdp: string): Promise<string | null> {
    return (await this.#accept('offer', sdp)) ? this.#describe() : null;
  }

  /** Takes the peer's answer, checked. */
  async handleAnswer(sdp: string): Promise<void> {
    await this.#accept('answer', sdp);
  }

  /** Ends it; `closed` follows, once. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#connection.close();
    this.events.emit('closed', undefined);
  }

  /** A description that the browser refuses costs this link and nothing else. */
  async #accept(type: 'offer' | 'answer', sdp: string): Promise<boolean> {
    try {
      for (const usable of usableSignals({ type, sdp }, this.#way.remoteAddress))
        await this.#connection.setRemoteDescription(usable as RTCSessionDescriptionInit);
      return !this.#isClosed;
    } catch {
      this.close();
      return false;
    }
  }

  async #describe(): Promise<string | null> {
    try {
      await this.#connection.setLocalDescription();
      await gathered(this.#connection);
      const sdp = this.#connection.localDescription?.sdp ?? null;
      if (this.#isClosed || sdp === null) return null;
      return this.#way.mustRelay ? sdpWithoutAddresses(sdp) : sdp;
    } catch {
      this.close();
      return null;
    }
  }

  #watch(): void {
    const state = this.#connection.iceConnectionState;
    if (state === 'failed' || state === 'closed') this.close();
    else if (state === 'disconnected') this.#closeAfter(UNSTABLE_MS);
    else if (this.laneChannel.readyState === 'open') clearTimeout(this.#timer);
  }

  #closeAfter(delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), delayMs);
  }
}

/** Resolves when all own candidates are known, or when it has taken long enough. */
function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, GATHER_MS);
    const look = (): void => {
      if (connection.iceGatheringState !== 'complete') return;
      clearTimeout(timer);
      resolve();
    };
    connection.addEventListener('icegatheringstatechange', look);
    look();
  });
}
