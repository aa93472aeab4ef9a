import { describe, expect, it } from 'vitest';
import { LocalMedia, muteOf } from '../../../../src/renderer/core/media/LocalMedia';
import { TrackPublisher } from '../../../../src/renderer/core/media/TrackPublisher';
import type { TrackMessage } from '../../../../src/shared/protocol/tracks';
import { fakeCapture, type FakeTrack, FakeTrackLink, NOTHING } from '../../../support/fakeTracks';

/** A screen with what sounds with it. */
function sounding(label: string): {
  screen: FakeTrack;
  sound: FakeTrack;
  captured: Parameters<typeof give>[0];
} {
  const screen = fakeCapture(label);
  const sound = fakeCapture(`${label} sound`);
  return {
    screen: screen.track,
    sound: sound.track,
    captured: { ...screen.captured, sound: sound.captured },
  };
}

const give = (captured: ReturnType<typeof fakeCapture>['captured']) => () => Promise.resolve(captured);

/** A screen with sound, captured, and what happened to captures since. */
async function capturing() {
  const media = new LocalMedia();
  const one = sounding('Tab 1');
  await media.capture('screen', give(one.captured));
  const over: string[] = [];
  media.events.on('lost', (source) => over.push(`${source} lost`));
  media.events.on('ended', (source) => over.push(`${source} ended`));
  return { media, over, ...one };
}

