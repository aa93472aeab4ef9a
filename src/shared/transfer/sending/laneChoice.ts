import { BLOCK_BYTES } from '../blocks';
import type { Lane } from '../ports';

/** What a lane has in hand, in blocks of full size. */
export interface LaneLoad {
  inFlight: number;
}

/** Many small blocks are in hand at a time, so that the ways to disk and network are shared by them, but not without limit. */
const LEAST_WEIGHT = 1 / 64;

/** What a block adds to a lane's load: 1 for one of full size. */
export function weightOf(lengthBytes: number): number {
  return Math.max(LEAST_WEIGHT, lengthBytes / BLOCK_BYTES);
}

/** A LAN lane costs a fraction of what data channels cost the processor, so those rest while there is one. */
export function bestKind(loads: ReadonlyMap<Lane, LaneLoad>): Lane['kind'] {
  for (const { kind } of loads.keys()) if (kind === 'lan') return kind;
  return 'data-channel';
}

/**
 * The least busy of the lanes of the best kind that accepts one more block, `null` where none does. In this order no lane
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
