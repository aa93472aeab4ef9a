/*
 * `npm run bench:latency [-- SECONDS [ROUNDS [CASE…]]]`: from a change on the sharer's display to the viewer's frame. A page on an X display
 * draws the time as bars at 60 Hz, and the viewer reads it back with `requestVideoFrameCallback`; in turns through Hither and through a bare
 * `getDisplayMedia` and `RTCPeerConnection` in the same browsers. A case is lines, rate and content, as `1080-30-text`.
 * `desktop` among them gives Hither's viewer the switches of the desktop app, and the bare one a browser of its own without them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SHOW_AT_ONCE } from '../src/main/electron/window/showAtOnce';
import { ScreenQuality } from '../src/shared/settings/screenQuality';
import { framesSince, type SeenFrame, watched, type Watched } from '../tests/support/lab/stampedScreen';
import { SharedScreen, type Sharer } from './support/SharedScreen';
import { median, rounded } from './support/statistics';
import { type Content, paintTimeCode, placeOfCode, readTimeCode, stopTimeCode } from './support/timeCode';

const SIZES = { 720: { width: 1280, height: 720 }, 1080: { width: 1920, height: 1080 } } as const;
const CASES = ([720, 1080] as const).flatMap((lines) =>
  ([30, 60] as const).flatMap((rate) =>
    (['text', 'motion'] as const).map((content) => ({
      name: `${lines}-${rate}-${content}`,
      lines,
      rate,
      content,
    })),
  ),
);
/** A span of time with its freezes. */
interface Smooth extends Watched {
  frozen: number;
}

/** Until a share has found its speed, in ms. */
const SETTLE_MS = 6_000;

const [seconds = 20, rounds = 1] = process.argv.slice(2, 4).map(Number);
const isDesktop = process.argv.slice(4).includes('desktop');
const named = process.argv.slice(4).filter((name) => name !== 'desktop');
const viewerSwitches = isDesktop ? [`--force-fieldtrials=${SHOW_AT_ONCE}`] : [];
if (!(seconds >= 1 && rounds >= 1) || !named.every((name) => CASES.some((each) => each.name === name)))
  throw new Error('usage: npm run bench:latency [-- SECONDS [ROUNDS [CASE…]]]');

const figures: Record<string, unknown> = {};
for (const lines of [720, 1080] as const) {
  const cases = CASES.filter(
    (each) => each.lines === lines && (named.length === 0 || named.includes(each.name)),
  );
  if (cases.length === 0) continue;
  const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
  const shared = await SharedScreen.start({ dir, size: SIZES[lines], viewerSwitches });
  try {
    for (const { name, rate, content } of cases) figures[name] = await measure(shared, name, rate, content);
  } finally {
    await shared.stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
console.log(JSON.stringify({ bench: 'latency', isDesktop, seconds, rounds, ...figures }));

async function measure(shared: SharedScreen, name: string, rate: number, content: Content): Promise<unknown> {
  const seen: Record<Sharer, Smooth[]> = { bare: [], hither: [] };
  const quality = ScreenQuality.parse({ preset: content, frameRate: rate });
  for (let round = 1; round <= rounds; round++)
    for (const who of ['bare', 'hither'] as const) {
      const { sharer, viewer } = shared.pages(who);
      await shared.share(who, quality);
      await paintTimeCode(sharer, content);
      await sleep(SETTLE_MS / 2);
      await readTimeCode(viewer, await placeOfCode(sharer));
      await sleep(SETTLE_MS / 2);
      await framesSince(viewer);
      const fromMs = Date.now();
      await sleep(seconds * 1000);
      const frames = await framesSince(viewer);
      const each = { ...watched(frames, fromMs, Date.now()), frozen: freezes(frames) };
      seen[who].push(each);
      console.log(`${name}, ${who}: ${words(each)}`);
      await stopTimeCode(sharer);
      await shared.stopSharing(who);
    }
  const [baseline, hither] = [summary(seen.bare, rate), summary(seen.hither, rate)];
  return {
    ...{ baseline, hither },
    ratio_p50: rounded(hither.p50_ms / baseline.p50_ms),
    ratio_p95: rounded(hither.p95_ms / baseline.p95_ms),
  };
}

/** Freezes in a span of time, as webrtc-stats has them: a frame that comes 150 ms later than usual, and three times as late. */
function freezes(frames: readonly SeenFrame[]): number {
  const gaps = frames.slice(1).map(({ atMs }, index) => atMs - (frames[index]?.atMs ?? atMs));
  const usual = gaps.reduce((sum, gap) => sum + gap, 0) / Math.max(1, gaps.length);
  return gaps.filter((gap) => gap > Math.max(3 * usual, usual + 150)).length;
}

function summary(all: readonly Smooth[], rate: number) {
  return {
    p50_ms: rounded(median(all.map(({ latencyMs }) => latencyMs))),
    p95_ms: rounded(median(all.map(({ latencyP95Ms }) => latencyP95Ms))),
    frames_s: rounded(median(all.map(({ framesPerSecond }) => framesPerSecond))),
    dropped: rounded(median(all.map(({ framesPerSecond }) => Math.max(0, 1 - framesPerSecond / rate)))),
    freezes: median(all.map(({ frozen }) => frozen)),
    longest_gap_ms: rounded(Math.max(...all.map(({ longestGapMs }) => longestGapMs))),
  };
}

function words({ latencyMs, latencyP95Ms, framesPerSecond, longestGapMs, frozen }: Smooth): string {
  const [middle, most, gap] = [latencyMs, latencyP95Ms, longestGapMs].map(Math.round);
  return `${middle} (${most}) ms, ${rounded(framesPerSecond)} frames/s, ${frozen} freezes, longest gap ${gap} ms`;
}
