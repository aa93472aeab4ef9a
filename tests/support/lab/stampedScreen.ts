import { expect, type Locator, type Page } from '@playwright/test';

/** Size of the painted screen, in pixels, and how often it changes a second. */
const SCREEN = { width: 960, height: 540, perSecond: 30 } as const;
/** The stamp: a row of squares at the top, black or white, lowest bit first: the time in ms, and the sum of its four digits. */
const STAMP = { timeBits: 16, sumBits: 4, squarePx: 48 } as const;

/** One picture that a viewer was shown: when, and how long it took there, both in ms. */
export interface SeenFrame {
  atMs: number;
  latencyMs: number;
}

/** How well a screen was to be followed for a while. */
export interface Watched {
  /** Median from the painting to the viewer's screen, and the 95th percentile, in ms. */
  latencyMs: number;
  latencyP95Ms: number;
  framesPerSecond: number;
  /** The longest time without a new picture, in ms. */
  longestGapMs: number;
}

interface StampedPage {
  seenFrames?: SeenFrame[];
}

/**
 * From now on, whoever asks this page for a screen gets a painted one: a page of text with a column that scrolls without end and
 * a box that moves, under a stamp of the time. No display and no picker is needed.
 */
export async function paintStampedScreen(page: Page): Promise<void> {
  await page.evaluate(
    ({ screen, stamp }) => {
      // No function has a name in here, because the bundler's helpers for names stay behind.
      navigator.mediaDevices.getDisplayMedia = () => {
        const canvas = document.createElement('canvas');
        Object.assign(canvas, { width: screen.width, height: screen.height });
        const pen = canvas.getContext('2d');
        if (!pen) throw new Error('no canvas to paint on');
        let step = 0;
        const top = stamp.squarePx;
        setInterval(() => {
          step += 1;
          pen.fillStyle = 'white';
          pen.fillRect(0, 0, screen.width, screen.height);
          pen.fillStyle = 'black';
          pen.font = '16px sans-serif';
          for (let line = 0; line < 26; line++) {
            const y = top + 20 + line * 20;
            pen.fillText(`${line} The quick brown fox ${(line * 104729).toString(36)} jumps over`, 10, y);
            const number = line + Math.floor((step * 2) / 20);
            const words = `${(number * 104729).toString(36)} over the lazy dog`;
            pen.fillText(`${number} ${words}`, 600, y - ((step * 2) % 20));
          }
          pen.fillStyle = 'teal';
          pen.fillRect((step * 5) % 500, 400, 120, 80);
          const time = Math.floor(performance.timeOrigin + performance.now()) & 0xffff;
          const sum = ((time >> 12) + (time >> 8) + (time >> 4) + time) & 0xf;
          const bits = time | (sum << stamp.timeBits);
          for (let bit = 0; bit < stamp.timeBits + stamp.sumBits; bit++) {
            pen.fillStyle = (bits >> bit) & 1 ? 'white' : 'black';
            pen.fillRect(bit * stamp.squarePx, 0, stamp.squarePx, stamp.squarePx);
          }
        }, 1000 / screen.perSecond);
        return Promise.resolve(canvas.captureStream(screen.perSecond));
      };
    },
    { screen: SCREEN, stamp: STAMP },
  );
}

/** From now on, every picture that a video shows is noted with the time that it took, for `framesSince`. */
export async function noteFrames(video: Locator): Promise<void> {
  await video.evaluate(
    (element: HTMLVideoElement, { screen, stamp }) => {
      const seen: SeenFrame[] = [];
      (globalThis as StampedPage).seenFrames = seen;
      const count = stamp.timeBits + stamp.sumBits;
      const pen = new OffscreenCanvas(screen.width, 1).getContext('2d', { willReadFrequently: true });
      if (!pen) throw new Error('no canvas to read from');
      void (async () => {
        let last = -1;
        for (;;) {
          await new Promise((resolve) => element.requestVideoFrameCallback(resolve));
          const atMs = performance.timeOrigin + performance.now();
          const scale = element.videoWidth / screen.width;
          const y = (stamp.squarePx / 2) * scale;
          pen.drawImage(element, 0, y, element.videoWidth, 1, 0, 0, screen.width, 1);
          const { data } = pen.getImageData(0, 0, screen.width, 1);
          let bits = 0;
          for (let bit = 0; bit < count; bit++)
            if ((data[(bit + 0.5) * stamp.squarePx * 4] ?? 0) > 127) bits |= 1 << bit;
          const time = bits & 0xffff;
          const sum = ((time >> 12) + (time >> 8) + (time >> 4) + time) & 0xf;
          if (sum !== bits >> stamp.timeBits || time === last) continue;
          last = time;
          seen.push({ atMs, latencyMs: (Math.floor(atMs) - time) & 0xffff });
        }
      })();
    },
    { screen: SCREEN, stamp: STAMP },
  );
}

/** The pictures that a page with `noteFrames` has seen since the last call. */
export function framesSince(page: Page): Promise<SeenFrame[]> {
  return page.evaluate(() => (globalThis as StampedPage).seenFrames?.splice(0) ?? []);
}

/** Without a picture for so long, in ms, a path is gone: a busy machine paints later than every 33 ms, but not by so much. */
const GONE_MS = 1_000;
/** How long pictures may stay away, in ms, before they are not waited for any more. */
const LOST_MS = 15_000;

/** How long a page with `noteFrames` saw nothing new from a moment on, in ms, once pictures come again. */
export async function gapAfter(page: Page, fromMs: number): Promise<number> {
  let lastMs = fromMs;
  let gapMs = 0;
  await expect
    .poll(
      async () => {
        for (const { atMs } of await framesSince(page)) {
          if (atMs > fromMs) gapMs = Math.max(gapMs, atMs - lastMs);
          lastMs = Math.max(lastMs, atMs);
        }
        return gapMs;
      },
      { timeout: LOST_MS },
    )
    .toBeGreaterThan(GONE_MS);
  return gapMs;
}

/** What some pictures mean for who saw them. @param fromMs the time that was watched began, since the epoch; @param toMs it ended */
export function watched(frames: readonly SeenFrame[], fromMs: number, toMs: number): Watched {
  const within = frames.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
  const times = [fromMs, ...within.map(({ atMs }) => atMs), toMs];
  const latencies = within.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  const at = (share: number): number => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  return {
    latencyMs: at(0.5),
    latencyP95Ms: at(0.95),
    framesPerSecond: (within.length * 1000) / (toMs - fromMs),
    longestGapMs: Math.max(...times.slice(1).map((time, index) => time - (times[index] ?? time))),
  };
}
