/*
 * `npm run bench:sharpness [-- ROUNDS [MBIT…]]`: how sharp small text is at the viewer, at 1080p. Two namespaces with 10 ms between them;
 * what leaves the sharer is held to 1, 2 or 5 Mbit/s by a token bucket (tc-tbf). The whole screen changes to other text: seconds until
 * the viewer's picture has 40 dB, and PSNR and SSIM (ffmpeg, brightness) of what it shows 8 s later; each preset and a bare share, in turns.
 * Needs root, a C compiler, imagemagick, xdotool and ffmpeg.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ScreenQuality } from '../src/shared/settings/screenQuality';
import { ScreenOverLine } from './support/ScreenOverLine';
import type { Sharer } from './support/SharedScreen';
import {
  compareWith,
  comparedSince,
  pictureOf,
  removeText,
  sharpnessOf,
  showText,
} from './support/sharpness';
import { median, rounded } from './support/statistics';

const SIZE = { width: 1920, height: 1080 };
const LINE = { delayMs: 5, lossPercent: 0, rateMbit: 0 };
const WAYS = ['bare', 'text', 'motion', 'auto'] as const;
/** Until a share has found its speed, and how long a changed picture is looked at, in ms. */
const SETTLE_MS = 8_000;
const LOOK_MS = 8_000;
/** As sharp as the eye asks for. */
const SHARP_DB = 40;

const [rounds = 1, ...named] = process.argv.slice(2).map(Number);
const rates = named.length > 0 ? named : [1, 2, 5];
if (!(rounds >= 1) || !rates.every((rate) => rate > 0))
  throw new Error('usage: npm run bench:sharpness [-- ROUNDS [MBIT…]]');

interface Seen {
  psnrDb: number;
  ssim: number;
  /** `null` where it never was. */
  sharpAfterS: number | null;
}

const dir = await mkdtemp(join(tmpdir(), 'hither-bench-'));
const figures: Record<string, unknown> = {};
try {
  const line = await ScreenOverLine.start(LINE, { dir, size: SIZE });
  try {
    // The pointer is in every picture; in the corner only its tip shows.
    await line.screen.display.run('xdotool', 'mousemove', String(SIZE.width - 1), String(SIZE.height - 1));
    for (const rate of rates) figures[`${rate}_mbit`] = await measure(line, rate);
  } finally {
    await line.stop();
  }
} finally {
  await rm(dir, { recursive: true, force: true, maxRetries: 5 });
}
console.log(JSON.stringify({ bench: 'sharpness', rounds, sharp_db: SHARP_DB, ...figures }));

async function measure(line: ScreenOverLine, rate: number): Promise<unknown> {
  await line.limit(rate);
  const seen: Record<(typeof WAYS)[number], Seen[]> = { bare: [], text: [], motion: [], auto: [] };
  for (let round = 1; round <= rounds; round++)
    for (const way of WAYS) {
      const each = await look(line, way);
      seen[way].push(each);
      const after = each.sharpAfterS === null ? 'never sharp' : `sharp after ${rounded(each.sharpAfterS)} s`;
      console.log(`${rate} Mbit/s, ${way}: ${rounded(each.psnrDb)} dB, SSIM ${each.ssim}, ${after}`);
    }
  return Object.fromEntries(WAYS.map((way) => [way, summary(seen[way])]));
}

async function look({ screen }: ScreenOverLine, way: (typeof WAYS)[number]): Promise<Seen> {
  const who: Sharer = way === 'bare' ? 'bare' : 'hither';
  const { sharer, viewer } = screen.pages(who);
  await screen.share(who, ScreenQuality.parse({ preset: way === 'bare' ? 'auto' : way }));
  await showTextOf(1);
  await sleep(SETTLE_MS);
  const picturePath = join(dir, 'wanted.png');
  // Once to see how it looks, then back, and again as the change that counts.
  await showTextOf(2);
  await pictureOf(screen.display, picturePath);
  await showTextOf(1);
  await sleep(SETTLE_MS);
  await compareWith(viewer, picturePath);
  const fromMs = Date.now();
  await showTextOf(2);
  await sleep(LOOK_MS);
  const samples = await comparedSince(viewer);
  const sharp = samples.find(({ psnrDb }) => psnrDb >= SHARP_DB);
  const settled = await sharpnessOf(viewer, { picturePath, size: SIZE, dir });
  await removeText(sharer);
  await screen.stopSharing(who);
  return { ...settled, sharpAfterS: sharp ? (sharp.atMs - fromMs) / 1000 : null };

  function showTextOf(number: number): Promise<void> {
    return showText(sharer, number);
  }
}

function summary(all: readonly Seen[]) {
  const times = all.map(({ sharpAfterS }) => sharpAfterS ?? Number.POSITIVE_INFINITY);
  const sharp_s = median(times);
  return {
    psnr_db: rounded(median(all.map(({ psnrDb }) => psnrDb))),
    ssim: Number(median(all.map(({ ssim }) => ssim)).toFixed(4)),
    sharp_s: Number.isFinite(sharp_s) ? rounded(sharp_s) : null,
  };
}
