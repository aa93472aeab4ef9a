import Peer from 'simple-peer';
import { Emitter } from '../../../shared/Emitter';
import { RtcSignal } from '../../../shared/protocol/links';
import type { TrackEncoding } from '../media/encodings';
import type { SentTrack, TrackLink } from '../media/TrackPublisher';
import { LinkEvidence } from '../doctor/LinkEvidence';
import { TokenBucket } from '../../../shared/TokenBucket';
import { isOutdated, ufragOf, usableSignals, withoutAddresses } from './candidates';
import { type LaneLink, makeLaneChannel, makeProbeChannel, maxPacketBytesOf } from './laneChannel';
import { sendKeyFrames } from './keyFrames';
import { type LinkPath, linkPathOf } from './linkPath';
import { connectionSettings, type LinkWay } from './linkWay';
import { type MediaStats, mediaStats } from './mediaStats';
import { MediaSenders } from './MediaSenders';
import { PathWatch } from './PathWatch';
import { inStereo } from './stereoSound';
import { roundTripMs } from './roundTrip';
import { isHeldBack, type ScreenTracks, type SessionStats, SessionStatsReader } from './sessionStats';

/** What a link tells of itself. */
export interface PeerLinkEvents {
  signal: RtcSignal;
  connected: undefined;
  /** A frame of the session's, for its backend. */
  frame: Uint8Array<ArrayBuffer>;
  /** Something else than a frame. */
  violation: undefined;
  stream: MediaStream;
  /** Packets stopped coming; the link may recover by itself, or when ICE is restarted. */
  unstable: undefined;
  stable: undefined;
  /** Packets take this path from now on: the first one, or another than before. */
  path: LinkPath | null;
  /** Over, for whatever reason; nothing follows. */
  closed: undefined;
}

/** Restarts that the peer may ask for: one more than a second apart finds nothing that the last one did not. */
const RESTARTS_PER_SECOND = 0.5;
const RESTARTS_AT_ONCE = 4;

export interface PeerLinkOptions extends LinkWay {
  /** Whether this side makes the offers. */
  isInitiator: boolean;
  /** What this side shows in DTLS; its fingerprint is the one that the backend has signed. */
  certificate: RTCCertificate;
}

/**
 * One direct connection to the peer: simple-peer for signaling and media, its data channel as a carrier of the session,
 * one more as a lane, and one to measure on. The only importer of simple-peer. When the path breaks, ICE is restarted and all else goes
 * on (`restart`); who keeps the link replaces it where that does not help.
 */
export class PeerLink implements LaneLink, TrackLink {
  readonly events = new Emitter<PeerLinkEvents>();
  readonly #peer: Peer;
  readonly #isInitiator: boolean;
  readonly #watch: PathWatch;
  readonly #restarts = new TokenBucket(RESTARTS_PER_SECOND, RESTARTS_AT_ONCE);
  #remoteAddress: string | null;
  #mustRelay: boolean;
  /** Of the peer's last description. */
  #remoteUfrag: string | null = null;
  /** ICE begins anew with the offer that has no answer yet. */
  #isRestarting = false;
  #isSilent = false;
  #iceState: RTCIceConnectionState = 'new';
  readonly laneChannel: RTCDataChannel;
  readonly #stats = new SessionStatsReader();
  readonly #senders = new MediaSenders({
    add: (track) => this.#openSender(track),
    transceivers: () => (this.#peer.destroyed ? [] : connectionOf(this.#peer).getTransceivers()),
    negotiate: () => {
      if (!this.#peer.destroyed) this.#peer.negotiate();
    },
  });
  /** What the delay of the link is measured on. */
  readonly probeChannel: RTCDataChannel;
  /** What the doctor can say of its paths, also when it is closed. */
  readonly evidence = new LinkEvidence();

