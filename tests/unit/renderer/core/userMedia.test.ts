import { describe, expect, it } from 'vitest';
import type { captureUser } from '../../../../src/renderer/core/media/user/captureUser';
import type { UserSource } from '../../../../src/renderer/core/media/user/UserSource';
import { LocalMedia } from '../../../../src/renderer/core/media/LocalMedia';
import { UserMedia } from '../../../../src/renderer/core/media/user/UserMedia';
import type { EventMap } from '../../../../src/shared/contract/contract';
import { Emitter } from '../../../../src/shared/Emitter';
import { failureOf, HitherError } from '../../../../src/shared/errors';
import { VoiceSettings } from '../../../../src/shared/settings/voice';
import { type FakeTrack, fakeCapture } from '../../../support/fakeTracks';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A person's devices, with sessions `a` and `b`; captures are made in order, and each can be refused. */
function person() {
  const media = new LocalMedia();
  const tracks: FakeTrack[] = [];
  const asked: (string | null)[] = [];
  const failures: unknown[] = [];
  const live = new Set(['a', 'b']);
  const refusals: HitherError[] = [];
  const capture: typeof captureUser = (source, _voice, device) => {
    asked.push(device?.deviceId ?? null);
    const refusal = refusals.shift();
    if (refusal) return Promise.reject(refusal);
    const { track, captured } = fakeCapture(`${source} ${asked.length}`);
    tracks.push(track);
    return Promise.resolve(captured);
  };
  const denoised: FakeTrack[] = [];
  const networks: (HitherError | null)[] = [];
  const events = new Emitter<EventMap>();
  const user = new UserMedia({
    backend: { on: (name, listener) => events.on(name, listener) },
    media,
    tracksOf: (sessionId) =>
      live.has(sessionId)
        ? {
            publish: (source) => void media.addSession(source, sessionId),
            unpublish: (source) => media.removeSession(source, sessionId),
          }
        : null,
    openMeter: () => null,
    devices: undefined,
    capture,
    denoise: (captured) => {
      const refusal = networks.shift();
      if (refusal) return Promise.reject(refusal);
      const { track, captured: made } = fakeCapture('denoised');
      denoised.push(track);
      return Promise.resolve({ ...made, release: () => captured.track.stop() });
    },
    onChange: () => undefined,
    onFailure: (error) => failures.push(failureOf(error)),
  });
  const heard = (source: UserSource = 'microphone') => media.get(source)?.sessionIds ?? null;
  user.start();
  return { events, media, user, tracks, asked, failures, live, refusals, heard, denoised, networks };
}

