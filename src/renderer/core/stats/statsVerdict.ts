import type { SessionStats, StreamStats } from '../peer/sessionStats';

/** What stands in the way of a good picture, the worst first, or that nothing does. */
export type StatsVerdict =
  | { code: 'unknown' }
  /** The network takes no more than this. */
  | { code: 'network'; bitsPerSecond: number }
  /** This computer can't encode as quick as the screen changes. */
  | { code: 'processor' }
  /** So many packets don't come, from 0 to 1. */
  | { code: 'loss'; fraction: number }
  /** The picture stood still, for so long since the last look, though it should not have. */
  | { code: 'freezes'; ms: number }
  /** This computer can't show pictures as quick as they come. */
  | { code: 'decoder'; ms: number }
  /** The other side is far away. */
  | { code: 'far'; ms: number }
  | { code: 'still' }
  | { code: 'well' };

/** From so much loss on a picture suffers whatever repeats it: where Chromium's own estimate begins to back off (2 to 10 %). */
const LOST = 0.05;
/** A freeze is seen from a fifth of a second on. */
const FROZEN_MS = 200;
/** Longer than this a picture waits here for its packets or the decoder only where something is slow. */
const DECODING_MS = 120;
/** Beyond it an answer is felt to come late (ITU-T G.114 has 150 ms one way). */
const FAR_MS = 300;
/** So few pictures and bits come of a screen on which nothing changes. */
const STILL_RATE = 6;
const STILL_BITS = 100_000;

/** Says in one word how the screens of a session do. */
export function statsVerdict(stats: SessionStats | null): StatsVerdict {
  const streams = stats ? [stats.outgoing, stats.incoming].filter((each) => each !== null) : [];
  if (!stats || streams.length === 0 || streams.every(({ bitsPerSecond }) => bitsPerSecond === null))
    return { code: 'unknown' };
  return (
    limitOf(stats) ??
    lossOf(streams) ??
    viewerOf(stats.incoming) ??
    distanceOf(stats) ?? { code: streams.every(isStill) ? 'still' : 'well' }
  );
}

function limitOf({ outgoing, availableBitsPerSecond }: SessionStats): StatsVerdict | null {
  if (outgoing?.limit === 'cpu') return { code: 'processor' };
  if (outgoing?.limit !== 'bandwidth') return null;
  return { code: 'network', bitsPerSecond: availableBitsPerSecond ?? outgoing.bitsPerSecond ?? 0 };
}

function lossOf(streams: readonly StreamStats[]): StatsVerdict | null {
  const fraction = Math.max(...streams.map(({ lostFraction }) => lostFraction ?? 0));
  return fraction >= LOST ? { code: 'loss', fraction } : null;
}

function viewerOf(incoming: StreamStats | null): StatsVerdict | null {
  const { frozenMs = 0, processingMs = 0 } = incoming ?? {};
  if ((frozenMs ?? 0) >= FROZEN_MS) return { code: 'freezes', ms: frozenMs ?? 0 };
  return (processingMs ?? 0) >= DECODING_MS ? { code: 'decoder', ms: processingMs ?? 0 } : null;
}

function distanceOf({ roundTripMs }: SessionStats): StatsVerdict | null {
  return roundTripMs !== null && roundTripMs >= FAR_MS ? { code: 'far', ms: roundTripMs } : null;
}

function isStill({ framesPerSecond, bitsPerSecond }: StreamStats): boolean {
  return (framesPerSecond ?? 0) <= STILL_RATE && (bitsPerSecond ?? 0) <= STILL_BITS;
}
