import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deviceTiles } from '../../../../src/renderer/ui/device/deviceTiles';

const ids = Array.from({ length: 2000 }, (_, n) =>
  createHash('sha256').update(String(n)).digest('hex').slice(0, 32),
);

/** Relative luminance (WCAG 2) of `oklch(L C h)`, by the matrices of CSS Color 4. */
function luminance(color: string): number {
  const [l = 0, c = 0, h = 0] = (color.match(/[\d.]+/g) ?? []).map(Number);
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const long = (l + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (l - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (l - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const red = clamp(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  const green = clamp(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  const blue = clamp(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: number, b: number): number {
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

describe('deviceTiles', () => {
  it('draws the same picture for the same id, and different ones for different ids', () => {
    const drawn = new Set(ids.map((id) => JSON.stringify(deviceTiles(id))));
    // 26 bits: among 2,000 pictures one pair in thirty draws is alike.
    expect(drawn.size).toBeGreaterThanOrEqual(ids.length - 1);
    for (const id of ids.slice(0, 20)) expect(deviceTiles(id)).toEqual(deviceTiles(id));
  });

  it('has ink that stands out from its ground, and a ground that stands out from both schemes', () => {
    const [white, night] = [1, 0.0136];
    for (const id of ids.slice(0, 300)) {
      const { ground, ink } = deviceTiles(id);
      expect(contrast(luminance(ground), luminance(ink))).toBeGreaterThanOrEqual(4);
      expect(contrast(luminance(ground), white)).toBeGreaterThanOrEqual(3);
      expect(contrast(luminance(ground), night)).toBeGreaterThanOrEqual(3);
    }
  });
});
