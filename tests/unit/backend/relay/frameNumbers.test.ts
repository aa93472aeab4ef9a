import { describe, expect, it } from 'vitest';
import { FrameNumbers } from '../../../../src/backend/relay/FrameNumbers';
import { encodeRelayAck, epochTag } from '../../../../src/shared/protocol/relay';

const EPOCH = 'a'.repeat(32);

/** What is sent of so many payloads to a relay that allows anything and acknowledges nothing. */
function flooded(count: number, payloadBytes: number) {
  const numbers = new FrameNumbers();
  numbers.limits = { waitingFrames: Number.MAX_SAFE_INTEGER, waitingBytes: Number.MAX_SAFE_INTEGER };
  numbers.begin(EPOCH);
  let [pushed, sentBytes, frames] = [0, 0, 0];
  while (pushed < count && numbers.push(new Uint8Array(payloadBytes))) {
    pushed++;
    for (; numbers.nextBytes > 0; frames++) sentBytes += numbers.next().length;
  }
  return { numbers, pushed, sentBytes, frames };
}

describe('a relay without acknowledgements', () => {
  it('gets no more bytes than may wait here, and its member is told that nothing goes any more', () => {
    const { numbers, pushed, sentBytes } = flooded(10_000, 64 * 1024);
    expect(sentBytes).toBeLessThanOrEqual(4 * 2 ** 20);
    expect(sentBytes).toBeGreaterThan(3.9 * 2 ** 20);
    expect(pushed * 64 * 1024).toBeLessThanOrEqual(20 * 2 ** 20);
    numbers.handle(encodeRelayAck(epochTag(EPOCH), 1));
    expect(numbers.nextBytes).toBeGreaterThan(0);
  });

  it('gets no more frames than that either', () => {
    expect(flooded(10_000, 1).frames).toBe(2_048);
  });
});
