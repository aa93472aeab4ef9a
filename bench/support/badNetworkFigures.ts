import type { SeenFrame } from '../../tests/support/lab/stampedScreen';
import { median, rounded } from './statistics';
import type { ToneGaps } from './toneGaps';

/** A pause between two pictures that is this long is a freeze, in ms. */
const FREEZE_MS = 500;
/** Speed and delay are looked at over so long, in ms. */
const WINDOW_MS = 2_000;

/** One share in a bad network, as its viewer had it. */
export interface Seen {
  /** From the wish to share to the first picture, in s. */
  firstPictureS: number;
  /** Pictures that came between `fromMs` and `toMs`. */
  frames: readonly SeenFrame[];
  fromMs: number;
  toMs: number;
  voice: ToneGaps;
  /** Until it was as before the network got bad, in s; `null` where it never was, or there was no such time. */
  recoveredS: number | null;
}

/** Median figures of some rounds; the longest freeze is that of all. */
export function summaryOf(all: readonly Seen[]) {
  const recovered = all.flatMap(({ recoveredS }) => recoveredS ?? []);
  return {
    first_picture_s: rounded(median(all.map(({ firstPictureS }) => firstPictureS))),
    frames_s: rounded(
      median(all.map(({ frames, fromMs, toMs }) => (1000 * frames.length) / (toMs - fromMs))),
    ),
    latency_ms: rounded(median(all.map(({ frames }) => median(frames.map(({ latencyMs }) => latencyMs))))),
    frozen_s: rounded(median(all.map((each) => gaps(each).reduce((sum, gap) => sum + gap, 0) / 1000))),
    longest_freeze_s: rounded(Math.max(0, ...all.flatMap(gaps)) / 1000),
    recovered_s: recovered.length === 0 ? null : rounded(median(recovered)),
    voice_missing: Number(median(all.map(({ voice }) => voice.missing)).toFixed(4)),
    voice_longest_gap_ms: Math.max(...all.map(({ voice }) => voice.longestMs)),
  };
}

/** Times without a new picture that count as freezes, in ms. */
function gaps({ frames, fromMs, toMs }: Seen): number[] {
  const times = [fromMs, ...frames.map(({ atMs }) => atMs), toMs];
  return times.slice(1).flatMap((at, index) => {
    const gap = at - (times[index] ?? at);
    return gap >= FREEZE_MS ? [gap] : [];
  });
}

/** Until two seconds had four fifths of the pictures of before, at most half as late again. */
export function recoveredAfterS(
  before: readonly SeenFrame[],
  after: readonly SeenFrame[],
  backMs: number,
): Pick<Seen, 'recoveredS'> {
  const [first, last] = [before[0]?.atMs ?? 0, before.at(-1)?.atMs ?? 0];
  const rate = (before.length - 1) / (last - first);
  const late = median(before.map(({ latencyMs }) => latencyMs));
  for (const { atMs } of after) {
    if (atMs < backMs) continue;
    const span = after.filter((each) => each.atMs >= atMs && each.atMs < atMs + WINDOW_MS);
    const isQuick = span.length / WINDOW_MS >= 0.8 * rate;
    const isPrompt = median(span.map(({ latencyMs }) => latencyMs)) <= 1.5 * late;
    if (isQuick && isPrompt) return { recoveredS: (atMs - backMs) / 1000 };
  }
  return { recoveredS: null };
}
