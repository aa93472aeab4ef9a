import { describe, expect, it } from 'vitest';
import { encodingOf } from '../../../../src/renderer/core/media/encodings';
import { MediaSenders } from '../../../../src/renderer/core/peer/MediaSenders';

type Track = MediaStreamTrack;
const track = (id: string, kind: 'video' | 'audio' = 'video') => ({ id, kind }) as Track;

/** A connection that counts what was added to it, and says what each of its senders sends. */
function connection() {
  const sending: (string | null)[] = [];
  const state = {
    isClosed: false,
    canReplace: true,
    parameters: { encodings: [{}], codecs: [] as unknown[] },
  };
  const senders = new MediaSenders({
    transceivers: () => [],
    negotiate: () => undefined,
    add: ({ id }) => {
      if (state.isClosed) return null;
      const index = sending.push(id) - 1;
      const replaceTrack = (next: Track | null) => {
        if (!state.canReplace) return Promise.reject(new Error('not this one'));
        sending[index] = next?.id ?? null;
        return Promise.resolve();
      };
      const getParameters = () => structuredClone(state.parameters);
      const setParameters = (next: typeof state.parameters) => {
        state.parameters = structuredClone(next);
        return Promise.resolve();
      };
      const sender = { replaceTrack, getParameters, setParameters } as unknown as RTCRtpSender;
      return { sender, streamId: `stream ${index}` };
    },
  });
  return { senders, sending, state };
}

const screen = encodingOf('screen');

describe('MediaSenders', () => {
  it('sends what comes next over the sender of what was taken away', () => {
    const { senders, sending } = connection();
    const first = senders.add(track('one'), screen, false);
    first?.remove();
    expect(sending).toEqual([null]);
    expect(senders.encodings).toHaveLength(0);
    const second = senders.add(track('two'), screen, false);
    expect(second?.streamId).toBe(first?.streamId);
    expect(sending).toEqual(['two']);
    expect(senders.encodings).toHaveLength(1);
  });

  it('opens a sender for each track at a time, and for each kind', () => {
    const { senders, sending } = connection();
    senders.add(track('screen'), screen, false);
    senders.add(track('camera'), encodingOf('camera'), false)?.remove();
    senders.add(track('voice', 'audio'), encodingOf('microphone'), false);
    expect(sending).toEqual(['screen', null, 'voice']);
  });

  it('sends nothing of what is muted, over a new sender and over one that was used', () => {
    const { senders, sending } = connection();
    senders.add(track('one'), screen, true)?.remove();
    expect(sending).toEqual([null]);
    senders.add(track('two'), screen, true);
    expect(sending).toEqual([null]);
  });

  it('says nothing more for a track that was taken away', async () => {
    const { senders, sending } = connection();
    const first = senders.add(track('one'), screen, false);
    first?.remove();
    senders.add(track('two'), screen, false);
    first?.remove();
    expect(await first?.replace(track('three'))).toBe(true);
    expect(sending).toEqual(['two']);
  });

  it('leaves a sender alone that once refused a track', async () => {
    const { senders, sending, state } = connection();
    const first = senders.add(track('one'), screen, false);
    state.canReplace = false;
    expect(await first?.replace(track('two'))).toBe(false);
    first?.remove();
    senders.add(track('three'), screen, false);
    expect(sending).toEqual(['one', 'three']);
  });

  it('has no sender once the connection is closed', () => {
    const { senders, state } = connection();
    state.isClosed = true;
    expect(senders.add(track('one'), screen, false)).toBeNull();
  });
});
