/** A part of a captured picture, in its pixels. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

/** The smallest region, in pixels each way: less than a letter is a slip of the hand, and encoders want some pixels. */
const MIN_REGION_PX = 32;

/**
 * The region that is cut out of a picture of this size: within it, and on even pixels, as two of them share their colour in
 * what a capture gives. `null` where too little of the region lies within the picture: the display is smaller than it was,
 * and nothing is shown rather than what nobody chose.
 */
export function regionWithin(region: Region, picture: Size): Region | null {
  const left = even(Math.max(0, region.x));
  const top = even(Math.max(0, region.y));
  const width = even(Math.min(region.x + region.width, picture.width) - left);
  const height = even(Math.min(region.y + region.height, picture.height) - top);
  return width < MIN_REGION_PX || height < MIN_REGION_PX ? null : { x: left, y: top, width, height };
}

/** The region between two corners, in any order, moved into a picture and to even pixels; at least the smallest. */
export function regionBetween(
  a: { x: number; y: number },
  b: { x: number; y: number },
  picture: Size,
): Region {
  return fitted(
    {
      x: Math.min(a.x, b.x),
      y: Math.min(a.y, b.y),
      width: Math.abs(a.x - b.x),
      height: Math.abs(a.y - b.y),
    },
    picture,
  );
}

/** The region with one side typed: what was typed stays as far as the picture has room, and the other gives way. */
export function withSide(region: Region, side: keyof Region, value: number, picture: Size): Region {
  const next = { ...region, [side]: value };
  if (side === 'x' || side === 'y') {
    const length = side === 'x' ? 'width' : 'height';
    next[side] = clamp(value, 0, picture[length] - MIN_REGION_PX);
    next[length] = Math.min(region[length], picture[length] - next[side]);
  }
  return fitted(next, picture);
}

/** As large as asked for where the picture has room, and moved so that all of it lies within. */
function fitted(region: Region, picture: Size): Region {
  const width = even(clamp(region.width, MIN_REGION_PX, picture.width));
  const height = even(clamp(region.height, MIN_REGION_PX, picture.height));
  return {
    x: even(clamp(region.x, 0, picture.width - width)),
    y: even(clamp(region.y, 0, picture.height - height)),
    width,
    height,
  };
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(most, value));
}

function even(value: number): number {
  return 2 * Math.floor(value / 2);
}
