import type { Page } from '@playwright/test';
import type { SeenFrame } from '../../tests/support/lab/stampedScreen';

/**
 * A row of squares at the foot of the window, black or white, lowest bit first: the time in ms, and the sum of its four digits. It keeps to the
 * left third, as Chromium's own bar of a capture lies over the middle of a display's foot.
 */
const CODE = { timeBits: 16, sumBits: 4, squaresAcross: 60 } as const;

/** What moves above the time code: a page of text that scrolls, or a picture of which every pixel changes. */
export type Content = 'text' | 'motion';

interface PaintedPage {
  seenFrames?: SeenFrame[];
  stopCode?: () => void;
}

/** Draws the time over the page, with each frame of the display (60 a second). */
export function paintTimeCode(page: Page, content: Content): Promise<void> {
  return page.evaluate(
    ({ code, isText }) => {
      const squarePx = Math.floor(screen.width / code.squaresAcross);
      const [width, height] = [isText ? 640 : 960, isText ? 600 : 540];
      const canvas = document.createElement('canvas');
      Object.assign(canvas, { width, height: height + squarePx });
      canvas.style.cssText = 'position:fixed;left:0;bottom:0;z-index:99999;pointer-events:none';
      document.body.append(canvas);
      const pen = canvas.getContext('2d');
      const source = new OffscreenCanvas(width * 2, height * 2);
      const draw = source.getContext('2d');
      if (!pen || !draw) throw new Error('no canvas to paint on');
      draw.fillStyle = 'white';
      draw.fillRect(0, 0, source.width, source.height);
      draw.fillStyle = 'black';
      draw.font = '15px sans-serif';
      if (isText)
        for (let line = 0; line < source.height / 20; line++)
          draw.fillText(
            `${line} The quick brown fox ${(line * 104729).toString(36)} jumps over it`,
            8,
            line * 20,
          );
      else
        for (let n = 0; n < 3000; n++) {
          draw.fillStyle = `hsl(${(n * 47) % 360} 70% ${30 + (n % 5) * 10}%)`;
          draw.beginPath();
          draw.arc((n * 7919) % source.width, (n * 104729) % source.height, 12 + (n % 40), 0, 7);
          draw.fill();
        }
      let step = 0;
      (globalThis as PaintedPage).stopCode = () => {
        canvas.remove();
      };
      // No function has a name in here, because the bundler's helpers for names stay behind.
      void (async () => {
        while (canvas.isConnected) {
          step++;
          const [x, y] = isText ? [0, (step * 2) % height] : [(step * 5) % width, (step * 3) % height];
          pen.drawImage(source, x, y, width, height, 0, 0, width, height);
          const time = Math.floor(performance.timeOrigin + performance.now()) & 0xffff;
          const sum = ((time >> 12) + (time >> 8) + (time >> 4) + time) & 0xf;
          const bits = time | (sum << code.timeBits);
          for (let bit = 0; bit < code.timeBits + code.sumBits; bit++) {
            pen.fillStyle = (bits >> bit) & 1 ? 'white' : 'black';
            pen.fillRect(bit * squarePx, height, squarePx, squarePx);
          }
          await new Promise((resolve) => requestAnimationFrame(resolve));
        }
      })();
    },
    { code: CODE, isText: content === 'text' },
  );
}

export function stopTimeCode(page: Page): Promise<void> {
  return page.evaluate(() => (globalThis as PaintedPage).stopCode?.());
}

/** Where the middle of the code is on the display, in parts of its width and height, once the window's own bars have settled. */
export function placeOfCode(page: Page): Promise<{ square: number; y: number }> {
  return page.evaluate(({ squaresAcross }) => {
    const squarePx = Math.floor(screen.width / squaresAcross);
    return {
      square: squarePx / screen.width,
      y: (window.screenY + window.outerHeight - squarePx / 2) / screen.height,
    };
  }, CODE);
}

/** From now on, every picture that the page's video shows is noted with the time that it took, for `framesSince`. */
export function readTimeCode(page: Page, place: { square: number; y: number }): Promise<void> {
  return page.evaluate(
    ({ code, at }) => {
      const video = document.querySelector('video');
      const count = code.timeBits + code.sumBits;
      const pen = new OffscreenCanvas(count, 1).getContext('2d', { willReadFrequently: true });
      if (!video || !pen) throw new Error('nothing to read from');
      pen.imageSmoothingEnabled = false;
      const seen: SeenFrame[] = [];
      (globalThis as PaintedPage).seenFrames = seen;
      let last = -1;
      void (async () => {
        while (video.isConnected) {
          await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
          const atMs = performance.timeOrigin + performance.now();
          const { videoWidth, videoHeight } = video;
          pen.drawImage(video, 0, at.y * videoHeight, at.square * count * videoWidth, 1, 0, 0, count, 1);
          const { data } = pen.getImageData(0, 0, count, 1);
          let bits = 0;
          for (let bit = 0; bit < count; bit++) if ((data[bit * 4] ?? 0) > 127) bits |= 1 << bit;
          const time = bits & 0xffff;
          const sum = ((time >> 12) + (time >> 8) + (time >> 4) + time) & 0xf;
          if (sum !== bits >> code.timeBits || time === last) continue;
          last = time;
          seen.push({ atMs, latencyMs: (Math.floor(atMs) - time) & 0xffff });
        }
      })();
    },
    { code: CODE, at: place },
  );
}
