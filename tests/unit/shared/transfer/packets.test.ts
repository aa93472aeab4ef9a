import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import { type Block, BlockAssembler, packetsOf } from '../../../../src/shared/transfer/packets';

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
    const huge = first!.slice();
    new DataView(huge.buffer).setUint32(20, BLOCK_BYTES + 1);
    expect(() => assembler.push(huge)).toThrow(expect.objectContaining(refused));
  });

  it('of a block that was broken off give way to the next one', () => {
    const assembler = new BlockAssembler();
    const [first] = cut(block(new Uint8Array(3000)), 1600);
    assembler.push(first!);
    const [whole] = cut(block(new Uint8Array(100).fill(1)), 1600);
    expect(assembler.push(whole!)?.bytes).toEqual(new Uint8Array(100).fill(1));
  });
});
