import { expect, it } from 'vitest';
import { screenEncoding } from '../../../../../src/renderer/core/media/quality/screenEncoding';
import { ScreenQuality } from '../../../../../src/shared/settings/screenQuality';

/** What is taken where the other side has none of the good ones. */
const anyCodec = ['AV1', 'VP9', 'H264', 'VP8'];

const encoding = (quality: Partial<ScreenQuality>, content: 'text' | 'motion' = 'text', skippedCodecs = 0) =>
  screenEncoding({
    quality: ScreenQuality.parse(quality),
    content,
    lines: 1080,
    skippedCodecs,
  });

it('what is read keeps its resolution, and what moves its rate', () => {
  expect(encoding({})).toEqual({
    ...{ maxBitrate: 12e6, maxFramerate: 30, scaleResolutionDownBy: 1 },
    ...{ degradationPreference: 'maintain-resolution', contentHint: 'text' },
    codecs: ['AV1', 'VP8', 'H264', ...anyCodec],
  });
  expect(encoding({}, 'motion')).toMatchObject({
    degradationPreference: 'maintain-framerate',
    contentHint: 'motion',
    codecs: ['H264', 'VP8', ...anyCodec],
  });
});

it('heeds what the person has chosen, and never enlarges', () => {
  const chosen = { frameRate: 12, lines: 720, maxMbits: 1.5, codec: 'H264' } as const;
  expect(encoding(chosen)).toMatchObject({
    ...{ maxFramerate: 12, scaleResolutionDownBy: 1.5, maxBitrate: 1_500_000 },
    codecs: ['H264', 'AV1', 'VP8', 'H264', ...anyCodec],
  });
  expect(encoding({ lines: 1440 }).scaleResolutionDownBy).toBe(1);
});

it('leaves out the codecs that the processor was too slow for, unless one is asked for', () => {
  expect(encoding({}, 'text', 1).codecs).toEqual(['VP8', 'H264', ...anyCodec]);
  expect(encoding({}, 'text', 2).codecs?.[0]).toBe('H264');
  expect(encoding({}, 'motion', 2).codecs?.[0]).toBe('VP8');
  expect(encoding({ codec: 'AV1' }, 'text', 2).codecs?.[0]).toBe('AV1');
});