describe('a person’s microphone', () => {
  it('is asked for once, for any number of sessions', async () => {
    const { user, asked, heard } = person();
    await user.turnOn('a', 'microphone');
    await user.turnOn('b', 'microphone');
    expect(asked).toEqual([null]);
    expect(heard()).toEqual(['a', 'b']);
  });

  it('is rid of its noise by RNNoise for who wants that, and let go of with it', async () => {
    const { media, user, tracks, denoised } = person();
    user.follow(VoiceSettings.parse({ rnnoise: true }));
    await user.turnOn('a', 'microphone');
    expect(media.get('microphone')?.track).toBe(denoised[0]);
    user.turnOff('a', 'microphone');
    expect([tracks[0]?.readyState, denoised[0]?.readyState]).toEqual(['ended', 'ended']);
    // Nobody wants it for a camera, or where noise is wanted.
    await user.turnOn('a', 'camera');
    user.follow(VoiceSettings.parse({ rnnoise: true, noiseSuppression: false }));
    await user.turnOn('a', 'microphone');
    expect(denoised).toHaveLength(1);
  });

  it('goes out with the browser’s own suppression where RNNoise can’t be had', async () => {
    const { media, user, tracks, failures, networks } = person();
    networks.push(new HitherError('rnnoise-failed'));
    user.follow(VoiceSettings.parse({ rnnoise: true }));
    await user.turnOn('a', 'microphone');
    expect(media.get('microphone')?.track).toBe(tracks[0]);
    expect(tracks[0]?.constraints).toEqual([{ noiseSuppression: true }]);
    expect(failures).toMatchObject([{ code: 'rnnoise-failed' }]);
  });

  it('is unmuted by turning it on', async () => {
    const { media, user } = person();
    await user.turnOn('a', 'microphone');
    media.setMuted('microphone', true);
    await user.turnOn('b', 'microphone');
    expect(media.get('microphone')?.isMuted).toBe(false);
  });

  it('is let go of at once with its last session, so that its light goes out', async () => {
    const { media, user, tracks } = person();
    await user.turnOn('a', 'microphone');
    await user.turnOn('b', 'microphone');
    user.turnOff('a', 'microphone');
    expect(tracks[0]?.readyState).toBe('live');
    user.turnOff('b', 'microphone');
    expect([media.get('microphone'), tracks[0]?.readyState]).toEqual([null, 'ended']);
  });

  it('is not turned on for a session that is over, or ends while the person is asked', async () => {
    const { user, asked, live, heard, tracks } = person();
    await expect(user.turnOn('gone', 'microphone')).rejects.toThrow('unknown-session');
    expect(asked).toEqual([]);
    const turningOn = user.turnOn('a', 'microphone');
    live.delete('a');
    await turningOn;
    expect([heard(), tracks[0]?.readyState]).toEqual([null, 'ended']);
  });

  it('is another one once that is chosen, and stays muted', async () => {
    const { media, user, asked, heard } = person();
    await user.turnOn('a', 'microphone');
    media.setMuted('microphone', true);
    const microphone = { deviceId: 'a1', label: 'Headset' };
    user.follow(VoiceSettings.parse({ microphone }));
    await settled();
    expect(asked).toEqual([null, 'a1']);
    expect([heard(), media.get('microphone')?.label]).toEqual([['a'], 'microphone 2']);
    expect(media.get('microphone')).toMatchObject({ isMuted: true, track: { enabled: false } });
    // What concerns the camera or the speaker does not touch it.
    user.follow(VoiceSettings.parse({ microphone, speaker: { deviceId: 'o1', label: 'Speakers' } }));
    user.follow(VoiceSettings.parse({ microphone, noiseSuppression: false }));
    await settled();
    expect(asked).toEqual([null, 'a1', 'a1']);
  });

  it('is what the system has once it is unplugged, and the person is told', async () => {
    const { user, tracks, asked, failures, heard } = person();
    user.follow(VoiceSettings.parse({ microphone: { deviceId: 'a1', label: 'Headset' } }));
    await user.turnOn('a', 'microphone');
    tracks[0]!.end();
    await settled();
    expect(asked).toEqual(['a1', null]);
    expect(heard()).toEqual(['a']);
    expect(failures).toEqual([
      { code: 'microphone-replaced', facts: { gone: 'microphone 1', now: 'microphone 2' } },
    ]);
    // The one in its place may go as well, and then there is none.
    tracks[1]!.end();
    await settled();
    expect(heard()).toEqual(['a']);
  });

  it('is off where nothing can take its place, and the person is told', async () => {
    const { media, user, tracks, failures, refusals } = person();
    await user.turnOn('a', 'camera');
    refusals.push(new HitherError('camera-missing'));
    tracks[0]!.end();
    await settled();
    expect(media.get('camera')).toBeNull();
    expect(failures).toEqual([{ code: 'camera-lost', facts: { gone: 'camera 1' } }]);
  });

  it('stays off where the person turned it off while another one was looked for', async () => {
    const { user, media, tracks } = person();
    await user.turnOn('a', 'microphone');
    tracks[0]!.end();
    user.turnOff('a', 'microphone');
    await settled();
    expect(media.get('microphone')).toBeNull();
    expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
  });

  it('is muted and unmuted from outside the window, where it is on', async () => {
    const { events, media, user, failures } = person();
    events.emit('voice:toggleMute', {});
    expect(user.microphone).toBe('off');
    await user.turnOn('a', 'microphone');
    events.emit('voice:toggleMute', {});
    expect([user.microphone, media.get('microphone')?.isMuted]).toEqual(['muted', true]);
    events.emit('voice:toggleMute', {});
    expect(user.microphone).toBe('on');
    events.emit('voice:muteKeyTaken', {});
    expect(failures).toEqual([{ code: 'mute-key-taken', facts: {} }]);
  });
});
