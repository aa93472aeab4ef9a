import { ScreenCodec, type ScreenQuality } from '../../../../shared/settings/screenQuality';
import type { TrackEncoding } from '../encodings';

/** What a screen shows, as far as its sending goes: what is read, or what moves. */
export type ScreenContent = 'text' | 'motion';

/**
 * Best first, as measured in software at 1080p (docs/performance.md): AV1 has tools for screens, which make text cost a third of the bits
 * of VP8 and as much of the processor; of what moves all over it takes twice as much as H.264 and VP8 do, and so does VP9 of both.
 */
const CODEC_ORDER: Record<ScreenContent, readonly ScreenCodec[]> = {
  text: ['AV1', 'VP8', 'H264'],
  motion: ['H264', 'VP8'],
};

/** Steps that there are at most from the best codec to a cheaper one. */
export const MAX_SKIPPED_CODECS = CODEC_ORDER.text.length - 1;

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
    codecs: [
      ...(codec === null ? [] : [codec]),
      ...affordable(content, skippedCodecs),
      ...ScreenCodec.options,
    ],
  };
}

/** The order without what is too dear, of which the cheapest is left. Where the other side has none of these, any will do. */
function affordable(content: ScreenContent, skipped: number): readonly ScreenCodec[] {
  const order = CODEC_ORDER[content];
  return order.slice(Math.min(skipped, order.length - 1));
}

/** By how much a picture is divided to have at most so many lines; none is ever made larger. */
function scaleTo(most: number | null, lines: number | null): number {
  return most === null || lines === null ? 1 : Math.max(1, lines / most);
}
