import { afterEach, describe, expect, it, vi } from 'vitest';
import { encodingOf } from '../../../../src/renderer/core/media/encodings';
import { SentEncoding } from '../../../../src/renderer/core/peer/SentEncoding';

interface Parameters {
  degradationPreference?: string;
  encodings: { codec?: { mimeType: string } }[];
  codecs: { mimeType: string }[];
}

/** A sender as browsers have it; one that is old forgets a codec that is chosen for an encoding. */
function sending({ isOld = false } = {}) {
  let now: Parameters = { encodings: [{}], codecs: [] };
  const agree = (...names: string[]) => (now.codecs = names.map((name) => ({ mimeType: `video/${name}` })));
  const sender = {
    track: { id: 'T' },
    getParameters: () => structuredClone(now),
    setParameters: (next: Parameters) => {
      now = structuredClone(next);
      if (isOld) for (const each of now.encodings) delete each.codec;
      return Promise.resolve();
    },
  } as unknown as RTCRtpSender;
  const setCodecPreferences = vi.fn<(codecs: Iterable<RTCRtpCodec>) => void>();
  const negotiate = vi.fn();
  const screen = { ...encodingOf('screen'), codecs: ['AV1', 'VP9'] as const };
  const connection = { transceivers: () => [{ sender, setCodecPreferences }], negotiate };
  const sent = new SentEncoding(sender, screen, connection);
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return { sent, screen, agree, settle, setCodecPreferences, negotiate, now: () => now };
}

describe('SentEncoding', () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('chooses the best codec that both sides turn out to have', async () => {
    const { sent, agree, settle, now } = sending();
    await settle();
    expect(now().encodings[0]?.codec).toBeUndefined();
    agree('VP8', 'VP9', 'H264');
    sent.negotiated();
    await settle();
    expect(now().encodings[0]?.codec?.mimeType).toBe('video/VP9');
    expect(sent.agreedCodecs).toEqual(['VP8', 'VP9', 'H264']);
  });

  it('changes everything live, the last word last, and negotiates for none of it', async () => {
    const { sent, screen, agree, settle, negotiate, now } = sending();
    agree('AV1', 'H264');
    sent.set({ ...screen, maxFramerate: 5 });
    sent.set({
      ...{ ...screen, maxFramerate: 60, maxBitrate: 1e6, scaleResolutionDownBy: 2 },
      ...{ degradationPreference: 'maintain-framerate', codecs: ['H264'] },
    });
    await settle();
    expect(now()).toMatchObject({
      degradationPreference: 'maintain-framerate',
      encodings: [
        { maxFramerate: 60, maxBitrate: 1e6, scaleResolutionDownBy: 2, codec: { mimeType: 'video/H264' } },
      ],
    });
    expect(negotiate).not.toHaveBeenCalled();
  });

  it('has a browser that can’t choose by itself agree anew, once a codec', async () => {
    const codecs = ['VP8', 'VP9', 'AV1'].map((name) => ({ mimeType: `video/${name}` }));
    vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => ({ codecs }) });
    const { sent, agree, settle, setCodecPreferences, negotiate } = sending({ isOld: true });
    agree('VP8', 'VP9', 'AV1');
    for (let n = 0; n < 3; n++) {
      sent.negotiated();
      await settle();
    }
    expect(
      setCodecPreferences.mock.calls.map(([order]) => [...order].map(({ mimeType }) => mimeType)),
    ).toEqual([['video/AV1', 'video/VP8', 'video/VP9']]);
    expect(negotiate).toHaveBeenCalledTimes(1);
  });

  it('takes back what the next encoding does not ask for', async () => {
    const { sent, agree, settle, now } = sending();
    agree('VP8', 'AV1');
    sent.set({ ...encodingOf('screen'), scaleResolutionDownBy: 2, codecs: ['AV1'] });
    await settle();
    expect(now().encodings).toMatchObject([{ codec: { mimeType: 'video/AV1' }, scaleResolutionDownBy: 2 }]);
    sent.set({ maxBitrate: 1_000_000, contentHint: 'motion' });
    await settle();
    expect(now().encodings).toEqual([{ maxBitrate: 1_000_000, scaleResolutionDownBy: 1 }]);
    expect(now()).not.toHaveProperty('degradationPreference');
  });
});
