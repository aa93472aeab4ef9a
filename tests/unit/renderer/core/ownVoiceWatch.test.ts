import { describe, expect, it } from 'vitest';
import { OwnVoiceWatch } from '../../../../src/renderer/core/media/levels/OwnVoiceWatch';

const VOICE = { rms: 0.05, peak: 0.3 };
const ROOM = { rms: 0.0004, peak: 0.001 };
const NOTHING = { rms: 0, peak: 0 };

/** A watch with a clock that the test moves: hears a level for so long, and says what it had to tell at the end. */
function watching() {
  const watch = new OwnVoiceWatch();
  let nowMs = 0;
  return (level: typeof VOICE, isMuted: boolean, forMs: number) => {
    let hint = watch.update(level, isMuted, nowMs);
    for (const endMs = nowMs + forMs; nowMs < endMs;) {
      nowMs += 100;
      hint = watch.update(level, isMuted, nowMs);
    }
    return hint;
  };
}

describe('one’s own microphone', () => {
  it('seems silent once it has given nothing at all for eight seconds', () => {
    const hears = watching();
    expect(hears(NOTHING, false, 7_900)).toBe('none');
    expect(hears(NOTHING, false, 100)).toBe('silent');
    expect(hears(ROOM, false, 100)).toBe('none');
  });

  it('is not silent in a quiet room, nor when it is muted', () => {
    expect(watching()(ROOM, false, 60_000)).toBe('none');
    expect(watching()(NOTHING, true, 60_000)).toBe('none');
  });

  it('counts anew after a mute', () => {
    const hears = watching();
    hears(NOTHING, false, 7_000);
    hears(NOTHING, true, 5_000);
    expect(hears(NOTHING, false, 7_000)).toBe('none');
  });

  it('is spoken into while muted: told after a second of it, until some seconds after the last word', () => {
    const hears = watching();
    expect(hears(ROOM, true, 1_000)).toBe('none');
    expect(hears(VOICE, true, 1_000)).toBe('none');
    expect(hears(VOICE, true, 300)).toBe('muted-speaking');
    expect(hears(ROOM, true, 3_000)).toBe('muted-speaking');
    expect(hears(ROOM, true, 2_000)).toBe('none');
  });

  it('says nothing of a word to somebody beside, nor once it is unmuted', () => {
    const hears = watching();
    expect(hears(VOICE, true, 600)).toBe('none');
    expect(hears(ROOM, true, 2_000)).toBe('none');
    hears(VOICE, true, 2_000);
    expect(hears(VOICE, false, 100)).toBe('none');
    // The sentence that a mute cuts off is not spoken into a muted microphone for a second.
    expect(hears(VOICE, true, 900)).toBe('none');
  });
});
