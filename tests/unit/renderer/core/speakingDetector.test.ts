import { describe, expect, it } from 'vitest';
import { SpeakingDetector } from '../../../../src/renderer/core/media/levels/SpeakingDetector';

const LOUD = { rms: 0.05 };
const QUIET = { rms: 0.0005 };
/** Between the two thresholds: the end of a word. */
const BETWEEN = { rms: 0.0045 };

/** Hears levels ten times a second; returns when speaking began and ended, in ms. */
function heard(...levels: (typeof LOUD)[]): [number, boolean][] {
  const detector = new SpeakingDetector();
  let before = false;
  return levels.flatMap((level, index): [number, boolean][] => {
    const now = detector.update(level, index * 100);
    if (now === before) return [];
    before = now;
    return [[index * 100, now]];
  });
}

const times = <T>(count: number, what: T): T[] => Array.from({ length: count }, () => what);

describe('whether somebody speaks', () => {
  it('begins with a voice, and not with a click', () => {
    expect(heard(QUIET, LOUD, LOUD, QUIET, QUIET)).toEqual([]);
    expect(heard(QUIET, LOUD, LOUD, LOUD)).toEqual([[300, true]]);
  });

  it('outlasts a breath, and ends some time after the last word', () => {
    expect(heard(...times(3, LOUD), ...times(6, QUIET), LOUD, ...times(6, QUIET))).toEqual([[200, true]]);
    expect(heard(...times(3, LOUD), ...times(9, QUIET))).toEqual([
      [200, true],
      [1000, false],
    ]);
  });

  it('goes on between the two thresholds, and does not begin there', () => {
    expect(heard(...times(3, LOUD), ...times(20, BETWEEN))).toEqual([[200, true]]);
    expect(heard(...times(20, BETWEEN))).toEqual([]);
  });
});
