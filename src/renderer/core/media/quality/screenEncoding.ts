import type { ScreenCodec, ScreenQuality } from '../../../../shared/settings/screenQuality';
import type { TrackEncoding } from '../encodings';

/** What a screen shows, as far as its sending goes: what is read, or what moves. */
export type ScreenContent = 'text' | 'motion';

/** Best first: the fewest bits for the same sharpness, as measured (docs/performance.md). */
export const CODEC_ORDER: readonly ScreenCodec[] = ['AV1', 'VP9', 'H264', 'VP8'];

/** 1440p text in motion stays sharp at 12 Mbit/s, and a gigabit LAN doesn't notice. */
const MAX_BITRATE = 12_000_000;

export interface ScreenEncodingOptions {
  quality: ScreenQuality;
  content: ScreenContent;
  /** Lines of the capture; `null` where it doesn't say. */
  lines: number | null;
  /** How many of the codecs, from the best on, this processor was too slow for. */
  skippedCodecs: number;
}

/** How a screen is sent, of what a person has chosen and what there is to see. */
export function screenEncoding({
  quality,
  content,
  lines,
  skippedCodecs,
}: ScreenEncodingOptions): TrackEncoding {
  const { codec, frameRate, maxMbits } = quality;
  return {
    maxBitrate: maxMbits === null ? MAX_BITRATE : maxMbits * 1e6,
    maxFramerate: frameRate,
    degradationPreference: content === 'text' ? 'maintain-resolution' : 'maintain-framerate',
    contentHint: content,
    scaleResolutionDownBy: scaleTo(quality.lines, lines),
    codecs: codec === null ? CODEC_ORDER.slice(skippedCodecs) : [codec, ...CODEC_ORDER],
  };
}

/** By how much a picture is divided to have at most so many lines; none is ever made larger. */
function scaleTo(most: number | null, lines: number | null): number {
  return most === null || lines === null ? 1 : Math.max(1, lines / most);
}
