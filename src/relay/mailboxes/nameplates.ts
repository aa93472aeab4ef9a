import { randomInt } from 'node:crypto';

/** Digits of the shortest and of the longest nameplates. */
const SHORTEST = 2;
const LONGEST = 7;
/** Tries with one count of digits: when so many in a row are in use, most of them are. */
const TRIES = 8;

/**
 * Nameplates to try, at random: short ones first, and longer ones once the short ones are mostly in use. Which one
 * somebody gets says nothing about how many others there are, and can't be waited for.
 */
export function* candidateNameplates(): Generator<string> {
  for (let digits = SHORTEST; digits <= LONGEST; digits++)
    for (let tries = 0; tries < TRIES; tries++) yield String(randomInt(10 ** (digits - 1), 10 ** digits));
}
