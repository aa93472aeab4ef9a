import { describe, expect, it } from 'vitest';
import { LocalMedia } from '../../../../src/renderer/core/media/LocalMedia';
import type { Region } from '../../../../src/renderer/core/media/region/Region';
import { FakeTrack, fakeCapture } from '../../../support/fakeTracks';

const PART: Region = { x: 100, y: 60, width: 200, height: 120 };
const OTHER: Region = { ...PART, x: 300 };

/** A captured screen, and the crops that were made of it. */
async function capturing() {
  const crops: { from: string; regions: Region[]; still: VideoFrame | null; track: FakeTrack }[] = [];
  const media = new LocalMedia((from, region, still) => {
    const crop = {
      from: from.label,
      regions: [region],
      still,
      track: new FakeTrack(`crop ${crops.length + 1}`),
    };
    crops.push(crop);
    return {
      track: crop.track as unknown as MediaStreamTrack,
      setRegion: (next) => void crop.regions.push(next),
      stop: () => crop.track.stop(),
    };
  });
  const { track, captured } = fakeCapture('Screen 1');
  await media.capture('screen', () => Promise.resolve(captured));
  const replaced: string[] = [];
  media.events.on('replaced', ({ track: next }) => replaced.push(next.label));
  return { media, track, crops, replaced };
}

describe('a region of a capture', () => {
  it('takes the place of the whole in every session, and another region of its own', async () => {
    const { media, track, crops, replaced } = await capturing();
    media.setRegion('screen', PART);
    media.setRegion('screen', OTHER);
    expect(crops).toMatchObject([{ from: 'Screen 1', regions: [PART, OTHER] }]);
    expect(replaced).toEqual(['crop 1']);
    expect(media.get('screen')).toMatchObject({
      region: OTHER,
      track: { label: 'crop 1', contentHint: 'detail' },
    });
    media.setRegion('screen', null);
    expect(replaced).toEqual(['crop 1', 'Screen 1']);
    expect(crops[0]!.track.readyState).toBe('ended');
    expect(track.readyState).toBe('live');
    expect(media.get('screen')).toMatchObject({ region: null, track: { label: 'Screen 1' } });
  });

  it('begins with the picture as it stands, which is closed where nobody needs it', async () => {
    const { media, crops } = await capturing();
    const closed: string[] = [];
    const still = (name: string) => ({ name, close: () => closed.push(name) }) as unknown as VideoFrame;
    media.setRegion('screen', PART, still('first'));
    expect(crops[0]!.still).toMatchObject({ name: 'first' });
    media.setRegion('screen', OTHER, still('second'));
    media.setRegion('camera', OTHER, still('third'));
    expect(closed).toEqual(['second', 'third']);
  });

  it('of what is paused is paused as well', async () => {
    const { media, crops } = await capturing();
    media.setMuted('screen', true);
    media.setRegion('screen', PART);
    expect(crops[0]!.track.enabled).toBe(false);
    media.setMuted('screen', false);
    expect(crops[0]!.track.enabled).toBe(true);
  });

  it('is over with another source, which shows all of itself', async () => {
    const { media, track, crops, replaced } = await capturing();
    media.setRegion('screen', PART);
    await media.replace('screen', () => Promise.resolve(fakeCapture('Screen 2').captured));
    expect(replaced).toEqual(['crop 1', 'Screen 2']);
    expect([track, crops[0]!.track].map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
    expect(media.get('screen')).toMatchObject({ region: null, label: 'Screen 2' });
  });

  it('ends with its capture, by a person or by its source', async () => {
    for (const end of ['stop', 'end'] as const) {
      const { media, track, crops } = await capturing();
      media.setRegion('screen', PART);
      if (end === 'stop') media.stop('screen');
      else track.end();
      expect([track, crops[0]!.track].map(({ readyState }) => readyState)).toEqual(['ended', 'ended']);
      expect(media.captures).toEqual([]);
    }
  });

  it('shows nothing while the whole is hidden', async () => {
    const { media, track } = await capturing();
    media.setRegion('screen', PART);
    track.mute(true);
    expect(media.get('screen')?.isHidden).toBe(true);
    track.mute(false);
    expect(media.get('screen')?.isHidden).toBe(false);
  });

  it('means nothing where nothing is captured, or all of it is shown already', async () => {
    const { media, crops, replaced } = await capturing();
    media.setRegion('screen', null);
    media.setRegion('camera', PART);
    expect(crops).toEqual([]);
    expect(replaced).toEqual([]);
  });
});
