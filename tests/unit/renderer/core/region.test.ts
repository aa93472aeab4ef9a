import { describe, expect, it } from 'vitest';
import { regionBetween, regionWithin, withSide } from '../../../../src/renderer/core/media/region/Region';

const FULL_HD = { width: 1920, height: 1080 };

describe('a region that is cut out of a picture', () => {
  it.each([
    [
      'lies on even pixels, which share their colours',
      { x: 101, y: 61, width: 201, height: 121 },
      { x: 100, y: 60, width: 202, height: 122 },
    ],
    [
      'ends where the picture does',
      { x: 1800, y: 1000, width: 400, height: 400 },
      { x: 1800, y: 1000, width: 120, height: 80 },
    ],
    [
      'begins where the picture does',
      { x: -50, y: -50, width: 100, height: 100 },
      { x: 0, y: 0, width: 50, height: 50 },
    ],
  ])('%s', (_title, region, cut) => {
    expect(regionWithin(region, FULL_HD)).toEqual(cut);
  });

  it('is none once the display is so small that hardly any of it is left', () => {
    expect(
      regionWithin({ x: 1000, y: 500, width: 400, height: 400 }, { width: 1024, height: 768 }),
    ).toBeNull();
    expect(
      regionWithin({ x: 1280, y: 500, width: 400, height: 100 }, { width: 1024, height: 768 }),
    ).toBeNull();
  });
});

describe('a region that is chosen', () => {
  it('lies between two corners, whichever came first', () => {
    const region = { x: 100, y: 50, width: 200, height: 100 };
    expect(regionBetween({ x: 100, y: 50 }, { x: 300, y: 150 }, FULL_HD)).toEqual(region);
    expect(regionBetween({ x: 300, y: 150 }, { x: 100, y: 50 }, FULL_HD)).toEqual(region);
  });

  it('has a least size, and stays in the picture with it', () => {
    expect(regionBetween({ x: 1919, y: 1079 }, { x: 1918, y: 1078 }, FULL_HD)).toEqual({
      x: 1888,
      y: 1048,
      width: 32,
      height: 32,
    });
  });

  it('keeps the side that was typed, and the other one gives way', () => {
    const all = { x: 0, y: 0, ...FULL_HD };
    expect(withSide(all, 'x', 100, FULL_HD)).toEqual({ x: 100, y: 0, width: 1820, height: 1080 });
    expect(withSide(all, 'y', 5_000, FULL_HD)).toEqual({ x: 0, y: 1048, width: 1920, height: 32 });
    const small = { x: 100, y: 100, width: 200, height: 200 };
    expect(withSide(small, 'width', 400, FULL_HD)).toEqual({ ...small, width: 400 });
    expect(withSide(small, 'height', 3_000, FULL_HD)).toEqual({ ...small, y: 0, height: 1080 });
  });
});
