import type { en } from './en';

/** The plural forms that Korean has no use for. */
type Singular = `${string}_one`;

/**
 * What another language must bring: every key of the English catalogue, as any text. Languages without a singular
 * form leave the `_one` keys out. A missing or an extra key fails to compile.
 */
type WordsOf<T> = {
  readonly [K in keyof T as K extends Singular ? never : K]: T[K] extends string ? string : WordsOf<T[K]>;
};

/** A part of the catalogue in a language with one plural form, such as Korean. */
export type Part<K extends keyof typeof en> = WordsOf<(typeof en)[K]>;
