import { z } from 'zod';

/** What gives way where a network or a processor is too slow: `text` the frame rate, `motion` the resolution; `auto` by what the screen shows. */
export const QualityPreset = z.enum(['auto', 'text', 'motion']);
export type QualityPreset = z.infer<typeof QualityPreset>;

/** Codecs of a picture, as their MIME types have them after `video/`. */
export const ScreenCodec = z.enum(['AV1', 'VP9', 'H264', 'VP8']);
export type ScreenCodec = z.infer<typeof ScreenCodec>;

/** Fewest and most pictures a second: below five a pointer can't be followed, and no screen that is usual shows more than sixty. */
export const FRAME_RATES = { min: 5, max: 60 } as const;
/** Bounds of the cap, in Mbit/s: an SD picture needs a tenth, and no encoder of a browser gives more than a hundred. */
const SCREEN_MBITS = { min: 0.1, max: 100 } as const;
/** Heights that a screen may be made smaller to. */
export const SCREEN_LINES = [1440, 1080, 720] as const;

/** How this device sends a screen that it shares. A missing field takes its default. */
export const ScreenQuality = z.object({
  preset: QualityPreset.default('auto'),
  /** `null` = the best that both sides can do and this one's processor has the time for. */
  codec: ScreenCodec.nullable().default(null),
  /** Most pictures a second. */
  frameRate: z.int().min(FRAME_RATES.min).max(FRAME_RATES.max).default(30),
  /** Most lines of a picture; `null` = as many as the screen has. */
  lines: z
    .literal([...SCREEN_LINES])
    .nullable()
    .default(null),
  /** Most that a picture may take of the network, in Mbit/s; `null` = the preset's own bound. */
  maxMbits: z.number().min(SCREEN_MBITS.min).max(SCREEN_MBITS.max).nullable().default(null),
});
export type ScreenQuality = z.infer<typeof ScreenQuality>;
