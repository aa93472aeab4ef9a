/*
 * `npm run bench:bad-network [-- ROUNDS [CASE…]]`: a shared screen and a voice where the network is bad, 1080p, in turns with a bare share.
 * `line`: 1 Mbit/s, 100 ms of round trip and 2 % of loss, from the moment of sharing. `fall`: 10 Mbit/s, then 0.5 for 15 s, then 10 again
 * (tc-tbf, what leaves the sharer). Each with a text that scrolls and with a picture that moves, as `line-text`. The voice is a tone of
 * 1 kHz. Needs root and a C compiler.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScreenQuality } from '../src/shared/settings/screenQuality';
import { framesSince, type SeenFrame } from '../tests/support/lab/stampedScreen';
import { recoveredAfterS, summaryOf, type Seen } from './support/badNetworkFigures';
import { ScreenOverLine } from './support/ScreenOverLine';
import { type Content, paintTimeCode, placeOfCode, readTimeCode, stopTimeCode } from './support/timeCode';
import { heardSince, listenForTone, toneGaps } from './support/toneGaps';

const SIZE = { width: 1920, height: 1080 };
const LINES = {
  line: { delayMs: 50, lossPercent: 2, rateMbit: 1 },
  fall: { delayMs: 10, lossPercent: 0, rateMbit: 0 },
} as const;
type Line = keyof typeof LINES;
const CASES = (['line', 'fall'] as const).flatMap((line) =>
  (['text', 'motion'] as const).map((content) => ({ name: `${line}-${content}`, line, content })),
);
/** Rates of the fall, in Mbit/s, and for how long each is looked at, in ms. */
const [FULL, LOW] = [10, 0.5];
const SETTLE_MS = 8_000;
const BEFORE_MS = 5_000;
const LOW_MS = 15_000;
const AFTER_MS = 20_000;

const [rounds = 1] = process.argv.slice(2, 3).map(Number);
const named = process.argv.slice(3);
if (!(rounds >= 1) || !named.every((name) => CASES.some((each) => each.name === name)))
  throw new Error('usage: npm run bench:bad-network [-- ROUNDS [CASE…]]');

const figures: Record<string, unknown> = {};
for (const line of ['line', 'fall'] as const) {
  const cases = CASES.filter(
    (each) => each.line === line && (named.length === 0 || named.includes(each.name)),
  );
  if (cases.length === 0) continue;
  const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
  const over = await ScreenOverLine.start(LINES[line], { dir, size: SIZE, hasVoice: true });
  try {
    for (const { name, content } of cases) figures[name] = await measure(over, line, content);
  } finally {
    await over.stop();
    await rm(dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
console.log(JSON.stringify({ bench: 'bad-network', rounds, ...figures }));

async function measure(over: ScreenOverLine, line: Line, content: Content): Promise<unknown> {
  const seen: Record<'bare' | 'hither', Seen[]> = { bare: [], hither: [] };
  for (let round = 1; round <= rounds; round++)
    for (const who of ['bare', 'hither'] as const) {
      const { screen } = over;
      const { sharer, viewer } = screen.pages(who);
      if (line === 'fall') await over.limit(FULL);
      const sharedMs = Date.now();
      await screen.share(who, ScreenQuality.parse({ preset: content }));
      const firstPictureS = (Date.now() - sharedMs) / 1000;
      await paintTimeCode(sharer, content);
      await sleep(SETTLE_MS / 2);
      await readTimeCode(viewer, await placeOfCode(sharer));
      await listenForTone(viewer);
      await sleep(SETTLE_MS / 2);
      const each = line === 'line' ? await watchLine() : await watchFall();
      seen[who].push({ firstPictureS, ...each });
      console.log(`${line}-${content}, ${who}: ${JSON.stringify(summaryOf([{ firstPictureS, ...each }]))}`);
      await stopTimeCode(sharer);
      await screen.stopSharing(who);

      async function watchLine(): Promise<Omit<Seen, 'firstPictureS'>> {
        await framesSince(viewer);
        const fromMs = Date.now();
        await sleep(AFTER_MS);
        return outcome(await framesSince(viewer), fromMs, fromMs);
      }

      async function watchFall(): Promise<Omit<Seen, 'firstPictureS'>> {
        await framesSince(viewer);
        await sleep(BEFORE_MS);
        const before = await framesSince(viewer);
        await over.limit(LOW);
        const fromMs = Date.now();
        await sleep(LOW_MS);
        await over.limit(FULL);
        const backMs = Date.now();
        await sleep(AFTER_MS);
        const during = await framesSince(viewer);
        return { ...(await outcome(during, fromMs, backMs)), ...recoveredAfterS(before, during, backMs) };
      }

      async function outcome(frames: SeenFrame[], fromMs: number, backMs: number) {
        const toMs = Date.now();
        const heard = await heardSince(viewer);
        return { frames, fromMs, toMs, backMs, voice: toneGaps(heard, fromMs, toMs), recoveredS: null };
      }
    }
  return { baseline: summaryOf(seen.bare), hither: summaryOf(seen.hither) };
}