  constructor({ isInitiator, certificate, ...way }: PeerLinkOptions) {
    this.#isInitiator = isInitiator;
    this.#remoteAddress = way.remoteAddress;
    this.#mustRelay = way.mustRelay;
    this.#peer = new Peer({
      initiator: isInitiator,
      config: { ...connectionSettings(way), certificates: [certificate] },
      trickle: true,
      objectMode: true,
      sdpTransform: inStereo,
    });
    this.laneChannel = makeLaneChannel(connectionOf(this.#peer));
    this.probeChannel = makeProbeChannel(connectionOf(this.#peer));
    this.#watch = new PathWatch({
      report: () => connectionOf(this.#peer).getStats(),
      poke: () => this.#poke(),
      onSilent: () => this.#setHealth({ isSilent: true }),
      onHeard: () => {
        this.#refreshPictures();
        this.#setHealth({ isSilent: false });
      },
      onPair: (report) => {
        this.#refreshPictures();
        this.evidence.note(report);
        this.events.emit('path', linkPathOf(report));
      },
    });
    this.#listen();
  }

  get maxPacketBytes(): number {
    return maxPacketBytesOf(this.#peer.destroyed ? null : connectionOf(this.#peer));
  }

  /** The round trip to the peer, in ms, as last measured; `null` where it isn't known. */
  async roundTripMs(): Promise<number | null> {
    return this.#peer.destroyed ? null : roundTripMs(connectionOf(this.#peer)).catch(() => null);
  }

  /** How screens come and go; `null` once the link is closed. */
  async stats(tracks: ScreenTracks): Promise<SessionStats | null> {
    const report = await this.#report();
    if (!report) return null;
    const sent = this.#senders.encodings.find(({ trackId }) => trackId === tracks.outgoing);
    return { ...this.#stats.read(report.values(), tracks), agreedCodecs: sent?.agreedCodecs ?? [] };
  }

  /** Whether the processor holds back a picture that is sent. */
  async isSlow(): Promise<boolean> {
    const report = this.#senders.encodings.length > 0 ? await this.#report() : null;
    return report !== null && isHeldBack(report.values());
  }

  /** A report for the doctor, which its evidence notes; `null` once the link is closed. */
  async look(): Promise<RTCStatsReport | null> {
    const report = await this.#report();
    if (report) this.evidence.note(report);
    return report;
  }

  async #report(): Promise<RTCStatsReport | null> {
    if (this.#peer.destroyed) return null;
    return connectionOf(this.#peer)
      .getStats()
      .catch(() => null);
  }

  /** How the media that this side sends are doing; `null` once the link is closed. */
  async mediaStats(): Promise<MediaStats | null> {
    return this.#peer.destroyed ? null : mediaStats(connectionOf(this.#peer)).catch(() => null);
  }

  /** Takes a signal of the peer's. */
  signal(signal: RtcSignal): void {
    if (signal.type === 'offer' || signal.type === 'answer') this.#remoteUfrag = ufragOf(signal.sdp);
    if (signal.type === 'candidate' && isOutdated(signal.candidate.candidate, this.#remoteUfrag)) return;
    if (signal.type === 'renegotiate' && signal.iceRestart) {
      this.#handleRestartRequest();
      return;
    }
    this.evidence.noteSignal(signal);
    for (const usable of usableSignals(signal, this.#remoteAddress)) {
      if (!this.#peer.destroyed) this.#peer.signal(usable);
    }
  }

  /**
   * Looks for a path anew, beside the one in use: new candidates on both sides, while certificate, channels and tracks stay. The
   * initiator offers it; the other side asks for that.
   */
  restart(way: LinkWay): void {
    if (this.#peer.destroyed) return;
    const connection = connectionOf(this.#peer);
    this.#remoteAddress = way.remoteAddress;
    this.#mustRelay = way.mustRelay;
    connection.setConfiguration({ ...connection.getConfiguration(), ...connectionSettings(way) });
    if (this.#isInitiator) this.#restartIce();
    else this.events.emit('signal', { type: 'renegotiate', renegotiate: true, iceRestart: true });
  }

  /** Sends a frame; they arrive in order. Dropped once the link is closed. */
  sendFrame(bytes: Uint8Array): void {
    // write() queues and send() does not, so that a send() would overtake what waits: everything goes through write().
    if (!this.#peer.destroyed) this.#peer.write(bytes);
  }

  /** Sends a track to the peer in a stream that holds nothing else; `null` once the link is closed. */
  addTrack(track: MediaStreamTrack, encoding: TrackEncoding, isMuted: boolean): SentTrack | null {
    return this.#peer.destroyed ? null : this.#senders.add(track, encoding, isMuted);
  }

  /** Sends no media from now on, whatever was added; channels stay. */
  stopMedia(): void {
    if (this.#peer.destroyed) return;
    for (const sender of connectionOf(this.#peer).getSenders())
      void sender.replaceTrack(null).catch(() => undefined);
  }

  #openSender(track: MediaStreamTrack): { sender: RTCRtpSender; streamId: string } | null {
    const stream = new MediaStream([track]);
    this.#peer.addTrack(track, stream);
    // simple-peer's `replaceTrack` drops the promise of the browser's, so that nobody hears what became of it.
    const sender = connectionOf(this.#peer)
      .getSenders()
      .find((each) => each.track === track);
    return sender ? { sender, streamId: stream.id } : null;
  }

  /** Ends the link; `closed` follows. */
  close(): void {
    if (!this.#peer.connected || this.#isSilent) this.#keepEvidence();
    this.#peer.destroy();
  }

  /** The link fails: a last look, which a connection that closes meanwhile still answers. */
  #keepEvidence(): void {
    if (this.evidence.isOver) return;
    this.evidence.end();
    void this.look();
  }

  /** A side that asks before it has answered looks for its candidates when it answers: what is under way does for it. */
  #handleRestartRequest(): void {
    if (this.#isInitiator && !this.#isRestarting && this.#restarts.consume()) this.#restartIce();
  }

  #restartIce(): void {
    if (this.#peer.destroyed) return;
    this.#isRestarting = true;
    connectionOf(this.#peer).restartIce();
    this.#peer.negotiate();
  }

  /** No message of the probe's, so nobody answers; the peer's browser acknowledges it, however busy its page is. */
  #poke(): void {
    const { readyState, bufferedAmount } = this.probeChannel;
    if (readyState === 'open' && bufferedAmount === 0) this.probeChannel.send(new Uint8Array(1));
  }

  /** What was on its way over the path before is lost, and so may be the peer's word that it is missed. */
  #refreshPictures(): void {
    if (!this.#peer.destroyed) void sendKeyFrames(connectionOf(this.#peer));
  }

  #setHealth(change: { isSilent?: boolean; iceState?: RTCIceConnectionState }): void {
    const isStable = (): boolean => !this.#isSilent && this.#iceState !== 'disconnected';
    const wasStable = isStable();
    this.#isSilent = change.isSilent ?? this.#isSilent;
    this.#iceState = change.iceState ?? this.#iceState;
    if (isStable() !== wasStable) this.events.emit(wasStable ? 'unstable' : 'stable', undefined);
  }

  #listen(): void {
    this.#peer.on('signal', (data) => {
      const signal = RtcSignal.safeParse(data);
      const shown = signal.success && this.#mustRelay ? withoutAddresses(signal.data) : signal.data;
      if (shown) this.events.emit('signal', shown);
    });
    this.#peer.on('negotiated', () => {
      this.#isRestarting = false;
      for (const each of this.#senders.encodings) each.negotiated();
    });
    this.#peer.on('connect', () => {
      this.events.emit('connected', undefined);
      this.#watch.start();
      // The peer may be connected first and say something: it waits in the stream until somebody here can hear it.
      this.#peer.on('data', (data) => {
        // simple-peer makes a Buffer of its own of each, which nothing else holds.
        if (data instanceof Uint8Array) this.events.emit('frame', data as Uint8Array<ArrayBuffer>);
        else this.events.emit('violation', undefined);
      });
    });
    this.#peer.on('stream', (stream) => this.events.emit('stream', stream));
    this.#peer.on('iceStateChange', (iceState) => {
      if (iceState === 'failed') this.#keepEvidence();
      this.#setHealth({ iceState });
    });
    connectionOf(this.#peer).addEventListener('icecandidateerror', (event) =>
      this.evidence.noteServer(event),
    );
    // Every error ends in `close`; without a listener it would be thrown.
    this.#peer.on('error', () => undefined);
    this.#peer.on('close', () => {
      this.#watch.stop();
      this.events.emit('closed', undefined);
    });
  }
}

/** The one place that reaches behind simple-peer's interface; tests/e2e proves that it still can. */
function connectionOf(peer: Peer): RTCPeerConnection {
  const connection = peer._pc;
  if (!connection) throw new Error('simple-peer has no connection');
  return connection;
}
