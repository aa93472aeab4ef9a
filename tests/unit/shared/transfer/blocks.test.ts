import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES, blockCount, blockLength, BlockMap } from '../../../../src/shared/transfer/blocks';

describe('blocks', () => {
  it('add up to the file, whatever its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 * BLOCK_BYTES }), (sizeBytes) => {
        let sum = 0;
        for (let index = 0; index < blockCount(sizeBytes); index++) sum += blockLength(sizeBytes, index);
        expect(sum).toBe(sizeBytes);
        expect(blockLength(sizeBytes, blockCount(sizeBytes))).toBe(0);
      }),
    );
  });

  it('are told as ranges that give the same map again', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -2, max: 50 })), (indexes) => {
        const map = new BlockMap(40 * BLOCK_BYTES);
        for (const index of indexes) map.add(index);
        const again = new BlockMap(40 * BLOCK_BYTES);
        for (const [from, to] of map.ranges()) for (let index = from; index < to; index++) again.add(index);
        expect(again.ranges()).toEqual(map.ranges());
        expect(map.isComplete).toBe(new Set(indexes.filter((index) => index >= 0 && index < 40)).size === 40);
      }),
    );
  });
});
