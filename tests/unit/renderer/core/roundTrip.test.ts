import { describe, expect, it } from 'vitest';
import { roundTripMs } from '../../../../src/renderer/core/peer/roundTrip';

const pair = { type: 'candidate-pair', nominated: true, state: 'succeeded', currentRoundTripTime: 0.02 };

function measured(...stats: object[]): Promise<number | null> {
  const report = new Map(stats.map((one, index) => [String(index), one]));
  return roundTripMs({ getStats: () => Promise.resolve(report as unknown as RTCStatsReport) });
}

describe('the round trip of a connection', () => {
  it('is that of the pair in use', async () => {
    const idle = { ...pair, nominated: false, currentRoundTripTime: 0.001 };
    const failed = { ...pair, state: 'failed', currentRoundTripTime: 0.002 };
    expect(await measured({ type: 'transport' }, idle, failed, pair)).toBe(20);
  });

  it('is not known before there is one, nor in a browser that does not tell', async () => {
    expect(await measured()).toBeNull();
    expect(await measured({ ...pair, currentRoundTripTime: undefined })).toBeNull();
  });
});
