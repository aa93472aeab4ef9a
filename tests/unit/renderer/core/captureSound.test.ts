import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AppState } from '../../../../src/shared/contract/app';
import type { Platform } from '../../../../src/shared/device';
import { HitherError } from '../../../../src/shared/errors';
import { LocalMedia } from '../../../../src/renderer/core/media/LocalMedia';
import { ScreenControls } from '../../../../src/renderer/core/share/ScreenControls';
import { appState } from '../../../support/appState';
import { FakeTrack } from '../../../support/fakeTracks';
import { RecordingBackend } from '../../../support/RecordingBackend';

afterEach(() => {
  vi.unstubAllGlobals();
});

type Answer = readonly ('video' | 'audio')[] | DOMException;

/** A browser that answers questions for a screen with tracks of these kinds, or refuses them; what it was asked for. */
function browserWith(...answers: Answer[]) {
  const asked: { audio: unknown; systemAudio: unknown }[] = [];
  class Stream {
    constructor(readonly tracks: readonly FakeTrack[]) {}
    getTracks = () => this.tracks;
    getVideoTracks = () => this.tracks.filter(({ label }) => label === 'video');
    getAudioTracks = () => this.tracks.filter(({ label }) => label === 'audio');
  }
  const mediaDevices = {
    getSupportedConstraints: () => ({ suppressLocalAudioPlayback: true }),
    getDisplayMedia: (options: (typeof asked)[number]) => {
      asked.push(options);
      const answer = answers.shift() ?? [];
      return answer instanceof DOMException
        ? Promise.reject(answer)
        : Promise.resolve(new Stream(answer.map((kind) => new FakeTrack(kind))));
    },
  };
  vi.stubGlobal('MediaStream', Stream);
  vi.stubGlobal('navigator', { mediaDevices });
  return asked;
}

interface Host {
  platform?: Platform;
  /** The desktop app; otherwise a page of a headless backend. */
  isDesktop?: boolean;
  canShareSound?: boolean;
}

function controls(
  wantsSound: boolean,
  { platform = 'linux', isDesktop = false, canShareSound = isDesktop }: Host = {},
) {
  const media = new LocalMedia();
  const backend = new RecordingBackend();
  const failures: string[] = [];
  const state = appState;
  const app: AppState = {
    ...state,
    device: { ...state.device, platform },
    capabilities: {
      ...state.capabilities,
      ...{ runtime: isDesktop ? 'electron' : 'headless', hasSourcePicker: isDesktop, canShareSound },
    },
  };
  const screen = new ScreenControls({
    ...{ backend, media, app: () => app, wantsSound: () => wantsSound },
    ...{
      session: () => undefined,
      liveSession: () => {
        throw new HitherError('unknown-session');
      },
    },
    onFailure: (error) => failures.push((error as HitherError).code),
  });
  return { media, backend, failures, screen, sources: () => media.captures.map(({ source }) => source) };
}

const failed = () => new DOMException('', 'NotReadableError');

describe('a screen', () => {
  it('is asked for without sound unless the person wants it', async () => {
    const asked = browserWith(['video']);
    const { screen, failures, sources } = controls(false);
    await screen.prepare();
    expect(asked).toMatchObject([{ audio: false, systemAudio: 'exclude' }]);
    expect([sources(), failures]).toEqual([['screen'], []]);
  });

  it('comes with its sound as it is, untouched by what is made for voices', async () => {
    const asked = browserWith(['video', 'audio']);
    const { screen, failures, sources } = controls(true);
    await screen.prepare();
    expect(asked).toMatchObject([
      {
        systemAudio: 'include',
        audio: {
          ...{ echoCancellation: false, noiseSuppression: false, autoGainControl: false },
          ...{ restrictOwnAudio: true, suppressLocalAudioPlayback: false, channelCount: { ideal: 2 } },
        },
      },
    ]);
    expect([sources(), failures]).toEqual([['screen', 'screen-audio'], []]);
  });

  it.each<[string, Host]>([
    ['sound-not-chosen', {}],
    ['sound-missing', { isDesktop: true }],
    ['sound-missing', { isDesktop: true, platform: 'windows' }],
    ['sound-denied', { isDesktop: true, platform: 'macos' }],
  ])('is shared without a sound that did not come, which is told as %s', async (code, host) => {
    browserWith(['video']);
    const { screen, failures, sources } = controls(true, host);
    await screen.prepare();
    expect([sources(), failures]).toEqual([['screen'], [code]]);
  });

  it.each<[string, Host]>([
    ['sound-lost', {}],
    ['sound-lost', { isDesktop: true }],
    ['sound-denied', { isDesktop: true, platform: 'macos' }],
  ])('stays where its sound ends by itself, which is told as %s', async (code, host) => {
    browserWith(['video', 'audio']);
    const { screen, failures, media, sources } = controls(true, host);
    await screen.prepare();
    (media.get('screen-audio')?.track as unknown as FakeTrack).end();
    expect([sources(), failures]).toEqual([['screen'], [code]]);
  });

  it('asks for no sound where the desktop app can have none', async () => {
    const asked = browserWith(['video']);
    const { screen, failures } = controls(true, { isDesktop: true, platform: 'macos', canShareSound: false });
    await screen.prepare();
    expect([asked[0]?.audio, failures]).toEqual([false, []]);
  });

  it('is captured without sound, of the same source, where the system can’t give it', async () => {
    const asked = browserWith(failed(), ['video']);
    const { screen, backend, failures, sources } = controls(true, { isDesktop: true });
    await screen.prepare('screen:0');
    expect(asked.map(({ audio }) => audio !== false)).toEqual([true, false]);
    expect(backend.asked.map(({ name, args }) => [name, args])).toEqual([
      ['capture:choose', { sourceId: 'screen:0' }],
      ['capture:choose', { sourceId: 'screen:0' }],
    ]);
    expect([sources(), failures]).toEqual([['screen'], ['sound-missing']]);
  });

  it('is asked for once in a browser, whose person would have to choose again', async () => {
    const asked = browserWith(failed(), ['video']);
    const { screen } = controls(true);
    await expect(screen.prepare()).rejects.toMatchObject({ code: 'capture-failed' });
    expect(asked).toHaveLength(1);
  });
});
