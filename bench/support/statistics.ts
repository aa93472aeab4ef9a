/** The middle one of some values, the larger of two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A value with two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
