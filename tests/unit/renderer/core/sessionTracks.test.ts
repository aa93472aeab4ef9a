import { describe, expect, it } from 'vitest';
import { LocalMedia } from '../../../../src/renderer/core/media/LocalMedia';
import { SessionTracks } from '../../../../src/renderer/core/media/SessionTracks';
import { fakeCapture } from '../../../support/fakeTracks';

/** The tracks of a session, and each word of whether media run. */
function tracksOf() {
  const media = new LocalMedia();
  const heard: boolean[] = [];
  const tracks = new SessionTracks({
    sessionId: '1'.repeat(32),
    send: () => undefined,
    onChange: () => undefined,
    permissions: () => null,
    isLinked: () => true,
    isLinkExpected: () => true,
    media,
    captureUnasked: () => Promise.reject(new Error('no screen')),
    monotonicMs: () => performance.now(),
  });
  tracks.onMedia((hasMedia) => heard.push(hasMedia));
  return { tracks, media, heard };
}

describe('media of a session', () => {
  it('run while this side shares, and not while that is paused', async () => {
    const { tracks, media, heard } = tracksOf();
    await media.capture('screen', () => Promise.resolve(fakeCapture('Screen 1').captured));
    expect(heard).toEqual([]);
    tracks.publish('screen');
    expect(heard).toEqual([true]);
    media.setMuted('screen', true);
    media.setMuted('screen', false);
    media.stop('screen');
    expect(heard).toEqual([true, false, true, false]);
  });

  it('run while the other side shares, whichever of both ends first', async () => {
    const { tracks, media, heard } = tracksOf();
    tracks.handle({ type: 'track-published', source: 'screen', streamId: 'theirs', mute: 'none' });
    expect(heard).toEqual([true]);
    await media.capture('screen', () => Promise.resolve(fakeCapture('Screen 1').captured));
    tracks.publish('screen');
    tracks.handle({ type: 'track-muted', streamId: 'theirs', mute: 'hidden' });
    expect(heard).toEqual([true]);
    tracks.unpublish('screen');
    expect(heard).toEqual([true, false]);
    tracks.handle({ type: 'track-muted', streamId: 'theirs', mute: 'none' });
    tracks.handle({ type: 'track-unpublished', streamId: 'theirs' });
    expect(heard).toEqual([true, false, true, false]);
  });
});

describe('the tracks of a session that may be recorded', () => {
  it('are those that go out, of a muted microphone too: its copy, which is measured here, is in no file', async () => {
    const { tracks, media } = tracksOf();
    const { captured } = fakeCapture('Headset');
    const copy = fakeCapture('copy').captured;
    await media.capture('microphone', () => Promise.resolve({ ...captured, stream: copy.stream }));
    // Captured for another session is not for this one.
    expect(tracks.scene.local('microphone')).toBeNull();
    tracks.publish('microphone');
    expect(tracks.scene.local('microphone')).toEqual({ track: captured.track, mute: 'none' });
    media.setMuted('microphone', true);
    expect(tracks.scene.local('microphone')).toEqual({ track: captured.track, mute: 'paused' });
    tracks.unpublish('microphone');
    expect(tracks.scene.local('microphone')).toBeNull();
  });

  it('are the peer’s once both word and stream are there, with how they are muted', () => {
    const { tracks } = tracksOf();
    const { track } = fakeCapture('theirs').captured;
    const stream = { id: 'theirs', getTracks: () => [track] } as unknown as MediaStream;
    tracks.handle({ type: 'track-published', source: 'camera', streamId: 'theirs', mute: 'paused' });
    expect(tracks.scene.remote('camera')).toBeNull();
    tracks.handleStream(stream);
    expect(tracks.scene.remote('camera')).toEqual({ track, mute: 'paused' });
    expect(tracks.scene.remote('screen')).toBeNull();
  });
});
