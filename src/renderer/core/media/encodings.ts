import type { TrackSource } from '../../../shared/protocol/tracks';
import type { ScreenCodec } from '../../../shared/settings/screenQuality';

/** How a track is sent: what the network may take of it, and what gives way when that gets narrow. */
export interface TrackEncoding {
  maxBitrate: number;
  maxFramerate?: number;
  degradationPreference?: RTCDegradationPreference;
  /** What the encoder is told of the content. */
  contentHint: string;
  /** By how much width and height are divided on their way, at least 1. */
  scaleResolutionDownBy?: number;
  /** The first of these that both sides can do is used; `undefined` for the browser's own choice. */
  codecs?: readonly ScreenCodec[];
}

const encodings: Record<TrackSource, TrackEncoding> = {
  // Screens are read, not watched: frames are dropped before sharpness. 1440p text in motion stays sharp at 12 Mbit/s,
  // and a gigabit LAN doesn't notice.
  screen: {
    maxBitrate: 12_000_000,
    maxFramerate: 30,
    degradationPreference: 'maintain-resolution',
    contentHint: 'detail',
  },
  // Opus: stereo music is transparent at 128 kbit/s, and a voice is at 40.
  'screen-audio': { maxBitrate: 128_000, contentHint: 'music' },
  microphone: { maxBitrate: 40_000, contentHint: 'speech' },
  // 720p of a face; faces may lose sharpness and frames alike.
  camera: {
    maxBitrate: 1_500_000,
    maxFramerate: 30,
    degradationPreference: 'balanced',
    contentHint: 'motion',
  },
};

/** How tracks of a source are sent. */
export function encodingOf(source: TrackSource): TrackEncoding {
  return encodings[source];
}
