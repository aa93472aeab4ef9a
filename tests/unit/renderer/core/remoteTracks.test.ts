import { describe, expect, it } from 'vitest';
import { RemoteTracks } from '../../../../src/renderer/core/media/RemoteTracks';
import { TrackMessage, type TrackMute } from '../../../../src/shared/protocol/tracks';
import { fakeStream } from '../../../support/fakeTracks';

const published = (streamId: string, mute: TrackMute = 'none'): TrackMessage => ({
  type: 'track-published',
  source: 'screen',
  streamId,
  mute,
});

function tracks() {
  let changes = 0;
  const one = new RemoteTracks(() => changes++);
  return { one, changes: () => changes };
}

describe('a track of the peer’s', () => {
  it('is there once both its stream and its word have come, in either order', () => {
    const { one, changes } = tracks();
    one.handleStream(fakeStream('1'));
    expect(one.get('screen')).toBeNull();
    one.handle(published('1'));
    expect(one.get('screen')).toMatchObject({ stream: { id: '1' }, mute: 'none' });
    one.handle({ type: 'track-published', source: 'camera', streamId: '2', mute: 'none' });
    expect(one.get('camera')).toBeNull();
    one.handleStream(fakeStream('2'));
    expect(one.get('camera')?.stream.id).toBe('2');
    expect(one.get('screen')?.stream.id).toBe('1');
    expect(changes()).toBe(4);
  });

  it('may come in a stream that carried another one before', () => {
    const { one } = tracks();
    one.handleStream(fakeStream('1'));
    one.handle(published('1'));
    one.handle({ type: 'track-unpublished', streamId: '1' });
    one.handle({ type: 'track-published', source: 'camera', streamId: '1', mute: 'none' });
    expect(one.get('camera')?.stream.id).toBe('1');
    expect(one.get('screen')).toBeNull();
  });

  it('is gone with the word of it, before its stream ends', () => {
    const { one } = tracks();
    one.handleStream(fakeStream('1'));
    one.handle(published('1'));
    one.handle({ type: 'track-unpublished', streamId: '1' });
    expect(one.get('screen')).toBeNull();
  });

  it('gives way to another one of its source, whose predecessor may be taken back late', () => {
    const { one } = tracks();
    for (const id of ['1', '2']) {
      one.handleStream(fakeStream(id));
      one.handle(published(id));
    }
    one.handle({ type: 'track-unpublished', streamId: '1' });
    expect(one.get('screen')?.stream.id).toBe('2');
  });

  it('shows why it is muted, from the beginning or since', () => {
    const { one } = tracks();
    one.handleStream(fakeStream('1'));
    one.handle(published('1', 'paused'));
    expect(one.get('screen')?.mute).toBe('paused');
    one.handle({ type: 'track-muted', streamId: '1', mute: 'hidden' });
    expect(one.get('screen')?.mute).toBe('hidden');
    one.handle({ type: 'track-muted', streamId: '1', mute: 'none' });
    expect(one.get('screen')?.mute).toBe('none');
    one.handle({ type: 'track-muted', streamId: 'of nobody', mute: 'paused' });
    expect(one.get('screen')?.mute).toBe('none');
  });

  it('goes with its link, and comes with the next one though its word was there first', () => {
    const { one } = tracks();
    one.handleStream(fakeStream('1'));
    one.handle(published('1'));
    one.handle(published('2'));
    one.detach();
    expect(one.get('screen')).toBeNull();
    one.handleStream(fakeStream('2'));
    expect(one.get('screen')?.stream.id).toBe('2');
  });

  it('is found among streams that nobody named, of which the oldest are dropped', () => {
    const { one } = tracks();
    for (let n = 0; n < 1000; n++) one.handleStream(fakeStream(String(n)));
    one.handle(published('0'));
    expect(one.get('screen')).toBeNull();
    one.handle(published('999'));
    expect(one.get('screen')?.stream.id).toBe('999');
  });

  it('of a source that only a newer version knows is left alone, and so are its words', () => {
    const { one } = tracks();
    const newer = { type: 'track-published', source: 'hologram', streamId: '1', mute: 'none' };
    one.handleStream(fakeStream('1'));
    one.handle(TrackMessage.parse(newer));
    one.handle({ type: 'track-muted', streamId: '1', mute: 'paused' });
    expect(one.isRunning).toBe(false);
    one.handle(published('2'));
    one.handleStream(fakeStream('2'));
    one.handle({ type: 'track-unpublished', streamId: '1' });
    expect(one.get('screen')?.stream.id).toBe('2');
  });
});
