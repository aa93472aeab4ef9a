import { describe, expect, it } from 'vitest';
import { SilenceWatch } from '../../../../src/renderer/core/media/levels/SilenceWatch';

const SOUND = { peak: 0.2 };
/** What a codec makes of silence. */
const NEARLY_NOTHING = { peak: 0.0002 };

/** Hears levels a second apart; returns whether each of them is silence. */
function heard(...levels: (typeof SOUND)[]): boolean[] {
  const watch = new SilenceWatch();
  return levels.map((level, index) => watch.update(level, index * 1_000));
}

describe('silence of a shared sound', () => {
  it('begins five seconds after the last sound, and ends with the next one', () => {
    const pause = Array.from({ length: 7 }, () => NEARLY_NOTHING);
    expect(heard(SOUND, ...pause, SOUND)).toEqual([
      ...[false, false, false, false, false, false],
      ...[true, true, false],
    ]);
  });

  it('is none in a pause between two songs', () => {
    const pause = Array.from({ length: 4 }, () => NEARLY_NOTHING);
    expect(heard(SOUND, ...pause, SOUND, ...pause)).not.toContain(true);
  });
});
