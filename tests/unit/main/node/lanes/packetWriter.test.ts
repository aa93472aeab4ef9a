import type { TLSSocket } from 'node:tls';
import { describe, expect, it } from 'vitest';
import { PacketWriter } from '../../../../../src/main/node/lanes/PacketWriter';
import { Pacer } from '../../../../../src/shared/transfer/sending/Pacer';

const KIB = 1024;

/** A socket that notes what is written to it, and takes each over in a later turn. */
function socketThatNotes(written: Uint8Array[], failsFrom = Number.POSITIVE_INFINITY): TLSSocket {
  const write = (bytes: Uint8Array, done: (error?: Error) => void): void => {
    written.push(bytes);
    setImmediate(() => done(written.length > failsFrom ? new Error('gone') : undefined));
  };
  return { write } as unknown as TLSSocket;
}

describe('what a LAN lane writes', () => {
  it('goes together where it is small, in order', async () => {
    const written: Uint8Array[] = [];
    const writer = new PacketWriter(socketThatNotes(written), new Pacer(), () => undefined);
    const packets = Array.from({ length: 100 }, (_, index) => new Uint8Array(4 * KIB).fill(index));
    await Promise.all(packets.map((packet) => writer.write(packet)));
    expect(Buffer.concat(written).equals(Buffer.concat(packets))).toBe(true);
    expect(written.map(({ length }) => length / KIB)).toEqual([256, 144]);
  });

  it('is not copied where it is large', async () => {
    const written: Uint8Array[] = [];
    const writer = new PacketWriter(socketThatNotes(written), new Pacer(), () => undefined);
    const large = new Uint8Array(300 * KIB);
    await Promise.all([
      writer.write(new Uint8Array(1)),
      writer.write(large),
      writer.write(new Uint8Array(2)),
    ]);
    expect(written.map(({ length }) => length)).toEqual([1, 300 * KIB, 2]);
    expect(written[1]).toBe(large);
  });

  it('goes in small pieces where it has a speed', async () => {
    const written: Uint8Array[] = [];
    const pacer = new Pacer();
    pacer.setSpeed(1_000_000);
    const writer = new PacketWriter(socketThatNotes(written), pacer, () => undefined);
    const large = new Uint8Array(90_000).map((_, index) => index % 251);
    await writer.write(large);
    expect(written.map(({ length }) => length)).toEqual([20_000, 20_000, 20_000, 20_000, 10_000]);
    expect(Buffer.concat(written).equals(large)).toBe(true);
    expect(pacer.passedBytes).toBe(90_000);
  });

  it('fails for each packet that did not get out', async () => {
    const writer = new PacketWriter(socketThatNotes([], 1), new Pacer(), () => undefined);
    const first = writer.write(new Uint8Array(300 * KIB));
    const others = [1, 2, 3].map(() => writer.write(new Uint8Array(KIB)));
    await first;
    for (const other of others) await expect(other).rejects.toMatchObject({ code: 'connection-lost' });
  });
});
