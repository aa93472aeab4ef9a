import { selectedPair } from './candidatePairs';
import { CountedRates, type RtpStats } from './CountedRates';

/** A screen on its way in one direction, as the browser measures it; `null` where it doesn't tell. Rates are since the reading before. */
export interface StreamStats {
  widthPx: number | null;
  heightPx: number | null;
  /** Pictures a second that were encoded, or decoded. */
  framesPerSecond: number | null;
  bitsPerSecond: number | null;
  /** As `VP9` or `H264`. */
  codec: string | null;
  /** What encodes or decodes here, as the browser calls it. */
  coder: string | null;
  /** Whether that is hardware, as far as the browser tells by its use of power. */
  isHardware: boolean | null;
  /** Packets that did not come, of all, from 0 to 1. */
  lostFraction: number | null;
  /** How unevenly packets come, in ms. */
  jitterMs: number | null;
  /** Mean time that a picture takes here: in its encoder, or from its first packet to its end in the decoder, in ms. */
  processingMs: number | null;
  /** Of a screen that comes: freezes that were seen since the first reading, and how long they were since the reading before, in ms. */
  freezes: number | null;
  frozenMs: number | null;
  /** Of a screen that goes: what holds it back. */
  limit: 'none' | 'cpu' | 'bandwidth' | 'other' | null;
}

/** How a session's screens come and go. */
export interface SessionStats {
  /** In ms that only go up, of the reading. */
  atMs: number;
  /** To the peer and back, in ms, as the last STUN check had it. */
  roundTripMs: number | null;
  /** What the browser thinks that the path carries of media, in bit/s. */
  availableBitsPerSecond: number | null;
  outgoing: StreamStats | null;
  incoming: StreamStats | null;
  /** Codecs that the browsers of both sides can do for what goes, as `VP9`; empty while nothing goes. */
  agreedCodecs: readonly string[];
}

/** The ids of the tracks of the screens; `null` for none in that direction. */
export interface ScreenTracks {
  outgoing: string | null;
  incoming: string | null;
}

/** The other parts of a report that are in use; not every browser tells all of them (W3C webrtc-stats). */
interface OtherStats {
  id: string;
  type: string;
  mimeType?: string;
  trackIdentifier?: string;
  localId?: string;
  fractionLost?: number;
  jitter?: number;
}

type Stats = RtpStats & OtherStats;

/** Reads how the screens of a connection do; rates are those since the reading before. */
export class SessionStatsReader {
  readonly #outgoing = new CountedRates();
  readonly #incoming = new CountedRates();

  read(report: Iterable<unknown>, tracks: ScreenTracks): Omit<SessionStats, 'agreedCodecs'> {
    const all = [...(report as Iterable<Stats>)];
    const byId = new Map(all.map((each) => [each.id, each]));
    const pair = selectedPair(byId);
    const videos = (type: string): Stats[] =>
      all.filter((each) => each.type === type && each.kind === 'video');
    const out = videos('outbound-rtp').find(
      ({ mediaSourceId = '' }) => byId.get(mediaSourceId)?.trackIdentifier === tracks.outgoing,
    );
    const come = videos('inbound-rtp').find(({ trackIdentifier }) => trackIdentifier === tracks.incoming);
    const remote = all.find(({ type, localId }) => type === 'remote-inbound-rtp' && localId === out?.id);
    return {
      atMs: performance.now(),
      roundTripMs: toMs(pair?.currentRoundTripTime),
      availableBitsPerSecond: pair?.availableOutgoingBitrate ?? null,
      outgoing: out ? outgoing(out, remote, codecOf(byId, out), this.#outgoing) : null,
      incoming: come ? incoming(come, codecOf(byId, come), this.#incoming) : null,
    };
  }
}

/** Whether the processor holds back a video that a connection sends. */
export function isHeldBack(report: Iterable<unknown>): boolean {
  return [...(report as Iterable<Stats>)].some(
    ({ type, qualityLimitationReason }) => type === 'outbound-rtp' && qualityLimitationReason === 'cpu',
  );
}

function outgoing(
  out: Stats,
  remote: Stats | undefined,
  codec: string | null,
  rates: CountedRates,
): StreamStats {
  const { bitsPerSecond, processingMs } = rates.read(out);
  return {
    ...common(out, codec),
    ...{ bitsPerSecond, processingMs },
    coder: out.encoderImplementation ?? null,
    isHardware: out.powerEfficientEncoder ?? null,
    lostFraction: remote?.fractionLost ?? null,
    jitterMs: toMs(remote?.jitter),
    freezes: null,
    frozenMs: null,
    limit: out.qualityLimitationReason ?? null,
  };
}

function incoming(come: Stats, codec: string | null, rates: CountedRates): StreamStats {
  return {
    ...common(come, codec),
    ...rates.read(come),
    // After the reading, which counts them.
    freezes: come.freezeCount === undefined ? null : rates.freezes,
    coder: come.decoderImplementation ?? null,
    isHardware: come.powerEfficientDecoder ?? null,
    jitterMs: toMs(come.jitter),
    limit: null,
  };
}

function common(stats: Stats, codec: string | null) {
  const { frameWidth = null, frameHeight = null, framesPerSecond = null } = stats;
  return { widthPx: frameWidth, heightPx: frameHeight, framesPerSecond, codec };
}

function codecOf(byId: ReadonlyMap<string, Stats>, { codecId = '' }: Stats): string | null {
  return byId.get(codecId)?.mimeType?.replace(/^video\//i, '') ?? null;
}

function toMs(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000;
}
