import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalMedia } from '../../../../../src/renderer/core/media/LocalMedia';
import { ScreenQualityControl } from '../../../../../src/renderer/core/media/quality/ScreenQualityControl';
import { ScreenQuality } from '../../../../../src/shared/settings/screenQuality';
import { fakeCapture } from '../../../../support/fakeTracks';

/** A control over a screen that one session has; `see` shows it what part of the picture changes, for some seconds. */
async function controlling(chosen: Partial<ScreenQuality> = {}) {
  const media = new LocalMedia();
  const state = { quality: ScreenQuality.parse(chosen), isSlow: false, changes: 0, watched: 0, atMs: 0 };
  let look: ((changed: number) => void) | null = null;
  const control = new ScreenQualityControl({
    media,
    quality: () => state.quality,
    isSlow: () => Promise.resolve(state.isSlow),
    onChange: () => state.changes++,
    watch: (_, onChange) => {
      state.watched++;
      look = onChange;
      return () => (look = null);
    },
    monotonicMs: () => state.atMs,
  });
  const { track, captured } = fakeCapture('Screen 1');
  await media.capture('screen', () => Promise.resolve(captured));
  media.addSession('screen', 's');
  const see = async (seconds: number, changed: number) => {
    for (let n = 0; n < seconds * 5; n++) {
      state.atMs += 200;
      look?.(changed);
      await vi.advanceTimersByTimeAsync(200);
    }
  };
  const rate = () => (track.constraints.at(-1)?.frameRate as ConstrainDoubleRange | undefined)?.max;
  return { media, control, state, track, see, rate, isWatching: () => look !== null };
}

describe('ScreenQualityControl', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('sends text at first, motion for a film, and says so', async () => {
    const { media, control, state, track, see } = await controlling();
    expect(track.contentHint).toBe('text');
    await see(6, 0.9);
    expect(track.contentHint).toBe('motion');
    expect(media.encodingOf('screen').degradationPreference).toBe('maintain-framerate');
    expect(control.state.content).toBe('motion');
    expect(state.changes).toBe(1);
  });

  it('keeps to a preset that the person has chosen', async () => {
    const { track, see } = await controlling({ preset: 'text' });
    await see(10, 0.9);
    expect(track.contentHint).toBe('text');
  });

  it('changes at once what the person changes, the rate of the capture too, and nothing twice', async () => {
    const { media, control, state, track, rate } = await controlling();
    const encoded = vi.fn();
    media.events.on('encoded', encoded);
    expect(rate()).toBe(30);
    state.quality = ScreenQuality.parse({ frameRate: 12, lines: 720, preset: 'motion' });
    control.update();
    control.update();
    expect(encoded).toHaveBeenCalledTimes(1);
    expect(media.encodingOf('screen')).toMatchObject({ maxFramerate: 12 });
    expect(media.encodingOf('screen').scaleResolutionDownBy).toBeCloseTo(1000 / 720);
    expect(rate()).toBe(12);
    expect(track.constraints).toHaveLength(2);
  });

  it('captures a still screen slowly, and quickly again with the first change', async () => {
    const { control, see, rate } = await controlling();
    await see(4, 0);
    expect([control.state.isStill, rate()]).toEqual([true, 1]);
    await see(0.2, 0.0001);
    expect([control.state.isStill, rate()]).toEqual([false, 30]);
  });

  it('captures a paused screen slowly, and looks at nothing that nobody gets', async () => {
    const { media, rate, isWatching } = await controlling();
    expect(isWatching()).toBe(true);
    media.setMuted('screen', true);
    expect([isWatching(), rate()]).toEqual([false, 1]);
    media.setMuted('screen', false);
    expect([isWatching(), rate()]).toEqual([true, 30]);
    media.removeSession('screen', 's');
    expect(isWatching()).toBe(false);
  });

  it('steps down the codecs while the processor is too slow, unless the person has chosen one', async () => {
    const { media, control, state, see } = await controlling();
    state.isSlow = true;
    await see(10, 0.01);
    expect(media.encodingOf('screen').codecs?.[0]).toBe('VP8');
    expect(control.state.skippedCodecs).toBe(1);
    const other = await controlling({ codec: 'AV1' });
    other.state.isSlow = true;
    await other.see(30, 0.01);
    expect(other.control.state.skippedCodecs).toBe(0);
  });
});
