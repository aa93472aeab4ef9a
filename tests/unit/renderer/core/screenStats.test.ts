import { describe, expect, it } from 'vitest';
import { ScreenStatsReader } from '../../../../src/renderer/core/peer/screenStats';

const pair = {
  id: 'P',
  type: 'candidate-pair',
  timestamp: 0,
  nominated: true,
  state: 'succeeded',
  currentRoundTripTime: 0.0125,
};
const video = (timestamp: number, bytesReceived: number, packetsReceived: number, packetsLost: number) => ({
  ...{ id: 'V', type: 'inbound-rtp', kind: 'video', timestamp, codecId: 'C', framesPerSecond: 29.97 },
  ...{ bytesReceived, packetsReceived, packetsLost },
});
const codec = { id: 'C', type: 'codec', timestamp: 0, mimeType: 'video/VP9' };

describe('ScreenStatsReader', () => {
  it('tells rates since the reading before, and the rest at once', () => {
    const reader = new ScreenStatsReader();
    expect(reader.read([pair, codec, video(1_000, 0, 0, 0)])).toEqual({
      framesPerSecond: 29.97,
      roundTripMs: 12.5,
      codec: 'VP9',
      bitsPerSecond: null,
      lostFraction: null,
    });
    expect(reader.read([pair, codec, video(3_000, 500_000, 396, 4)])).toMatchObject({
      bitsPerSecond: 2_000_000,
      lostFraction: 0.01,
    });
  });

  it('tells nothing of what a browser leaves out, and no rate across a new stream', () => {
    const reader = new ScreenStatsReader();
    reader.read([video(1_000, 500_000, 400, 0)]);
    expect(reader.read([video(2_000, 10, 1, 0)])).toMatchObject({ bitsPerSecond: null, lostFraction: null });
    expect(reader.read([])).toEqual({
      framesPerSecond: null,
      roundTripMs: null,
      codec: null,
      bitsPerSecond: null,
      lostFraction: null,
    });
  });
});
