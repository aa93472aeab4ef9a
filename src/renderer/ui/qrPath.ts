/** Light modules around the pattern, without which cameras do not find it (ISO/IEC 18004). */
export const QUIET_MODULES = 4;

/** The dark modules of a pattern as the path of a picture, one rectangle a run. */
export function pathOf({ size, data }: { size: number; data: ArrayLike<number> }): string {
  const runs: string[] = [];
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const from = column;
      while (column < size && data[row * size + column]) column++;
      if (column > from)
        runs.push(`M${from + QUIET_MODULES} ${row + QUIET_MODULES}h${column - from}v1h${from - column}z`);
    }
  return runs.join('');
}
