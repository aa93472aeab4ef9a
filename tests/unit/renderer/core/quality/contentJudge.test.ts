import { describe, expect, it } from 'vitest';
import { ContentJudge } from '../../../../../src/renderer/core/media/quality/ContentJudge';

/** Looks a second, as they are taken of a screen. */
const PER_SECOND = 5;

/** A judge, and what it is shown for some seconds: the changed share at each look. */
function judging() {
  const judge = new ContentJudge();
  let atMs = 0;
  let flips = 0;
  /** @returns the seconds after which it changed its mind, or `null` */
  const show = (seconds: number, changedAt: (look: number) => number): number | null => {
    let changed: number | null = null;
    for (let look = 0; look < seconds * PER_SECOND; look++) {
      atMs += 1000 / PER_SECOND;
      if (!judge.look({ atMs, changed: changedAt(look) })) continue;
      flips++;
      changed ??= (look + 1) / PER_SECOND;
    }
    return changed;
  };
  return { judge, show, flips: () => flips };
}

const typing = (look: number) => (look % 2 === 0 ? 0.002 : 0);
/** Two seconds of scrolling, and one and a half to read. */
const scrolling = (look: number) => (look % 18 < 10 ? 0.6 : 0);
const filmInWindow = (look: number) => 0.18 + 0.03 * Math.sin(look);
const filmFullScreen = (look: number) => (look % 16 === 15 ? 0.04 : 0.9);
const thumbnail = () => 0.05;

describe('ContentJudge', () => {
  it.each([
    ['typing', typing],
    ['scrolling', scrolling],
    ['a film as small as a thumbnail', thumbnail],
    ['slides', (look: number) => (look % 25 === 0 ? 1 : 0)],
    ['nothing', () => 0],
  ])('takes %s for text, however long', (_, changedAt) => {
    const { judge, show } = judging();
    expect(show(120, changedAt)).toBeNull();
    expect(judge.content).toBe('text');
  });

  it.each([
    ['in a window', filmInWindow],
    ['on the full screen, with still scenes', filmFullScreen],
  ])('takes a film %s for motion within five seconds, and stays with it', (_, changedAt) => {
    const { judge, show, flips } = judging();
    show(10, typing);
    expect(show(60, changedAt)).toBeLessThanOrEqual(5);
    expect(judge.content).toBe('motion');
    expect(flips()).toBe(1);
  });

  it('reads again within three seconds after a film was paused, and stays with that', () => {
    const { judge, show, flips } = judging();
    show(10, filmFullScreen);
    expect(show(30, typing)).toBeLessThanOrEqual(3);
    expect(judge.content).toBe('text');
    expect(flips()).toBe(2);
  });

  it('does not flip with a film that stutters', () => {
    const { show, flips } = judging();
    show(60, (look) => (look % 10 < 6 ? 0.9 : 0));
    expect(flips()).toBeLessThanOrEqual(1);
  });

  it('knows nothing of another source', () => {
    const { judge, show } = judging();
    show(10, filmFullScreen);
    judge.reset();
    expect(judge.content).toBe('text');
    expect(show(3, filmFullScreen)).toBeNull();
  });
});
