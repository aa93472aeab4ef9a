import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { command } from '../../tests/support/lab/command';
import type { Display } from '../../tests/support/lab/Display';

/** How near a picture is to what was shown: of its brightness, PSNR in dB and SSIM from 0 to 1. */
export interface Sharpness {
  psnrDb: number;
  ssim: number;
}

interface TextPage {
  sharpSamples?: { atMs: number; psnrDb: number }[];
}

/** Fills the page with small text, another one for each number. */
export function showText(page: Page, number: number): Promise<void> {
  return page.evaluate(async (seed) => {
    document.querySelector('#bench-text')?.remove();
    const canvas = document.createElement('canvas');
    canvas.id = 'bench-text';
    Object.assign(canvas, { width: innerWidth, height: innerHeight });
    canvas.style.cssText = 'position:fixed;left:0;top:0;z-index:99999;pointer-events:none';
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas to paint on');
    pen.fillStyle = 'white';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.font = '12px sans-serif';
    for (let line = 0; line < canvas.height / 16; line++)
      for (let column = 0; column < 4; column++) {
        pen.fillStyle = ['black', 'navy', 'maroon', 'dimgray'][(line + column + seed) % 4] ?? 'black';
        const word = ((line * 4 + column + 1) * 104729 * seed).toString(36);
        pen.fillText(
          `${line} ${word} The quick brown fox ${word} jumps over the lazy dog`,
          (column * canvas.width) / 4 + 6,
          line * 16 + 12,
        );
      }
    document.body.append(canvas);
    // Until it is on the display.
    for (let n = 0; n < 3; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
  }, number);
}

export function removeText(page: Page): Promise<void> {
  return page.evaluate(() => document.querySelector('#bench-text')?.remove());
}

/** What is on a display now, as a PNG file. */
export async function pictureOf(display: Display, path: string): Promise<void> {
  await display.run('import', '-window', 'root', path);
}

/**
 * Compares from now on what the viewer's page shows with a picture, some ten times a second.
 * The first video of the page counts, at the picture's own size.
 */
export async function compareWith(page: Page, picturePath: string): Promise<void> {
  const picture = (await readFile(picturePath)).toString('base64');
  await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const wanted = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = wanted;
    const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    const video = document.querySelector('video');
    if (!pen || !video) throw new Error('nothing to compare');
    pen.drawImage(wanted, 0, 0);
    const reference = pen.getImageData(0, 0, width, height).data;
    const samples: { atMs: number; psnrDb: number }[] = [];
    (globalThis as TextPage).sharpSamples = samples;
    // No function has a name in here, because the bundler's helpers for names stay behind.
    void (async () => {
      while ((globalThis as TextPage).sharpSamples === samples && video.isConnected) {
        const atMs = performance.timeOrigin + performance.now();
        pen.drawImage(video, 0, 0, width, height);
        const { data } = pen.getImageData(0, 0, width, height);
        let [sum, count] = [0, 0];
        // Every third pixel is enough to tell, and leaves the processor to what is measured. Brightness
        // as in BT.709, in the 219 steps of a video's, as ffmpeg has it.
        for (let at = 0; at < data.length; at += 12) {
          const red = (data[at] ?? 0) - (reference[at] ?? 0);
          const green = (data[at + 1] ?? 0) - (reference[at + 1] ?? 0);
          const blue = (data[at + 2] ?? 0) - (reference[at + 2] ?? 0);
          sum += (0.2126 * red + 0.7152 * green + 0.0722 * blue) ** 2;
          count++;
        }
        samples.push({
          atMs,
          psnrDb: 10 * Math.log10((255 * 255 * count) / Math.max(sum * (219 / 255) ** 2, 1e-9)),
        });
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    })();
  }, picture);
}

/** What was compared since `compareWith`, which this ends. */
export function comparedSince(page: Page): Promise<{ atMs: number; psnrDb: number }[]> {
  return page.evaluate(() => {
    const { sharpSamples } = globalThis as TextPage;
    delete (globalThis as TextPage).sharpSamples;
    return sharpSamples ?? [];
  });
}

export interface SharpnessOptions {
  /** What was shown, as a PNG file, and its size in pixels. */
  picturePath: string;
  size: { width: number; height: number };
  /** Where the viewer's picture is put. */
  dir: string;
}

/** Compares what the viewer's page shows now with a picture, by ffmpeg. */
export async function sharpnessOf(
  page: Page,
  { picturePath, size: { width, height }, dir }: SharpnessOptions,
): Promise<Sharpness> {
  const shown = await page.evaluate(async () => {
    const video = document.querySelector('video');
    if (!video) throw new Error('nothing is shown');
    const canvas = new OffscreenCanvas(video.videoWidth, video.videoHeight);
    canvas.getContext('2d')?.drawImage(video, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  });
  const path = join(dir, 'shown.png');
  await writeFile(path, Buffer.from(shown, 'base64'));
  const [psnr, ssim] = [await compared('psnr'), await compared('ssim')];
  const psnrDb = Number(/ y:([\d.]+|inf)/.exec(psnr)?.[1]?.replace('inf', 'Infinity'));
  return { psnrDb, ssim: Number(/ Y:([\d.]+)/.exec(ssim)?.[1]) };

  async function compared(filter: 'psnr' | 'ssim'): Promise<string> {
    // A viewer's picture of fewer pixels is compared as it is shown, at the size of what was shared.
    const graph = `[1]scale=${width}:${height},format=yuv444p[seen];[0]format=yuv444p[shown];[seen][shown]${filter}`;
    return command(
      'sh',
      '-c',
      `ffmpeg -hide_banner -i '${picturePath}' -i '${path}' -lavfi '${graph}' -f null - 2>&1`,
    );
  }
}
