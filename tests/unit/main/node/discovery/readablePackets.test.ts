import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  isReadablePacket,
  passReadablePackets,
} from '../../../../../src/main/node/discovery/readablePackets';

/** A DNS message as far as its head goes. */
function packet(lengthBytes: number, counts: readonly number[] = [0, 1, 0, 0]): Buffer {
  const bytes = Buffer.alloc(lengthBytes);
  if (lengthBytes >= 12)
    for (const [index, count] of counts.entries()) bytes.writeUInt16BE(count, 4 + 2 * index);
  return bytes;
}

describe('packets from the network', () => {
  it('are read up to the size of the standard and a hundred records', () => {
    expect(isReadablePacket(packet(12))).toBe(true);
    expect(isReadablePacket(packet(9000, [25, 25, 25, 25]))).toBe(true);
    expect(isReadablePacket(packet(9001))).toBe(false);
    expect(isReadablePacket(packet(11))).toBe(false);
    expect(isReadablePacket(packet(0))).toBe(false);
    expect(isReadablePacket(packet(500, [25, 25, 25, 26]))).toBe(false);
    expect(isReadablePacket(packet(500, [0, 0, 0, 65_535]))).toBe(false);
  });

  it('reach nobody otherwise', () => {
    const socket = new EventEmitter();
    const heard: unknown[] = [];
    socket.on('message', (...message: unknown[]) => heard.push(message));
    passReadablePackets(socket);
    socket.emit('message', packet(9001), 'flood');
    socket.emit('message', packet(20), 'peer');
    expect(heard).toEqual([[packet(20), 'peer']]);
  });
});
