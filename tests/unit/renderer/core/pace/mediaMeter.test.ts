import { describe, expect, it } from 'vitest';
import { MediaMeter } from '../../../../../src/renderer/core/pace/MediaMeter';
import { mediaStats, type MediaStats } from '../../../../../src/renderer/core/peer/mediaStats';

const pair = {
  type: 'candidate-pair',
  nominated: true,
  state: 'succeeded',
  availableOutgoingBitrate: 2_400_000,
};
const sent = { type: 'outbound-rtp', bytesSent: 1_000, headerBytesSent: 50 };
type Encoding = { maxBitrate?: number };

/** What a connection with these statistics tells, and with a sender for each list of encodings. */
function told(stats: object[], senders: readonly (Encoding[] | null)[] = [[{ maxBitrate: 8_000_000 }]]) {
  const report = new Map(stats.map((one, index) => [String(index), one]));
  return mediaStats({
    getStats: () => Promise.resolve(report as unknown as RTCStatsReport),
    getSenders: () =>
      senders.map((encodings) => ({
        track: encodings && {},
        getParameters: () => ({ encodings: encodings ?? [] }),
      })) as unknown as RTCRtpSender[],
  });
}

describe('what a browser tells of its media', () => {
  it('is the estimate of the pair in use, the bound of all tracks, and what was sent', async () => {
    const idle = { ...pair, nominated: false, availableOutgoingBitrate: 8 };
    const second = { ...sent, bytesSent: 200, headerBytesSent: undefined };
    const senders = [[{ maxBitrate: 8_000_000 }], [{ maxBitrate: 800_000 }], null];
    expect(await told([idle, pair, sent, second], senders)).toEqual({
      estimate: 300_000,
      most: 1_100_000,
      sentBytes: 1_250,
    });
  });

  it('is no estimate while nothing is sent, and no bound where a track has none', async () => {
    expect(await told([pair], [null])).toEqual({ estimate: null, most: null, sentBytes: 0 });
    expect(await told([pair, sent], [[{}]])).toMatchObject({ estimate: 300_000, most: null });
    expect(await told([], [[{}]])).toMatchObject({ estimate: null });
  });
});

describe('how media are doing', () => {
  /** As two reports a second apart have it. */
  function state(second: Partial<MediaStats>) {
    const meter = new MediaMeter();
    const first = { estimate: 300_000, most: 1_500_000, sentBytes: 1_000_000 };
    meter.update(first, 5_000);
    meter.update({ ...first, ...second }, 6_000);
    return meter.state;
  }

  it('is not known before the second report', () => {
    const meter = new MediaMeter();
    meter.update({ estimate: 300_000, most: null, sentBytes: 0 }, 5_000);
    expect(meter.state).toEqual({ estimate: null, isOfPath: false, speed: 0, isShort: false });
  });

  it('is well while they send less than the path carries', () => {
    expect(state({ sentBytes: 1_100_000 })).toEqual({
      estimate: 300_000,
      isOfPath: true,
      speed: 100_000,
      isShort: false,
    });
  });

  it('is short while they send all that they may', () => {
    expect(state({ sentBytes: 1_290_000 }).isShort).toBe(true);
  });

  it('is well where they need no more than they may have, and then says nothing of the path', () => {
    expect(state({ sentBytes: 1_290_000, most: 310_000 })).toMatchObject({ isOfPath: false, isShort: false });
  });

  it('is not known where the browser does not tell, or a connection counts anew', () => {
    expect(state({ estimate: null, sentBytes: 1_100_000 })).toMatchObject({
      isOfPath: false,
      isShort: false,
    });
    expect(state({ sentBytes: 0 }).speed).toBe(0);
  });
});
