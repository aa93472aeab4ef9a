import { describe, expect, it } from 'vitest';
import { glassToGlassMs } from '../../../../../src/renderer/core/stats/glassToGlass';
import { statsVerdict } from '../../../../../src/renderer/core/stats/statsVerdict';
import type { SessionStats, StreamStats } from '../../../../../src/renderer/core/types';
import { exportedStats } from '../../../../../src/renderer/state/exportedStats';
import { sampleStats } from '../../../../support/sampleStats';

interface Change extends Partial<Omit<SessionStats, 'outgoing' | 'incoming'>> {
  outgoing?: Partial<StreamStats> | null;
  incoming?: Partial<StreamStats> | null;
}

function stats({ outgoing, incoming, ...change }: Change = {}): SessionStats {
  return {
    ...sampleStats,
    ...change,
    outgoing: outgoing === null ? null : { ...sampleStats.outgoing!, ...outgoing },
    incoming: incoming === null ? null : { ...sampleStats.incoming!, ...incoming },
  };
}

const still = { framesPerSecond: 5, bitsPerSecond: 20_000 };

describe('the one line about a session’s screens', () => {
  it.each<[string, SessionStats | null, object]>([
    ['nothing is measured', null, { code: 'unknown' }],
    ['no screen is shared', stats({ outgoing: null, incoming: null }), { code: 'unknown' }],
    [
      'there was one reading alone',
      stats({ outgoing: { bitsPerSecond: null }, incoming: null }),
      { code: 'unknown' },
    ],
    [
      'the network is narrow',
      stats({ outgoing: { limit: 'bandwidth' }, availableBitsPerSecond: 1_200_000 }),
      { code: 'network', bitsPerSecond: 1_200_000 },
    ],
    [
      'the network is narrow, and the browser says not how',
      stats({ outgoing: { limit: 'bandwidth', bitsPerSecond: 900_000 }, availableBitsPerSecond: null }),
      { code: 'network', bitsPerSecond: 900_000 },
    ],
    ['the encoder is slow', stats({ outgoing: { limit: 'cpu' } }), { code: 'processor' }],
    ['packets get lost there', stats({ outgoing: { lostFraction: 0.08 } }), { code: 'loss', fraction: 0.08 }],
    ['packets get lost here', stats({ incoming: { lostFraction: 0.06 } }), { code: 'loss', fraction: 0.06 }],
    ['the picture froze', stats({ incoming: { frozenMs: 400 } }), { code: 'freezes', ms: 400 }],
    ['the decoder is slow', stats({ incoming: { processingMs: 180 } }), { code: 'decoder', ms: 180 }],
    ['the way is long', stats({ roundTripMs: 340 }), { code: 'far', ms: 340 }],
    ['nothing changes', stats({ outgoing: still, incoming: still }), { code: 'still' }],
    ['one of both moves', stats({ outgoing: still }), { code: 'well' }],
    ['all is well', stats(), { code: 'well' }],
    [
      'the processor and the loss: the cause comes first',
      stats({ outgoing: { limit: 'cpu', lostFraction: 0.5 } }),
      { code: 'processor' },
    ],
  ])('%s', (_, given, verdict) => {
    expect(statsVerdict(given)).toEqual(verdict);
  });
});

it('the delay from screen to screen is what is known and means for the rest', () => {
  expect(glassToGlassMs(stats({ roundTripMs: 20, incoming: { processingMs: 15 } }), 'incoming')).toBe(67);
  expect(glassToGlassMs(stats({ roundTripMs: null }), 'incoming')).toBeNull();
  expect(glassToGlassMs(stats({ outgoing: null }), 'outgoing')).toBeNull();
});

it('an export counts from its first sample, and says of each what it means', () => {
  const two = [stats({ atMs: 5_000 }), stats({ atMs: 6_040, outgoing: { limit: 'cpu' } })];
  expect(exportedStats(two)).toMatchObject({
    format: 'hither-statistics',
    version: 1,
    samples: [
      { seconds: 0, verdict: 'well', incoming: { codec: 'VP9' } },
      { seconds: 1, verdict: 'processor', outgoing: { limit: 'cpu' } },
    ],
  });
});
