import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { root } from './AppProcess';

/** Sizes that Linux desktops look for, in pixels. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];
/** Sizes that Windows shows, from the title bar to the largest tile. */
const WINDOWS_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Types of Apple's icon file, with the pixels of each; 11 to 14 are for screens of double density. */
const APPLE_TYPES = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };
/** On macOS an icon's tile fills so much of its square, by Apple's template. */
const APPLE_TILE = 824 / 1024;

type Render = (sizePx: number, tile?: number) => Promise<Buffer>;

/** Every raster icon by its path below `build/`, drawn from `build/icon.svg` in a browser. */
export async function iconFiles(browser: Browser): Promise<Map<string, Buffer>> {
  const svg = await readFile(join(root, 'build/icon.svg'), 'utf8');
  const page = await browser.newPage();
  const render: Render = async (sizePx, tile = 1) => {
    const marginPx = ((1 - tile) / 2) * sizePx;
    await page.setViewportSize({ width: sizePx, height: sizePx });
    await page.setContent(
      `<style>body { margin: ${marginPx}px } svg { display: block; width: ${tile * sizePx}px }</style>${svg}`,
    );
    return page.screenshot({ omitBackground: true, clip: { x: 0, y: 0, width: sizePx, height: sizePx } });
  };
  const files = new Map<string, Buffer>();
  for (const size of LINUX_SIZES) files.set(`icons/${size}x${size}.png`, await render(size));
  files.set('icon.png', await render(1024));
  files.set('icon.ico', await windowsIcon(render));
  files.set('icon.icns', await appleIcon(render));
  await page.close();
  return files;
}

/** A folder of PNGs: six bytes, sixteen for each picture, the pictures. */
async function windowsIcon(render: Render): Promise<Buffer> {
  const pictures: Buffer[] = [];
  for (const size of WINDOWS_SIZES) pictures.push(await render(size));
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, picture] of pictures.entries()) {
    const at = 6 + 16 * index;
    // 256 does not fit into a byte and is written as 0.
    const side = (WINDOWS_SIZES[index] ?? 0) % 256;
    head.writeUInt8(side, at);
    head.writeUInt8(side, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(picture.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += picture.length;
  }
  return Buffer.concat([head, ...pictures]);
}

/** `icns`, the length of all of it, and then each picture with its type and its length. */
async function appleIcon(render: Render): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (const [type, size] of Object.entries(APPLE_TYPES)) {
    const picture = await render(size, APPLE_TILE);
    parts.push(appleHead(type, picture.length), picture);
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([appleHead('icns', body.length), body]);
}

function appleHead(type: string, contentBytes: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(8 + contentBytes, 4);
  return head;
}
