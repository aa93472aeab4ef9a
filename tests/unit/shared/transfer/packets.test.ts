import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameMemory } from '../../../../src/shared/memory';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import { type Block, BlockAssembler, PacketJoiner, packetsOf } from '../../../../src/shared/transfer/packets';

const block = (bytes: Uint8Array<ArrayBuffer>): Block => ({
  streamNo: 7,
  fileIndex: 3,
  blockIndex: 9,
  bytes,
  digest: new Uint8Array(32).fill(5),
});

/** The packets of a block, each in memory of its own. */
const cut = (whole: Block, maxPacketBytes: number): Uint8Array[] =>
  Array.from(packetsOf(whole, maxPacketBytes), (packet) => packet.slice());

describe('packets', () => {
  it('carry a block of any length through packets of any size', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 20_000 }),
        fc.integer({ min: 1024, max: 30_000 }),
        (bytes, maxPacketBytes) => {
          const assembler = new BlockAssembler();
          const packets = cut(block(new Uint8Array(bytes)), maxPacketBytes);
          const results = packets.map((packet) => assembler.push(packet));
          expect(Math.max(...packets.map((packet) => packet.length))).toBeLessThanOrEqual(maxPacketBytes);
          expect(results.slice(0, -1).every((result) => result === null)).toBe(true);
          expect(results.at(-1)).toEqual(block(new Uint8Array(bytes)));
        },
      ),
    );
  });

  it('keep blocks apart on one lane, of any transfer, whole or broken off', () => {
    const number = fc.integer({ min: 0, max: 0xffff_ffff });
    const sent = fc.record({
      streamNo: number,
      fileIndex: number,
      blockIndex: number,
      length: fc.oneof(
        fc.integer({ min: 1, max: 5000 }),
        fc.integer({ min: BLOCK_BYTES - 60, max: BLOCK_BYTES }),
      ),
      fill: fc.integer({ min: 0, max: 255 }),
      maxPacketBytes: fc.oneof(fc.integer({ min: 1024, max: 4096 }), fc.integer({ min: 4096, max: 262_144 })),
      // How many of its packets go out before the next block; beyond all of them it is whole.
      packets: fc.integer({ min: 1, max: 2000 }),
    });
    fc.assert(
      fc.property(fc.array(sent, { minLength: 1, maxLength: 5 }), (blocks) => {
        const assembler = new BlockAssembler();
        for (const { length, fill, maxPacketBytes, packets, ...id } of blocks) {
          const digest = new Uint8Array(32).fill(255 - fill);
          const whole = { ...id, bytes: new Uint8Array(length).fill(fill), digest };
          whole.bytes[length - 1] = 1;
          const cuts = cut(whole, maxPacketBytes);
          const out = cuts.slice(0, packets).map((packet) => assembler.push(packet));
          const got = out.filter((each) => each !== null);
          expect(got.length).toBe(packets >= cuts.length ? 1 : 0);
          for (const each of got) {
            expect([each.streamNo, each.fileIndex, each.blockIndex]).toEqual([
              id.streamNo,
              id.fileIndex,
              id.blockIndex,
            ]);
            expect(Buffer.compare(each.bytes, whole.bytes) + Buffer.compare(each.digest, digest)).toBe(0);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('are refused when they make no sense, and nothing else is thrown', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (garbage) => {
        const assembler = new BlockAssembler();
        try {
          assembler.push(garbage);
        } catch (error) {
          expect(error).toMatchObject({ code: 'protocol-violation' });
        }
      }),
    );
  });

  it('are refused out of order, from another block, or longer than the block', () => {
    const [first, second] = cut(block(new Uint8Array(3000)), 1600);
    const refused = { code: 'protocol-violation' };
    expect(() => new BlockAssembler().push(second!)).toThrow(expect.objectContaining(refused));
    const assembler = new BlockAssembler();
    assembler.push(first!);
    const alien = second!.slice();
    new DataView(alien.buffer).setUint32(8, 4);
    expect(() => assembler.push(alien)).toThrow(expect.objectContaining(refused));
    // A gap: the end of the block would pass for its middle.
    const [head, , tail] = cut(block(new Uint8Array(4000)), 1600);
    assembler.push(head!);
    expect(() => assembler.push(tail!)).toThrow(expect.objectContaining(refused));
    const huge = first!.slice();
    new DataView(huge.buffer).setUint32(20, BLOCK_BYTES + 1);
    expect(() => assembler.push(huge)).toThrow(expect.objectContaining(refused));
  });

  it.each([
    [969, [1024, 25]],
    [1969, [1024, 1024, 25]],
  ])('are a block only with the very last byte (%i)', (bytes, lengths) => {
    const packets = cut(block(new Uint8Array(bytes)), 1024);
    expect(packets.map(({ length }) => length)).toEqual(lengths);
    const assembler = new BlockAssembler();
    const blocks = packets.map((packet) => assembler.push(packet)?.bytes.length ?? null);
    expect(blocks).toEqual([...packets.slice(1).map(() => null), bytes]);
  });

  it('of a block that was broken off give way to the next one', () => {
    const assembler = new BlockAssembler();
    const [first] = cut(block(new Uint8Array(3000)), 1600);
    assembler.push(first!);
    const [whole] = cut(block(new Uint8Array(100).fill(1)), 1600);
    expect(assembler.push(whole!)?.bytes).toEqual(new Uint8Array(100).fill(1));
  });

  it('are joined to one packet a block, which is the same block', () => {
    const sent = block(Uint8Array.from({ length: 10_000 }, (_, index) => index % 251));
    const joiner = new PacketJoiner();
    const joined = cut(sent, 1024).flatMap((packet) => joiner.push(packet) ?? []);
    expect(joined).toHaveLength(1);
    expect(new BlockAssembler().push(joined[0]!)).toEqual(sent);
    expect(joiner.push(joined[0]!)).toBe(joined[0]);
  });

  it('are the same from memory that has been used before, on either end', () => {
    const dirty = sameMemory();
    const joiner = new PacketJoiner(sameMemory());
    for (const length of [10_000, 3000, 1, 20_000, 9000]) {
      const sent = block(Uint8Array.from({ length }, (_, index) => (index * 7 + length) % 251));
      const packets = Array.from(
        packetsOf(sent, 1024, (size) => dirty(size).fill(255)),
        (packet) => packet.slice(),
      );
      expect(packets).toEqual(cut(sent, 1024));
      const joined = packets.flatMap((packet) => joiner.push(packet) ?? []);
      expect(new BlockAssembler().push(joined[0]!)).toEqual(sent);
    }
  });
});
