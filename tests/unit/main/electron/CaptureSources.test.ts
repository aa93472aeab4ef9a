import { beforeEach, describe, expect, it } from 'vitest';
import {
  CaptureSources,
  type CaptureSourcesOptions,
  type DisplayMediaRequest,
  usesPortal,
} from '../../../../src/main/electron/capture/CaptureSources';
import { trustedOrigins } from '../../../../src/main/electron/window/pageOrigin';
import { FakeLog } from '../../../support/FakeLog';

type Capturer = CaptureSourcesOptions['capturer'];

const ours: DisplayMediaRequest = {
  frame: { parent: null },
  securityOrigin: 'app://hither/',
  videoRequested: true,
  audioRequested: false,
};

class FakeCapturer implements Capturer {
  calls: { width: number }[] = [];
  found: { id: string; name: string; png: string }[] = [
    { id: 'window:7:0', name: 'Editor', png: 'data:image/png;base64,AA' },
    { id: 'screen:0:0', name: 'Entire screen', png: 'data:image/png;base64,BB' },
    { id: 'window:8:0', name: 'Minimized', png: '' },
  ];
  failure: Error | null = null;

  getSources(options: { thumbnailSize: { width: number; height: number } }) {
    this.calls.push({ width: options.thumbnailSize.width });
    if (this.failure) return Promise.reject(this.failure);
    return Promise.resolve(
      this.found.map(({ id, name, png }) => ({
        id,
        name,
        thumbnail: { isEmpty: () => png === '', toDataURL: () => png },
      })),
    );
  }
}

describe('CaptureSources', () => {
  let capturer: FakeCapturer;
  let log: FakeLog;
  let nowMs = 0;

  beforeEach(() => {
    capturer = new FakeCapturer();
    log = new FakeLog();
    nowMs = 0;
  });

  const create = (changes: Partial<CaptureSourcesOptions> = {}) =>
    new CaptureSources({
      capturer,
      origins: trustedOrigins(true, undefined),
      hasPortal: false,
      isScreenAllowed: () => true,
      canShareSound: true,
      isSoundOn: () => true,
      now: () => nowMs,
      log,
      ...changes,
    });

  const answersTo = async (capture: CaptureSources, request: DisplayMediaRequest) => {
    const answers: unknown[] = [];
    await capture.answer(request, (streams) => answers.push(streams));
    return answers;
  };

  it('lists screens before windows, with thumbnails as data URLs', async () => {
    const sources = await create().list();
    expect(sources.map(({ sourceId, kind, thumbnail }) => [sourceId, kind, thumbnail])).toEqual([
      ['screen:0:0', 'screen', 'data:image/png;base64,BB'],
      ['window:7:0', 'window', 'data:image/png;base64,AA'],
      ['window:8:0', 'window', ''],
    ]);
  });

  it('draws the windows once for listings that are asked for at the same time, and again afterwards', async () => {
    const capture = create();
    const [first, second] = await Promise.all([capture.list(), capture.list()]);
    expect(first).toBe(second);
    expect(capturer.calls).toHaveLength(1);
    await capture.list();
    expect(capturer.calls).toHaveLength(2);
  });

  it('answers the capture request with the chosen source, exactly once', async () => {
    const capture = create();
    await capture.list();
    capture.choose('window:7:0');
    expect(await answersTo(capture, ours)).toEqual([{ video: { id: 'window:7:0', name: 'Editor' } }]);
    expect(await answersTo(capture, ours)).toEqual([null]);
  });

  it('adds the sound of the computer where page and person want it and the system can, and not otherwise', async () => {
    const answered = async (audioRequested: boolean, changes: Partial<CaptureSourcesOptions> = {}) => {
      const capture = create(changes);
      await capture.list();
      capture.choose('window:7:0');
      return answersTo(capture, { ...ours, audioRequested });
    };
    const video = { id: 'window:7:0', name: 'Editor' };
    expect(await answered(true)).toEqual([{ video, audio: 'loopback' }]);
    expect(await answered(false)).toEqual([{ video }]);
    expect(await answered(true, { isSoundOn: () => false })).toEqual([{ video }]);
    expect(await answered(true, { canShareSound: false })).toEqual([{ video }]);
    // A page that nothing was chosen for gets neither.
    expect(await answersTo(create(), { ...ours, audioRequested: true })).toEqual([null]);
  });

  it('denies a capture request ten seconds after the choice', async () => {
    const capture = create();
    await capture.list();
    capture.choose('window:7:0');
    nowMs = 10_000;
    expect(await answersTo(capture, ours)).toEqual([null]);
  });

  it.each<[string, Partial<DisplayMediaRequest>]>([
    ['a frame that is gone', { frame: null }],
    ['a frame within the page', { frame: { parent: {} } }],
    ['another origin', { securityOrigin: 'https://example.com/' }],
    ['sound alone', { videoRequested: false }],
  ])('denies %s, and keeps the choice for our own page', async (_what, changes) => {
    const capture = create();
    await capture.list();
    capture.choose('window:7:0');
    expect(await answersTo(capture, { ...ours, ...changes })).toEqual([null]);
    expect(await answersTo(capture, ours)).not.toEqual([null]);
  });

  it('does not call back a second time when the page is gone by then', async () => {
    let calls = 0;
    await create().answer(ours, () => {
      calls++;
      throw new Error('the frame has been destroyed');
    });
    expect(calls).toBe(1);
    expect(log.lines.map(([level]) => level)).toEqual(['warn']);
  });

  it('says that the system refuses, though the listing itself came back empty', async () => {
    capturer.found = [];
    await expect(create({ isScreenAllowed: () => false }).list()).rejects.toThrow('capture-denied');
    capturer.failure = new Error('Failed to get sources.');
    await expect(create({ isScreenAllowed: () => false }).list()).rejects.toThrow('capture-denied');
    await expect(create().list()).rejects.toThrow('capture-failed');
  });

  describe('where the desktop has its own picker', () => {
    it('brings that up for the capture request, once, without thumbnails, and takes what it gives', async () => {
      capturer.found = [{ id: 'screen:9:0', name: 'Portal', png: '' }];
      const capture = create({ hasPortal: true });
      expect(await answersTo(capture, ours)).toEqual([{ video: { id: 'screen:9:0', name: 'Portal' } }]);
      expect(capturer.calls).toEqual([{ width: 0 }]);
    });

    it('gives the sound of the computer with what it brings', async () => {
      const capture = create({ hasPortal: true });
      expect(await answersTo(capture, { ...ours, audioRequested: true })).toMatchObject([
        { audio: 'loopback' },
      ]);
    });

    it('denies when the person cancels there', async () => {
      const capture = create({ hasPortal: true });
      capturer.found = [];
      expect(await answersTo(capture, ours)).toEqual([null]);
      capturer.failure = new Error('Failed to get sources.');
      expect(await answersTo(capture, ours)).toEqual([null]);
    });

    it('does not bring it up for strangers or for a listing', async () => {
      const capture = create({ hasPortal: true });
      await answersTo(capture, { ...ours, securityOrigin: 'https://example.com' });
      await expect(capture.list()).rejects.toThrow('not-allowed');
      expect(capturer.calls).toEqual([]);
    });
  });
});

describe('usesPortal', () => {
  it.each([
    ['linux', { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', { XDG_SESSION_TYPE: 'wayland' }, false],
    ['linux', { XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: 'wayland-0' }, false],
    ['linux', {}, false],
    ['darwin', { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: 'wayland-0' }, false],
  ] as const)('on %s with %o says %s', (platform, env, expected) => {
    expect(usesPortal(platform, env)).toBe(expected);
  });
});
