import { describe, expect, it, vi } from 'vitest';
import { sendKeyFrames } from '../../../../src/renderer/core/peer/keyFrames';

function sender(kind: string | null, setParameters = vi.fn(() => Promise.resolve())) {
  const parameters = { encodings: [{ maxBitrate: 1 }, { maxBitrate: 2 }] };
  return { track: kind === null ? null : { kind }, getParameters: () => parameters, setParameters };
}

const connectionWith = (...senders: ReturnType<typeof sender>[]): RTCPeerConnection =>
  ({ getSenders: () => senders }) as unknown as RTCPeerConnection;

describe('the whole pictures after a path was lost', () => {
  it('are asked of every encoding of a video, with its parameters as they were', async () => {
    const video = sender('video');
    await sendKeyFrames(connectionWith(video));
    expect(video.setParameters).toHaveBeenCalledExactlyOnceWith(video.getParameters(), {
      encodingOptions: [{ keyFrame: true }, { keyFrame: true }],
    });
  });

  it('concern no sound and no sender without a track', async () => {
    const others = [sender('audio'), sender(null)];
    await sendKeyFrames(connectionWith(...others));
    for (const other of others) expect(other.setParameters).not.toHaveBeenCalled();
  });

  it('come of the others where one sender refuses', async () => {
    const refusing = sender(
      'video',
      vi.fn(() => Promise.reject(new Error('closed'))),
    );
    const video = sender('video');
    await sendKeyFrames(connectionWith(refusing, video));
    expect(video.setParameters).toHaveBeenCalledOnce();
  });
});
