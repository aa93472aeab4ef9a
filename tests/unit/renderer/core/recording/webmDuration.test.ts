import { describe, expect, it } from 'vitest';
import {
  durationElement,
  withDurationRoom,
} from '../../../../../src/renderer/core/media/recording/webmDuration';

/** The first bytes that Chromium 156 writes, up to its first cluster's beginning. */
const HEAD = Uint8Array.from(
  (
    '1a45dfa39f4286810142f7810142f2810442f381084282847765626d42878104428581021853806701ffffffffffffff' +
    '1549a966992ad7b1830f42404d80864368726f6d655741864368726f6d651654ae6b'
  ).match(/../g)!,
  (byte) => Number.parseInt(byte, 16),
);
const INFO_AT = 48;
const INFO_BYTES = 25;

describe('withDurationRoom', () => {
  it('puts an element that readers skip behind what a browser says of its file, and leaves the rest', () => {
    const { bytes, roomAt } = withDurationRoom(HEAD);
    expect(bytes.subarray(0, INFO_AT + 4)).toEqual(HEAD.subarray(0, INFO_AT + 4));
    // Its size, in eight bytes in place of one, with the room.
    expect([...bytes.subarray(INFO_AT + 4, INFO_AT + 12)]).toEqual([1, 0, 0, 0, 0, 0, 0, INFO_BYTES + 11]);
    expect(roomAt).toBe(INFO_AT + 12 + INFO_BYTES);
    expect([...bytes.subarray(roomAt!, roomAt! + 2)]).toEqual([0xec, 0x89]);
    expect(bytes.subarray(roomAt! + 11)).toEqual(HEAD.subarray(INFO_AT + 5 + INFO_BYTES));
    expect(bytes.length).toBe(HEAD.length + 7 + 11);
  });

  it('fits the duration into it', () => {
    const element = durationElement(90_500);
    expect(element.length).toBe(11);
    expect([...element.subarray(0, 3)]).toEqual([0x44, 0x89, 0x88]);
    expect(new DataView(element.buffer).getFloat64(3)).toBe(90_500);
  });

  it('leaves alone what is no such beginning, or is cut off', () => {
    const others = [new Uint8Array(0), Uint8Array.of(0, 0, 0, 24), new Uint8Array(64).fill(0xff)];
    for (let length = 1; length < INFO_AT + 5 + INFO_BYTES; length++) others.push(HEAD.slice(0, length));
    for (const head of others) expect(withDurationRoom(head)).toEqual({ bytes: head, roomAt: null });
  });
});
