import { describe, expect, it } from 'vitest';
import { changedShare } from '../../../../../src/renderer/core/media/quality/PictureDiff';

/** A plane of a picture, with some bytes changed by `[x, y]`. */
function plane(width: number, rows: number, changed: [number, number][] = []) {
  const bytes = new Uint8Array(Math.ceil((width * rows) / 4) * 4).fill(128);
  for (const [x, y] of changed) bytes[y * width + x] = 7;
  return { words: new Uint32Array(bytes.buffer), strideBytes: width, rows };
}

describe('the changed share of a picture', () => {
  it.each([
    [640, 320],
    // Rows that don't end with a word.
    [643, 321],
  ])('is exact to one pixel, wherever that is: %i × %i', (width, rows) => {
    const cells = Math.ceil(width / 64) * Math.ceil(rows / 16);
    expect(changedShare(plane(width, rows), plane(width, rows))).toBe(0);
    for (const at of [
      [0, 0],
      [width - 1, 0],
      [0, rows - 1],
      [width - 1, rows - 1],
      [77, 33],
    ] as const)
      expect(changedShare(plane(width, rows), plane(width, rows, [[...at]]))).toBeCloseTo(1 / cells, 9);
  });

  it('counts cells, not pixels', () => {
    const window = Array.from({ length: 64 * 16 }, (_, n): [number, number] => [n % 64, Math.floor(n / 64)]);
    expect(changedShare(plane(640, 320), plane(640, 320, window))).toBe(1 / 200);
    const all = Array.from({ length: 640 * 320 }, (_, n): [number, number] => [n % 640, Math.floor(n / 640)]);
    expect(changedShare(plane(640, 320), plane(640, 320, all))).toBe(1);
  });

  it('is all of it where the size is another one', () => {
    expect(changedShare(plane(640, 320), plane(320, 320))).toBe(1);
    expect(changedShare(plane(640, 320), plane(640, 300))).toBe(1);
  });
});
