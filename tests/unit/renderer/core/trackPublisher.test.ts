import { describe, expect, it } from 'vitest';
import { LocalMedia } from '../../../../src/renderer/core/media/LocalMedia';
import { TrackPublisher } from '../../../../src/renderer/core/media/TrackPublisher';
import type { TrackMessage } from '../../../../src/shared/protocol/tracks';
import { fakeCapture, FakeTrackLink, NOTHING } from '../../../support/fakeTracks';

async function screen(): Promise<LocalMedia> {
  return (await screenAndTrack()).media;
}

async function screenAndTrack() {
  const media = new LocalMedia();
  const { track, captured } = fakeCapture('Screen 1');
  await media.capture('screen', () => Promise.resolve(captured));
  return { media, track };
}

/** A session that publishes the screen over a link. */
function publishing(media: LocalMedia, sessionId: string) {
  const sent: TrackMessage[] = [];
  const send = (message: TrackMessage) => void sent.push(message);
  const publisher = new TrackPublisher({ sessionId, media, send, onChange: () => undefined });
  const link = new FakeTrackLink(sessionId);
  publisher.attach(link);
  publisher.publish('screen');
  return { publisher, link, sent };
}

/** Lets promises that are settled be heard. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('what a session publishes', () => {
  it('goes over its link with the encoding of its source, and is announced by its stream', async () => {
    const { link, sent } = publishing(await screen(), 'a');
    expect([...link.sent.values()]).toEqual(['Screen 1']);
    expect(link.encodings).toMatchObject([
      { maxBitrate: 12_000_000, maxFramerate: 30, degradationPreference: 'maintain-resolution' },
    ]);
    expect(sent).toEqual([{ type: 'track-published', source: 'screen', streamId: 'a 1', mute: 'none' }]);
  });

  it('is nothing where nothing is captured', () => {
    const { publisher, link, sent } = publishing(new LocalMedia(), 'a');
    expect(publisher.get('screen')).toBeNull();
    expect([link.sent.size, sent.length]).toEqual([0, 0]);
  });

  it('is published once, however often that is asked for', async () => {
    const { publisher, link } = publishing(await screen(), 'a');
    publisher.publish('screen');
    expect(link.sent.size).toBe(1);
  });

  it('goes on over every new link, as a new stream', async () => {
    const { publisher, sent } = publishing(await screen(), 'a');
    publisher.detach();
    expect(publisher.get('screen')?.label).toBe('Screen 1');
    const next = new FakeTrackLink('next');
    publisher.attach(next);
    expect([...next.sent]).toEqual([['next 1', 'Screen 1']]);
    expect(sent.at(-1)).toMatchObject({ type: 'track-published', streamId: 'next 1' });
  });

  it('waits for the next link where the one there is has closed', async () => {
    const media = await screen();
    const { publisher, link, sent } = publishing(media, 'a');
    publisher.unpublish('screen');
    await media.capture('screen', () => Promise.resolve(fakeCapture('Screen 2').captured));
    link.isClosed = true;
    sent.length = 0;
    publisher.publish('screen');
    expect(sent).toEqual([]);
    const next = new FakeTrackLink('next');
    publisher.attach(next);
    expect([...next.sent.values()]).toEqual(['Screen 2']);
  });

  it('is withdrawn where no link is to be expected, and does not begin anew with a late one', async () => {
    const media = await screen();
    const { publisher } = publishing(media, 'a');
    publisher.detach();
    publisher.withdrawAll();
    expect(publisher.get('screen')).toBeNull();
    expect(media.get('screen')?.sessionIds).toEqual([]);
    const late = new FakeTrackLink('late');
    publisher.attach(late);
    expect(late.sent.size).toBe(0);
  });

  it('can be published again after it was taken back', async () => {
    const media = await screen();
    const other = publishing(media, 'b');
    const { publisher, link, sent } = publishing(media, 'a');
    publisher.unpublish('screen');
    expect(link.sent.size).toBe(0);
    publisher.publish('screen');
    expect([...link.sent]).toEqual([['a 2', 'Screen 1']]);
    expect(sent.map(({ type }) => type)).toEqual(['track-published', 'track-unpublished', 'track-published']);
    expect(other.sent).toHaveLength(1);
  });
});

describe('one capture in two sessions', () => {
  it('ends when the last one stops sharing, and not before', async () => {
    const media = await screen();
    const [a, b] = [publishing(media, 'a'), publishing(media, 'b')];
    a.publisher.unpublish('screen');
    expect(media.get('screen')?.sessionIds).toEqual(['b']);
    expect(b.link.sent.size).toBe(1);
    b.publisher.unpublish('screen');
    expect(media.get('screen')).toBeNull();
  });

  it('goes on when a session ends, also the last one', async () => {
    const media = await screen();
    const [a, b] = [publishing(media, 'a'), publishing(media, 'b')];
    a.publisher.end();
    expect([a.link.sent.size, b.link.sent.size]).toEqual([0, 1]);
    expect(a.sent.at(-1)).toEqual({ type: 'track-unpublished', streamId: 'a 1' });
    b.publisher.end();
    expect(media.get('screen')?.sessionIds).toEqual([]);
    media.stopAll();
  });

  it('is taken from both when it ends by itself', async () => {
    const media = await screen();
    const both = [publishing(media, 'a'), publishing(media, 'b')];
    media.stop('screen');
    for (const { publisher, link, sent } of both) {
      expect(publisher.get('screen')).toBeNull();
      expect(link.sent.size).toBe(0);
      expect(sent.at(-1)?.type).toBe('track-unpublished');
    }
  });

  it('says to both that it is muted, and so it says to one that comes later', async () => {
    const media = await screen();
    const [a, b] = [publishing(media, 'a'), publishing(media, 'b')];
    media.setMuted('screen', true);
    expect(a.sent.at(-1)).toEqual({ type: 'track-muted', streamId: 'a 1', mute: 'paused' });
    expect(b.sent.at(-1)).toEqual({ type: 'track-muted', streamId: 'b 1', mute: 'paused' });
    const c = publishing(media, 'c');
    expect(c.sent).toMatchObject([{ type: 'track-published', mute: 'paused' }]);
    // Nothing is sent of it, so that who watches keeps the last picture.
    await settled();
    for (const { link } of [a, b, c]) expect([...link.sent.values()]).toEqual(['(nothing)']);
    media.setMuted('screen', false);
    await settled();
    for (const { link } of [a, b, c]) expect([...link.sent.values()]).toEqual(['Screen 1']);
  });

  it('says to both that its window is hidden, which is no pause, and so to one that comes later', async () => {
    const { media, track } = await screenAndTrack();
    const [a, b] = [publishing(media, 'a'), publishing(media, 'b')];
    track.mute(true);
    expect(a.sent.at(-1)).toEqual({ type: 'track-muted', streamId: 'a 1', mute: 'hidden' });
    expect(b.sent.at(-1)).toEqual({ type: 'track-muted', streamId: 'b 1', mute: 'hidden' });
    expect(publishing(media, 'c').sent).toMatchObject([{ type: 'track-published', mute: 'hidden' }]);
    track.mute(false);
    expect(a.sent.at(-1)).toEqual({ type: 'track-muted', streamId: 'a 1', mute: 'none' });
    media.stopAll();
  });

  it('means nothing to a session that has ended', async () => {
    const media = await screen();
    const { publisher, sent } = publishing(media, 'a');
    publisher.end();
    sent.length = 0;
    publisher.publish('screen');
    media.setMuted('screen', true);
    media.stop('screen');
    expect(sent).toEqual([]);
  });
});

describe('another source in place of the one that is published', () => {
  it('goes out in the same stream, without a word', async () => {
    const media = await screen();
    const both = [publishing(media, 'a'), publishing(media, 'b')];
    await media.replace('screen', () => Promise.resolve(fakeCapture('Window').captured));
    await settled();
    for (const { link, sent, publisher } of both) {
      expect([...link.sent.values()]).toEqual(['Window']);
      expect(sent).toHaveLength(1);
      expect(publisher.get('screen')?.label).toBe('Window');
    }
  });

  it('is published anew where the browser does not let it', async () => {
    const media = await screen();
    const { link, sent } = publishing(media, 'a');
    link.canReplace = false;
    await media.replace('screen', () => Promise.resolve(fakeCapture('Window').captured));
    await settled();
    expect([...link.sent]).toEqual([['a 2', 'Window']]);
    expect(sent.map(({ type }) => type)).toEqual(['track-published', 'track-unpublished', 'track-published']);
  });

  it('is not published anew over a link that has gone meanwhile', async () => {
    const media = await screen();
    const { publisher, link } = publishing(media, 'a');
    let release: () => void = () => undefined;
    link.held = new Promise((resolve) => (release = resolve));
    link.canReplace = false;
    await media.replace('screen', () => Promise.resolve(fakeCapture('Window').captured));
    publisher.detach();
    const next = new FakeTrackLink('next');
    publisher.attach(next);
    release();
    await settled();
    expect([...next.sent]).toEqual([['next 1', 'Window']]);
    expect([...link.sent]).toEqual([['a 1', 'Screen 1']]);
  });
});

describe('a microphone that is muted', () => {
  /** One that is captured and published in a session. */
  async function speaking() {
    const media = new LocalMedia();
    await media.capture('microphone', () => Promise.resolve(fakeCapture('Headset').captured));
    const one = publishing(media, 'a');
    one.publisher.publish('microphone');
    const onWire = () => [...one.link.sent.values()];
    return { ...one, media, onWire };
  }

  it('is off the wire, and on it again once it is unmuted', async () => {
    const { media, sent, onWire } = await speaking();
    expect(onWire()).toEqual(['Headset']);
    media.setMuted('microphone', true);
    await settled();
    expect(onWire()).toEqual([NOTHING]);
    media.setMuted('microphone', false);
    await settled();
    expect(onWire()).toEqual(['Headset']);
    expect(sent.slice(1)).toEqual([
      { type: 'track-muted', streamId: 'a 1', mute: 'paused' },
      { type: 'track-muted', streamId: 'a 1', mute: 'none' },
    ]);
  });

  it('is so from the beginning on a new link', async () => {
    const { media, publisher } = await speaking();
    media.setMuted('microphone', true);
    publisher.detach();
    const next = new FakeTrackLink('next');
    publisher.attach(next);
    await settled();
    expect([...next.sent.values()]).toEqual([NOTHING]);
  });

  it('stays so when another microphone takes its place', async () => {
    const { media, onWire } = await speaking();
    media.setMuted('microphone', true);
    await media.replace('microphone', () => Promise.resolve(fakeCapture('Webcam').captured));
    await settled();
    expect(onWire()).toEqual([NOTHING]);
    media.setMuted('microphone', false);
    await settled();
    expect(onWire()).toEqual(['Webcam']);
  });
});
