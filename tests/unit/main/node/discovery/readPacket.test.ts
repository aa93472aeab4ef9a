import { encode } from 'dns-packet';
import { describe, expect, it } from 'vitest';
import { readPacket } from '../../../../../src/main/node/discovery/readPacket';

/** A question of so many records, in a packet of a given length. */
function packet(lengthBytes: number, records: number): Buffer {
  const questions = Array.from({ length: records }, () => ({ type: 'PTR' as const, name: 'a.local' }));
  const bytes = encode({ type: 'query', questions });
  return Buffer.concat([bytes, Buffer.alloc(Math.max(0, lengthBytes - bytes.length))]);
}

/** One that counts records which it doesn't have. */
function claiming(lengthBytes: number, counts: readonly number[]): Buffer {
  const bytes = Buffer.alloc(lengthBytes);
  for (const [index, count] of counts.entries()) bytes.writeUInt16BE(count, 4 + 2 * index);
  return bytes;
}

describe('packets from the network', () => {
  it('are read up to the size of the standard and a hundred records', () => {
    expect(readPacket(packet(12, 0))).not.toBeNull();
    expect(readPacket(packet(9000, 100))?.questions).toHaveLength(100);
    expect(readPacket(packet(9001, 1))).toBeNull();
    expect(readPacket(packet(2000, 101))).toBeNull();
    expect(readPacket(claiming(500, [25, 25, 25, 26]))).toBeNull();
    expect(readPacket(claiming(500, [0, 0, 0, 65_535]))).toBeNull();
  });

  it('are nothing when they are no DNS messages', () => {
    expect(readPacket(Buffer.alloc(0))).toBeNull();
    expect(readPacket(Buffer.alloc(11))).toBeNull();
    expect(readPacket(claiming(12, [1, 0, 0, 0]))).toBeNull();
    // A name that points to itself.
    expect(
      readPacket(Buffer.concat([claiming(12, [1, 0, 0, 0]), Buffer.from([0xc0, 12, 0, 12, 0, 1])])),
    ).toBeNull();
  });
});
