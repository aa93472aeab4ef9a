import type { Lane } from './ports';

/** What a lane has in hand. */
export interface LaneLoad {
  inFlight: number;
}

/** A LAN lane costs a fraction of what data channels cost the processor, so those rest while there is one. */
export function bestKind(loads: ReadonlyMap<Lane, LaneLoad>): Lane['kind'] {
  for (const { kind } of loads.keys()) if (kind === 'lan') return kind;
  return 'data-channel';
}

/**
 * The least busy of the lanes of the best kind that takes one more block, `null` where none does. In this order no lane
 * starves behind others where it is credit that is short.
 */
export function idlestLane(loads: ReadonlyMap<Lane, LaneLoad>): { lane: Lane; load: LaneLoad } | null {
  const kind = bestKind(loads);
  let best: { lane: Lane; load: LaneLoad } | null = null;
  for (const [lane, load] of loads) {
    if (lane.kind !== kind || load.inFlight >= lane.depth) continue;
    if (best === null || load.inFlight < best.load.inFlight) best = { lane, load };
  }
  return best;
}