/** A session that shows the screen over a link. */
function publishing(media: LocalMedia, sessionId = 'a') {
  const sent: TrackMessage[] = [];
  const send = (message: TrackMessage) => void sent.push(message);
  const publisher = new TrackPublisher({ sessionId, media, send, onChange: () => undefined });
  const link = new FakeTrackLink(sessionId);
  publisher.attach(link);
  publisher.publish('screen');
  return { publisher, link, sent, carried: () => [...link.sent.values()] };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('the sound of a screen', () => {
  it('is a capture of its own that comes and goes with the screen', async () => {
    const { media, over, sound } = await capturing();
    expect(media.captures.map(({ source, label }) => `${source}: ${label}`)).toEqual([
      'screen: Tab 1',
      'screen-audio: Tab 1 sound',
    ]);
    media.stop('screen');
    expect([media.captures, sound.readyState]).toEqual([[], 'ended']);
    expect(over).toEqual(['screen ended', 'screen-audio ended']);
  });

  it('goes out beside the screen as a stream of its own, in as high a quality as music needs, and is taken back with it', async () => {
    const { media } = await capturing();
    const { publisher, link, sent, carried } = publishing(media);
    const other = publishing(media, 'b');
    expect(carried()).toEqual(['Tab 1', 'Tab 1 sound']);
    expect(sent).toEqual([
      { type: 'track-published', source: 'screen', streamId: 'a 1', mute: 'none' },
      { type: 'track-published', source: 'screen-audio', streamId: 'a 2', mute: 'none' },
    ]);
    expect(link.encodings[1]).toMatchObject({ maxBitrate: 128_000, contentHint: 'music' });
    publisher.unpublish('screen');
    expect(carried()).toEqual([]);
    expect(other.carried()).toEqual(['Tab 1', 'Tab 1 sound']);
    other.publisher.unpublish('screen');
    expect(media.captures).toEqual([]);
  });

  it('stays away from who may see the screen and not hear it, also when it comes later', async () => {
    const { media } = await capturing();
    const publisher = publishing(media);
    publisher.publisher.unpublish('screen');
    await media.capture('screen', give(sounding('Tab 1').captured));
    publisher.publisher.publish('screen', false);
    expect(publisher.carried()).toEqual(['Tab 1']);
    await media.replace('screen', give(fakeCapture('Window').captured));
    await media.replace('screen', give(sounding('Tab 2').captured));
    await settled();
    expect(publisher.carried()).toEqual(['Tab 2']);
    publisher.publisher.unpublish('screen');
    await media.capture('screen', give(sounding('Tab 3').captured));
    publisher.publisher.publish('screen');
    expect(publisher.carried()).toEqual(['Tab 3', 'Tab 3 sound']);
  });

  it('goes off and on apart from the screen, with nothing on the wire meanwhile', async () => {
    const { media, sound } = await capturing();
    const { sent, carried } = publishing(media);
    media.setMuted('screen-audio', true);
    await settled();
    expect([carried(), sound.enabled]).toEqual([['Tab 1', NOTHING], false]);
    expect(sent.at(-1)).toEqual({ type: 'track-muted', streamId: 'a 2', mute: 'paused' });
    media.setMuted('screen-audio', false);
    await settled();
    expect([carried(), sound.enabled]).toEqual([['Tab 1', 'Tab 1 sound'], true]);
  });

  it('is paused with the screen, and stays off afterwards where its person had turned it off', async () => {
    const { media, sound } = await capturing();
    const { carried } = publishing(media);
    media.setMuted('screen', true);
    await settled();
    expect([carried(), sound.enabled]).toEqual([[NOTHING, NOTHING], false]);
    media.setMuted('screen', false);
    await settled();
    expect([carried(), sound.enabled]).toEqual([['Tab 1', 'Tab 1 sound'], true]);
    media.setMuted('screen-audio', true);
    media.setMuted('screen', true);
    media.setMuted('screen', false);
    await settled();
    expect(carried()).toEqual(['Tab 1', NOTHING]);
  });

  it('is another one with another screen, under the same stream, and none with a screen that has none', async () => {
    const { media, sound, over } = await capturing();
    const { sent, carried } = publishing(media);
    await media.replace('screen', give(sounding('Tab 2').captured));
    await settled();
    expect([carried(), sound.readyState]).toEqual([['Tab 2', 'Tab 2 sound'], 'ended']);
    expect(sent).toHaveLength(2);
    await media.replace('screen', give(fakeCapture('Window').captured));
    await settled();
    expect(carried()).toEqual(['Window']);
    expect([sent.at(-1), over]).toEqual([
      { type: 'track-unpublished', streamId: 'a 2' },
      ['screen-audio ended'],
    ]);
  });

  it('joins a screen that is shown already, paused where that is', async () => {
    const media = new LocalMedia();
    await media.capture('screen', give(fakeCapture('Window').captured));
    const { carried } = publishing(media);
    media.setMuted('screen', true);
    await media.replace('screen', give(sounding('Tab 1').captured));
    await settled();
    expect(carried()).toEqual([NOTHING, NOTHING]);
    expect(muteOf(media.get('screen-audio')!)).toBe('paused');
    media.setMuted('screen', false);
    await settled();
    expect(carried()).toEqual(['Tab 1', 'Tab 1 sound']);
  });

  it('ends by itself without the screen, and is told of', async () => {
    const { media, sound, over } = await capturing();
    const { carried } = publishing(media);
    sound.end();
    await settled();
    expect(carried()).toEqual(['Tab 1']);
    expect(over).toEqual(['screen-audio lost', 'screen-audio ended']);
  });

  it('is told of where it was over when it came', async () => {
    const { media, over } = await capturing();
    const next = sounding('Screen 1');
    next.sound.end();
    await media.replace('screen', give(next.captured));
    expect(media.captures.map(({ label }) => label)).toEqual(['Screen 1']);
    expect(over).toEqual(['screen-audio ended', 'screen-audio lost']);
  });

  it('is let go where the screen came too late, or was over when it came', async () => {
    const { media } = await capturing();
    const late = sounding('Tab 2');
    const replaced = media.replace('screen', give(late.captured));
    media.stop('screen');
    await replaced;
    expect([late.screen.readyState, late.sound.readyState]).toEqual(['ended', 'ended']);
    const dead = sounding('Tab 3');
    dead.screen.end();
    await expect(media.capture('screen', give(dead.captured))).rejects.toMatchObject({
      code: 'capture-failed',
    });
    expect(dead.sound.readyState).toBe('ended');
  });
});
