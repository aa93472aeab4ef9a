import { describe, expect, it } from 'vitest';
import { recordingSize } from '../../../../../src/renderer/core/media/recording/recordingSize';
import { recordingFormat } from '../../../../../src/renderer/core/media/recording/recordingFormat';
import { type SceneTracks, sceneOf } from '../../../../../src/renderer/core/media/recording/scene';
import type { TrackMute, TrackSource } from '../../../../../src/shared/protocol/tracks';

type LiveTrack = NonNullable<ReturnType<SceneTracks['local']>>;
type Tracks = Partial<Record<TrackSource, LiveTrack>>;

const track = (name: string, mute: TrackMute = 'none'): LiveTrack => ({
  track: { id: name } as MediaStreamTrack,
  mute,
});
const session = (local: Tracks, remote: Tracks): SceneTracks => ({
  local: (source) => local[source] ?? null,
  remote: (source) => remote[source] ?? null,
});
const shown = (...sessions: SceneTracks[]) => {
  const { picture, sounds } = sceneOf(sessions);
  const name = picture === null || picture === 'hold' ? picture : picture.id;
  return { picture: name, sounds: sounds.map(({ id }) => id) };
};

describe('sceneOf', () => {
  it('shows what the stage shows', () => {
    const all = { screen: track('screen'), camera: track('camera') };
    const theirs = { screen: track('their screen'), camera: track('their camera') };
    expect(shown(session(all, theirs)).picture).toBe('their screen');
    expect(shown(session(all, { camera: theirs.camera })).picture).toBe('screen');
    expect(shown(session({ camera: all.camera }, { camera: theirs.camera })).picture).toBe('their camera');
    expect(shown(session({ camera: all.camera }, {})).picture).toBe('camera');
    expect(shown(session({}, {})).picture).toBeNull();
    // In a room of several, a screen comes before every camera.
    expect(shown(session({}, { camera: theirs.camera }), session({}, theirs)).picture).toBe('their screen');
  });

  it('keeps the last picture of a screen that is paused, and shows no camera that is', () => {
    expect(shown(session({}, { screen: track('a', 'paused') })).picture).toBe('hold');
    expect(shown(session({ screen: track('a', 'hidden') }, {})).picture).toBe('hold');
    expect(shown(session({}, { camera: track('a', 'paused') })).picture).toBeNull();
  });

  it('has every sound once, and none that is muted', () => {
    const own = { microphone: track('me'), 'screen-audio': track('my music') };
    const theirs = { microphone: track('them'), 'screen-audio': track('their music') };
    expect(shown(session(own, theirs)).sounds).toEqual(['them', 'me', 'their music', 'my music']);
    const muted = { microphone: track('me', 'paused') };
    expect(shown(session(muted, { microphone: track('them', 'paused') })).sounds).toEqual([]);
    // One microphone for all of a room.
    const microphone = track('me');
    expect(shown(session({ microphone }, {}), session({ microphone }, {})).sounds).toEqual(['me']);
  });
});

describe('recordingSize', () => {
  it('is that of the first picture, within bounds and even', () => {
    expect(recordingSize({ width: 1600, height: 901 })).toEqual({ width: 1600, height: 902 });
    expect(recordingSize({ width: 3840, height: 2160 })).toEqual({ width: 1920, height: 1080 });
    expect(recordingSize({ width: 3440, height: 1440 })).toEqual({ width: 1920, height: 804 });
    expect(recordingSize({ width: 1080, height: 1920 })).toEqual({ width: 608, height: 1080 });
    // One that is small may be sent larger later.
    expect(recordingSize({ width: 320, height: 180 })).toEqual({ width: 1280, height: 720 });
    for (const unknown of [null, {}, { width: 0, height: 0 }])
      expect(recordingSize(unknown)).toEqual({ width: 1280, height: 720 });
  });
});

describe('recordingFormat', () => {
  it('is WebM where a browser has it, as that plays up to where it was cut', () => {
    expect(recordingFormat(() => true)?.mimeType).toBe('video/webm;codecs=vp9,opus');
    expect(recordingFormat((type) => !type.includes('vp9'))?.mimeType).toBe('video/webm;codecs=vp8,opus');
    expect(recordingFormat((type) => type === 'video/mp4')).toEqual({ mimeType: 'video/mp4', ending: 'mp4' });
    expect(recordingFormat(() => false)).toBeNull();
  });
});
