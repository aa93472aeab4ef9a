import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Captured, LocalMedia, muteOf } from '../../../../src/renderer/core/media/LocalMedia';
import { fakeCapture } from '../../../support/fakeTracks';

/** A screen that is captured, and what happened to it since. */
async function capturing(...sessionIds: string[]) {
  const media = new LocalMedia();
  const { track, captured } = fakeCapture('Screen 1');
  await media.capture('screen', () => Promise.resolve(captured));
  for (const sessionId of sessionIds) media.addSession('screen', sessionId);
  const ended: string[] = [];
  media.events.on('ended', (source) => ended.push(source));
  return { media, track, ended };
}

describe('a capture', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is one for any number of sessions, however many ask at once', async () => {
    const media = new LocalMedia();
    const answers: ((captured: Captured) => void)[] = [];
    const ask = () => new Promise<Captured>((resolve) => answers.push(resolve));
    const both = [media.capture('screen', ask), media.capture('screen', ask)];
    expect(answers).toHaveLength(1);
    answers[0]!(fakeCapture('Screen 1').captured);
    await Promise.all(both);
    await media.capture('screen', ask);
    expect(answers).toHaveLength(1);
    expect(media.captures.map(({ label }) => label)).toEqual(['Screen 1']);
  });

  it('can be asked for again once the person said no', async () => {
    const media = new LocalMedia();
    await expect(media.capture('screen', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await media.capture('screen', () => Promise.resolve(fakeCapture('Screen 1').captured));
    expect(media.get('screen')?.label).toBe('Screen 1');
  });

  it('is none where the source has gone before it was there', async () => {
    const media = new LocalMedia();
    const { track, captured } = fakeCapture('Screen 1');
    track.end();
    const capture = media.capture('screen', () => Promise.resolve(captured));
    await expect(capture).rejects.toMatchObject({ code: 'capture-failed' });
    expect(media.captures).toEqual([]);
  });

  it('tells the encoder what it is', async () => {
    const { track } = await capturing();
    expect(track.contentHint).toBe('detail');
  });

  it('goes on after its last session for a minute, and no longer', async () => {
    const { media, track, ended } = await capturing('a', 'b');
    media.removeSession('screen', 'a');
    vi.advanceTimersByTime(600_000);
    expect(media.get('screen')?.sessionIds).toEqual(['b']);
    media.removeSession('screen', 'b');
    vi.advanceTimersByTime(59_999);
    expect(track.readyState).toBe('live');
    vi.advanceTimersByTime(1);
    expect(track.readyState).toBe('ended');
    expect(ended).toEqual(['screen']);
    expect(media.captures).toEqual([]);
  });

  it('stays when another session comes within that minute', async () => {
    const { media, track } = await capturing('a');
    media.removeSession('screen', 'a');
    vi.advanceTimersByTime(30_000);
    media.addSession('screen', 'b');
    vi.advanceTimersByTime(600_000);
    expect(track.readyState).toBe('live');
  });

  it('is not forgotten where no session ever came', async () => {
    const { track } = await capturing();
    vi.advanceTimersByTime(60_000);
    expect(track.readyState).toBe('ended');
  });

  it('ends with its source, or when it is stopped, once', async () => {
    const gone = await capturing('a');
    gone.track.end();
    expect(gone.ended).toEqual(['screen']);
    const stopped = await capturing('a');
    stopped.media.stop('screen');
    stopped.media.stop('screen');
    vi.advanceTimersByTime(60_000);
    expect(stopped.ended).toEqual(['screen']);
    expect(stopped.track.readyState).toBe('ended');
  });

  it('is only stopped as unwatched while no session has it', async () => {
    const { media, ended } = await capturing('a');
    media.stopUnwatched('screen');
    expect(ended).toEqual([]);
    media.removeSession('screen', 'a');
    media.stopUnwatched('screen');
    expect(ended).toEqual(['screen']);
  });
});

describe('another source in place of one', () => {
  it('has its sessions and stays muted, and what was before is let go', async () => {
    const { media, track, ended } = await capturing('a', 'b');
    const replaced: string[] = [];
    media.events.on('replaced', ({ label }) => replaced.push(label));
    media.setMuted('screen', true);
    const next = fakeCapture('Window');
    await media.replace('screen', () => Promise.resolve(next.captured));
    expect(replaced).toEqual(['Window']);
    expect(media.get('screen')).toMatchObject({ label: 'Window', isMuted: true, sessionIds: ['a', 'b'] });
    expect([track.readyState, next.track.readyState, next.track.enabled]).toEqual(['ended', 'live', false]);
    track.end();
    expect(ended).toEqual([]);
    next.track.end();
    expect(ended).toEqual(['screen']);
  });

  it('leaves everything as it was where the person says no', async () => {
    const { media, track } = await capturing('a');
    await expect(media.replace('screen', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(media.get('screen')?.label).toBe('Screen 1');
    expect(track.readyState).toBe('live');
  });

  it('does not begin again what has ended meanwhile', async () => {
    const { media } = await capturing('a');
    const next = fakeCapture('Window');
    await media.replace('screen', () => {
      media.stop('screen');
      return Promise.resolve(next.captured);
    });
    expect(media.captures).toEqual([]);
    expect(next.track.readyState).toBe('ended');
  });
});

describe('muting', () => {
  it('sends nothing, keeps the capture, and is told once', async () => {
    const { media, track } = await capturing('a');
    const told: boolean[] = [];
    media.events.on('muted', ({ isMuted }) => told.push(isMuted));
    media.setMuted('screen', true);
    media.setMuted('screen', true);
    expect([track.enabled, track.readyState]).toEqual([false, 'live']);
    media.setMuted('screen', false);
    expect(track.enabled).toBe(true);
    expect(told).toEqual([true, false]);
  });
});

describe('a source that shows nothing', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** A captured window, and what is told of it. */
  async function watching() {
    const one = await capturing('a');
    const told: string[] = [];
    one.media.events.on('muted', (capture) => told.push(muteOf(capture)));
    return { ...one, told };
  }

  it('is hidden while the browser sends empty pictures of it, as of a minimised window', async () => {
    const { media, track, told } = await watching();
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual([]);
    track.sizePx = 2;
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual(['hidden']);
    expect(media.get('screen')?.isHidden).toBe(true);
    track.sizePx = 1000;
    vi.advanceTimersByTime(5_000);
    expect(told).toEqual(['hidden', 'none']);
  });

  it('is hidden at once where the browser mutes its track, and comes back likewise', async () => {
    const { track, told } = await watching();
    track.mute(true);
    expect(told).toEqual(['hidden']);
    track.mute(false);
    expect(told).toEqual(['hidden', 'none']);
  });

  it('is paused where its person has paused it, whatever it does', async () => {
    const { media, track, told } = await watching();
    media.setMuted('screen', true);
    track.mute(true);
    track.mute(false);
    expect(told).toEqual(['paused']);
    track.mute(true);
    media.setMuted('screen', false);
    expect(told).toEqual(['paused', 'hidden']);
  });

  it('is forgotten with it: what takes its place shows something, and nothing is looked at after the end', async () => {
    const { media, track, told } = await watching();
    track.mute(true);
    await media.replace('screen', () => Promise.resolve(fakeCapture('Window').captured));
    expect(told).toEqual(['hidden', 'none']);
    track.mute(false);
    track.mute(true);
    vi.advanceTimersByTime(5_000);
    expect(told).toHaveLength(2);
    media.stop('screen');
    expect(vi.getTimerCount()).toBe(0);
  });
});
