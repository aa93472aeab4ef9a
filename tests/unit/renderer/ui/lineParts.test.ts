import { describe, expect, it } from 'vitest';
import { axisEnd, linePath } from '../../../../src/renderer/ui/lineParts';

describe('the end of an axis', () => {
  it.each([
    [0, 1, 1],
    [1, 1, 1],
    [1.01, 1, 2],
    [37, 1, 50],
    [51, 1, 100],
    [100, 1, 100],
    [0.0004, 0.05, 0.05],
    [0.03, 0.01, 0.05],
    [0.2, 0.05, 0.2],
    [0.31, 0.05, 0.5],
  ])('of %d and %d at least is %d', (most, least, expected) => {
    expect(axisEnd(most, least)).toBeCloseTo(expected, 10);
  });
});

describe('the line', () => {
  const box = { width: 600, height: 80, spanMs: 60_000, end: 10 };

  it('ends at the right, and is broken where nothing was measured', () => {
    const points = [
      { atMs: 0, value: 10 },
      { atMs: 30_000, value: 5 },
      { atMs: 40_000, value: null },
      { atMs: 60_000, value: 0 },
    ];
    expect(linePath(points, box)).toBe('M0.0 0.0h0L300.0 40.0M600.0 80.0h0');
  });

  it('does not leave its height, and is nothing without points', () => {
    expect(linePath([{ atMs: 0, value: 99 }], box)).toBe('M600.0 0.0h0');
    expect(linePath([], box)).toBe('');
  });
});
