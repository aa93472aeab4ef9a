import type { SessionStats } from '../../src/renderer/core/types';

/** A screen that comes well, and one that goes as well. */
export const sampleStats: SessionStats = {
  atMs: 0,
  roundTripMs: 12.4,
  availableBitsPerSecond: 9_000_000,
  outgoing: {
    widthPx: 1920,
    heightPx: 1080,
    framesPerSecond: 30,
    bitsPerSecond: 3_100_000,
    codec: 'AV1',
    coder: 'libaom',
    isHardware: false,
    lostFraction: 0,
    jitterMs: 0.8,
    processingMs: 9.2,
    freezes: null,
    frozenMs: null,
    limit: 'none',
  },
  incoming: {
    widthPx: 1600,
    heightPx: 900,
    framesPerSecond: 30,
    bitsPerSecond: 4_200_000,
    codec: 'VP9',
    coder: 'libvpx',
    isHardware: false,
    lostFraction: 0.004,
    jitterMs: 1.4,
    processingMs: 11,
    freezes: 1,
    frozenMs: 0,
    limit: null,
  },
  agreedCodecs: ['VP8', 'rtx', 'H264', 'AV1', 'VP9'],
};
