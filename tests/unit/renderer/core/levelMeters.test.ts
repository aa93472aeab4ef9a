import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Level, LevelMeters } from '../../../../src/renderer/core/media/levels/LevelMeters';
import { fakeStream } from '../../../support/fakeTracks';

/** Meters that note which are open; each reads the level that the test sets. */
function metered() {
  const open: string[] = [];
  let level: Level | null = { rms: 0.1, peak: 0.2 };
  const meters = new LevelMeters((stream) => {
    if (stream.id === 'picture') return null;
    open.push(stream.id);
    return { read: () => level, close: () => void open.splice(open.indexOf(stream.id), 1) };
  });
  const setLevel = (next: Level | null) => {
    level = next;
  };
  return { meters, open, setLevel };
}

describe('meters', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('are one for a stream, for as long as somebody looks', () => {
    const { meters, open } = metered();
    const voice = fakeStream('voice');
    const heard: [number, Level][] = [];
    const first = meters.watch(voice, (level) => heard.push([1, level]));
    const second = meters.watch(voice, (level) => heard.push([2, level]));
    expect(open).toEqual(['voice']);
    vi.advanceTimersByTime(100);
    expect(heard).toEqual([
      [1, { rms: 0.1, peak: 0.2 }],
      [2, { rms: 0.1, peak: 0.2 }],
    ]);
    first();
    expect(open).toEqual(['voice']);
    second();
    second();
    expect(open).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('say nothing while the browser lets nothing be measured, nor of a stream without sound', () => {
    const { meters, open, setLevel } = metered();
    setLevel(null);
    const listener = vi.fn();
    const stop = meters.watch(fakeStream('voice'), listener);
    const stopPicture = meters.watch(fakeStream('picture'), listener);
    vi.advanceTimersByTime(1_000);
    expect(listener).not.toHaveBeenCalled();
    stop();
    stopPicture();
    expect(open).toEqual([]);
  });
});
