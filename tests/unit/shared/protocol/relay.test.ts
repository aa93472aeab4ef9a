import { describe, expect, it } from 'vitest';
import {
  encodeRelayAck,
  encodeRelayData,
  epochTag,
  RELAY_CLOSE_CODES,
  readRelayFrame,
} from '../../../../src/shared/protocol/relay';

describe('frames of a relay', () => {
  it('say what they are', () => {
    const data = encodeRelayData(epochTag('0a0b0c0dff'), 258, Uint8Array.of(7));
    expect(data).toEqual(Uint8Array.of(1, 10, 11, 12, 13, 0, 0, 1, 2, 7));
    expect(readRelayFrame(data)).toEqual({ kind: 'data', tag: 0x0a0b0c0d, number: 258 });
    const [tag, number] = [2 ** 32 - 1, 2 ** 32 - 1];
    expect(readRelayFrame(encodeRelayAck(tag, number))).toEqual({ kind: 'ack', tag, number });
  });

  it.each([
    ['nothing', []],
    ['half a head', [1, 0, 0, 0, 0, 0, 0, 0]],
    ['data without a byte', [1, 0, 0, 0, 0, 0, 0, 0, 1]],
    ['an acknowledgement with more', [2, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
    ['another kind', [3, 0, 0, 0, 0, 0, 0, 0, 1, 1]],
    ['number 0', [1, 0, 0, 0, 9, 0, 0, 0, 0, 1]],
  ])('%s is none', (_, bytes) => {
    expect(readRelayFrame(Uint8Array.from(bytes))).toBeNull();
  });

  it('have a close code of its own for each reason', () => {
    const codes = Object.values(RELAY_CLOSE_CODES);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes.every((code) => code >= 4000 && code < 5000)).toBe(true);
  });
});
