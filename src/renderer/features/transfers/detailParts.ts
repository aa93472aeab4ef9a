import type { TFunction } from 'i18next';
import type { LeftOut, Renamed } from '../../../shared/contract/transfers';

/** A sentence of what did not go by the plan, with what it is about. */
export interface DetailPart {
  words: string;
  names: readonly string[];
  /** Names that the list leaves out. */
  moreCount: number;
}

/** What is left out, a part for each reason. */
export function leftOutParts(t: TFunction, leftOut: readonly LeftOut[]): DetailPart[] {
  return leftOut.map(({ reason, count, names }) => ({
    words: t(`transfers.detail.leftOut.${reason}`, { count }),
    names,
    moreCount: count - names.length,
  }));
}

/** What is called otherwise on this disk. @param words that, for the count of it */
export function renamedParts(words: string, { count, examples }: Renamed): DetailPart[] {
  if (count === 0) return [];
  const names = examples.map(({ from, to }) => `${from} → ${to}`);
  return [{ words, names, moreCount: count - names.length }];
}
