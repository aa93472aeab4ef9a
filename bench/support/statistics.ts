/** The middle one of some values, the larger of two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A value with two decimals. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The value below which a share of all lies. @param share 0 to 1, such as 0.95 for the 95th percentile */
export function atShare(values: readonly number[], share: number): number {
  const last = values.length - 1;
  return [...values].sort((a, b) => a - b)[Math.min(last, Math.floor(values.length * share))] ?? Number.NaN;
}
