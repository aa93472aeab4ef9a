import type { SessionStats } from '../peer/sessionStats';

/** What a capture, and a display of 60 Hz, add on average: half a picture of each, and one until it is lit, in ms. */
const SCREENS_MS = 8 + 8 + 16;
/** An encoder of the other side, and a decoder there, take some 10 ms each (docs/performance.md); only that side measures them. */
const OTHER_SIDE_MS = 10;

/**
 * About how long it takes from a change on one screen to its light on the other, in ms: what is measured here of the encoder or decoder,
 * half a round trip, and means for the rest. `null` while too little is known.
 */
export function glassToGlassMs(stats: SessionStats, direction: 'incoming' | 'outgoing'): number | null {
  const here = stats[direction]?.processingMs ?? null;
  if (here === null || stats.roundTripMs === null) return null;
  return SCREENS_MS + here + OTHER_SIDE_MS + stats.roundTripMs / 2;
}
