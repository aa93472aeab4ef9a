/** A picture is compared by cells of this many bytes of a row and this many rows. */
const CELL_BYTES = 64;
const CELL_ROWS = 16;

/** The part of a picture that is compared: its first plane, which is the brightness where it has one. */
export interface PicturePlane {
  /** Begins at the plane; its length is a multiple of four. */
  words: Uint32Array;
  /** Bytes from a row to the next, and of one row that hold pixels. */
  strideBytes: number;
  rows: number;
}

/**
 * What part of a picture differs from another one of the same size, by cells, from 0 to 1. Exact: one pixel is enough for a cell, so
 * nothing that somebody types is missed.
 */
export function changedShare(before: PicturePlane, now: PicturePlane): number {
  const { strideBytes, rows } = now;
  if (before.strideBytes !== strideBytes || before.rows !== rows) return 1;
  const across = Math.ceil(strideBytes / CELL_BYTES);
  const cells = new Uint8Array(across * Math.ceil(rows / CELL_ROWS));
  const [a, b] = [before.words, now.words];
  const count = Math.min(a.length, b.length, Math.ceil((strideBytes * rows) / 4));
  for (let index = 0; index < count; index++) {
    if (a[index] === b[index]) continue;
    const row = Math.floor((index * 4) / strideBytes);
    const column = Math.floor((index * 4 - row * strideBytes) / CELL_BYTES);
    cells[Math.floor(row / CELL_ROWS) * across + column] = 1;
    // The rest of this row's cell can say nothing new.
    index = Math.max(index, Math.floor((row * strideBytes + (column + 1) * CELL_BYTES) / 4) - 1);
  }
  return cells.reduce((sum, each) => sum + each, 0) / Math.max(1, cells.length);
}
