import { glassToGlassMs } from '../core/stats/glassToGlass';
import { statsVerdict } from '../core/stats/statsVerdict';
import type { SessionStats } from '../core/types';

/**
 * Figures as they are saved, for somebody who helps: times since the first one, and what is made of each. Nothing in them says who
 * or where anybody is.
 */
export function exportedStats(history: readonly SessionStats[]) {
  const firstMs = history[0]?.atMs ?? 0;
  return {
    format: 'hither-statistics',
    version: 1,
    samples: history.map(({ atMs, agreedCodecs, ...stats }) => ({
      seconds: Math.round((atMs - firstMs) / 100) / 10,
      verdict: statsVerdict({ atMs, agreedCodecs, ...stats }).code,
      glassToGlassMs: {
        outgoing: glassToGlassMs({ atMs, agreedCodecs, ...stats }, 'outgoing'),
        incoming: glassToGlassMs({ atMs, agreedCodecs, ...stats }, 'incoming'),
      },
      ...stats,
    })),
  };
}
