/** One measured value; `null` where nothing was measured, which leaves a gap. */
export interface LinePoint {
  atMs: number;
  value: number | null;
}

/** Steps that people read at a glance, of one power of ten. */
const STEPS = [1, 2, 5, 10];

/** The end of an axis that begins at 0 and holds a value: 1, 2 or 5 times a power of ten, and `least` at least. */
export function axisEnd(most: number, least: number): number {
  const top = Math.max(most, least);
  const power = 10 ** Math.floor(Math.log10(top));
  // Powers of ten below one are no whole numbers to a computer, and neither are their multiples.
  const step = STEPS.find((each) => each * power >= top * (1 - 1e-9)) ?? 10;
  return step * power;
}

/**
 * The path of an SVG that draws points from the right edge to the left; gaps stay gaps, and a point alone is a dot.
 * @param spanMs what the width stands for
 * @param end what the height stands for
 */
export function linePath(
  points: readonly LinePoint[],
  { width, height, spanMs, end }: { width: number; height: number; spanMs: number; end: number },
): string {
  const nowMs = points.at(-1)?.atMs ?? 0;
  let isDrawing = false;
  const parts: string[] = [];
  for (const { atMs, value } of points) {
    if (value === null) {
      isDrawing = false;
      continue;
    }
    const x = (width * (1 - (nowMs - atMs) / spanMs)).toFixed(1);
    const y = (height * (1 - Math.min(1, value / end))).toFixed(1);
    parts.push(isDrawing ? `L${x} ${y}` : `M${x} ${y}h0`);
    isDrawing = true;
  }
  return parts.join('');
}
