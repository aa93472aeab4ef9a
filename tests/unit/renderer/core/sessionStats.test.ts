import { describe, expect, it } from 'vitest';
import { isHeldBack, SessionStatsReader } from '../../../../src/renderer/core/peer/sessionStats';

const pair = {
  ...{ id: 'P', type: 'candidate-pair', timestamp: 0, nominated: true, state: 'succeeded' },
  ...{ currentRoundTripTime: 0.0125, availableOutgoingBitrate: 5e6 },
};
const codec = { id: 'C', type: 'codec', timestamp: 0, mimeType: 'video/VP9' };
/** A camera's stream stands beside each screen's, and before it. */
const come = (timestamp: number, bytesReceived: number, change: object = {}) => ({
  ...{ id: 'V', type: 'inbound-rtp', kind: 'video', timestamp, codecId: 'C', framesPerSecond: 29.97 },
  ...{ trackIdentifier: 'theirs', bytesReceived, packetsReceived: 0, packetsLost: 0, framesDecoded: 0 },
  ...{ frameWidth: 1600, frameHeight: 900, decoderImplementation: 'libvpx', powerEfficientDecoder: false },
  ...{ jitter: 0.002, freezeCount: 1, totalProcessingDelay: 0, totalFreezesDuration: 0, ...change },
});
const camera = { ...come(1_000, 9_999), id: 'K', trackIdentifier: 'face', framesPerSecond: 15 };
const source = { id: 'S', type: 'media-source', kind: 'video', timestamp: 0, trackIdentifier: 'ours' };
const go = (timestamp: number, bytesSent: number, change: object = {}) => ({
  ...{ id: 'O', type: 'outbound-rtp', kind: 'video', timestamp, mediaSourceId: 'S', codecId: 'C', bytesSent },
  ...{ framesEncoded: 0, totalEncodeTime: 0, encoderImplementation: 'libaom', powerEfficientEncoder: true },
  ...{ qualityLimitationReason: 'bandwidth', framesPerSecond: 12, ...change },
});
const tracks = { incoming: 'theirs', outgoing: 'ours' };

describe('SessionStatsReader', () => {
  it('tells of the screen that comes, and not of the camera beside it', () => {
    const reader = new SessionStatsReader();
    const first = reader.read([pair, codec, camera, come(1_000, 0)], tracks);
    expect(first).toMatchObject({ roundTripMs: 12.5, outgoing: null });
    expect(first.incoming).toEqual({
      ...{ widthPx: 1600, heightPx: 900, framesPerSecond: 29.97, bitsPerSecond: null, codec: 'VP9' },
      ...{ coder: 'libvpx', isHardware: false, lostFraction: null, jitterMs: 2, processingMs: null },
      ...{ freezes: 0, frozenMs: null, limit: null },
    });
    const later = { packetsReceived: 396, packetsLost: 4, framesDecoded: 50, totalProcessingDelay: 1 };
    expect(
      reader.read(
        [
          camera,
          codec,
          come(3_000, 500_000, { ...later, totalFreezesDuration: 0.25, freezeCount: 3 }),
        ].reverse(),
        tracks,
      ).incoming,
    ).toMatchObject({
      bitsPerSecond: 2_000_000,
      lostFraction: 0.01,
      processingMs: 20,
      frozenMs: 250,
      freezes: 2,
    });
    // A browser takes the pauses of a still screen for freezes.
    const still = { freezeCount: 9, totalFreezesDuration: 8 };
    expect(reader.read([come(4_000, 501_000, still)], tracks).incoming).toMatchObject({
      ...{ freezes: 2, frozenMs: 0 },
    });
  });

  it('tells of the screen that goes, with what the other side says of it', () => {
    const reader = new SessionStatsReader();
    const remote = { id: 'R', type: 'remote-inbound-rtp', localId: 'O', fractionLost: 0.1, jitter: 0.003 };
    const all = (out: object) => [pair, codec, source, remote, out];
    reader.read(all(go(1_000, 0)), tracks);
    const read = reader.read(all(go(2_000, 125_000, { framesEncoded: 10, totalEncodeTime: 0.08 })), tracks);
    expect(read).toMatchObject({ availableBitsPerSecond: 5e6, incoming: null });
    expect(read.outgoing).toMatchObject({
      ...{ bitsPerSecond: 1_000_000, processingMs: 8, lostFraction: 0.1, jitterMs: 3, freezes: null },
      ...{ coder: 'libaom', isHardware: true, limit: 'bandwidth' },
    });
  });

  it('tells nothing of what a browser leaves out, and no rate across a new stream', () => {
    const reader = new SessionStatsReader();
    reader.read([come(1_000, 500_000)], tracks);
    expect(reader.read([come(2_000, 10)], tracks).incoming).toMatchObject({ bitsPerSecond: null });
    reader.read([come(3_000, 500_000)], tracks);
    expect(reader.read([come(4_000, 600_000, { id: 'W' })], tracks).incoming?.bitsPerSecond).toBeNull();
    const bare = { id: 'V', type: 'inbound-rtp', kind: 'video', timestamp: 1, trackIdentifier: 'theirs' };
    expect(Object.values(reader.read([bare], tracks).incoming ?? {}).every((each) => each === null)).toBe(
      true,
    );
    expect(reader.read([], tracks)).toMatchObject({ roundTripMs: null, incoming: null, outgoing: null });
  });
});

it('a processor holds back what is sent where the browser says so', () => {
  expect(isHeldBack([go(0, 0)])).toBe(false);
  expect(isHeldBack([go(0, 0), go(0, 0, { qualityLimitationReason: 'cpu' })])).toBe(true);
});
