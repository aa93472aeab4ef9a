import { writeFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { type Display, SCREEN } from './Display';

/** The pattern is a tile of 4 × 3 blocks, one bit each; it fills the screen from its top left corner. */
const COLUMNS = 4;
const ROWS = 3;
const BLOCK_PX = 100;
const BITS = COLUMNS * ROWS;
/** How far a colour may be off after encoding, in steps of 255 a channel, mean over a block's middle. */
const TOLERANCE = 48;

/** What is shared of a display: so many pixels from left to right, and where in them the pattern begins. */
export interface ShownArea {
  width: number;
  stripLeft: number;
}

/** The part of the screen that the tile fills, and how it looks when nothing else is shared. */
export const TILE = {
  region: { x: SCREEN.stripLeft, y: 0, width: COLUMNS * BLOCK_PX, height: ROWS * BLOCK_PX },
  shown: { width: COLUMNS * BLOCK_PX, stripLeft: 0 },
} as const;

type Colour = readonly [red: number, green: number, blue: number];

/** What the screen shows: set blocks in one colour, the others in another. */
export interface Picture {
  /** 12 bits, one a block, row by row. */
  number: number;
  set: Colour;
  clear: Colour;
}

const COLOURS: readonly [Colour, Colour][] = [
  [
    [230, 30, 30],
    [20, 20, 120],
  ],
  [
    [30, 200, 60],
    [90, 10, 90],
  ],
  [
    [250, 220, 20],
    [10, 80, 90],
  ],
  [
    [245, 245, 245],
    [15, 15, 15],
  ],
];

/** The pictures of a run: numbers spread over all blocks, so that each picture moves most of them; colours change too. */
export function pictureAt(step: number): Picture {
  const [set, clear] = COLOURS[step % COLOURS.length] ?? COLOURS[0]!;
  // An odd multiplier visits every number before it repeats; all blocks equal would look like any plain screen.
  return { number: (step * 1_669 + 0x5a5) % 2 ** BITS, set, clear };
}

/** Shows a picture on the bare part of a display. */
export async function showPicture(display: Display, picture: Picture, scratchFile: string): Promise<void> {
  await writeFile(scratchFile, bitmapOf(picture.number));
  const { set, clear } = picture;
  await display.run('xsetroot', '-bitmap', scratchFile, '-fg', hex(set), '-bg', hex(clear));
}

/**
 * Reads back what a playing video shows where the sharer's bare screen is.
 * @returns the mean colour of each block's middle, or `null` while the video has no frame
 */
async function readBlocks(video: Locator, shown: ShownArea): Promise<Colour[] | null> {
  return video.evaluate(
    (element: HTMLVideoElement, { screen, columns, rows, blockPx }) => {
      if (element.readyState < element.HAVE_CURRENT_DATA || element.videoWidth === 0) return null;
      const canvas = new OffscreenCanvas(element.videoWidth, element.videoHeight);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      if (!context) throw new Error('no 2d context');
      context.drawImage(element, 0, 0);
      const scale = element.videoWidth / screen.width;
      const means: [number, number, number][] = [];
      for (let block = 0; block < columns * rows; block++) {
        const left = screen.stripLeft + (block % columns) * blockPx + blockPx / 4;
        const top = Math.floor(block / columns) * blockPx + blockPx / 4;
        const size = Math.max(1, Math.floor((blockPx / 2) * scale));
        const { data } = context.getImageData(Math.floor(left * scale), Math.floor(top * scale), size, size);
        const sums: [number, number, number] = [0, 0, 0];
        for (let i = 0; i < data.length; i += 4) {
          sums[0] += data[i] ?? 0;
          sums[1] += data[i + 1] ?? 0;
          sums[2] += data[i + 2] ?? 0;
        }
        const pixels = data.length / 4;
        means.push([sums[0] / pixels, sums[1] / pixels, sums[2] / pixels]);
      }
      return means;
    },
    { screen: shown, columns: COLUMNS, rows: ROWS, blockPx: BLOCK_PX },
  );
}

/** Whether a playing video shows the picture now: every block in its colour, within the tolerance. */
export async function isShowing(
  video: Locator,
  picture: Picture,
  shown: ShownArea = SCREEN,
): Promise<boolean> {
  const blocks = await readBlocks(video, shown);
  if (!blocks) return false;
  return blocks.every((mean, index) => {
    const wanted = (picture.number >> index) & 1 ? picture.set : picture.clear;
    return mean.every((value, channel) => Math.abs(value - wanted[channel]!) <= TOLERANCE);
  });
}

/** An X bitmap of the tile; X reads bits from the lowest up, left to right. */
function bitmapOf(number: number): string {
  const width = COLUMNS * BLOCK_PX;
  const height = ROWS * BLOCK_PX;
  const bytes: string[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += 8) {
      let byte = 0;
      for (let bit = 0; bit < 8; bit++) {
        const block = Math.floor(y / BLOCK_PX) * COLUMNS + Math.floor((x + bit) / BLOCK_PX);
        if ((number >> block) & 1) byte |= 1 << bit;
      }
      bytes.push(`0x${byte.toString(16)}`);
    }
  }
  return `#define tile_width ${width}\n#define tile_height ${height}\nstatic char tile_bits[] = {\n${bytes.join(',\n')}};\n`;
}

function hex(colour: Colour): string {
  return `#${colour.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
