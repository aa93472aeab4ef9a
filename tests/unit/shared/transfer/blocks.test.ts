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

  it('are in a map what was added and not removed, in whatever order', () => {
    const step = fc.record({ adds: fc.boolean(), index: fc.integer({ min: -3, max: 20 }) });
    const someSteps = fc.array(step, { maxLength: 100, size: 'max' });
    fc.assert(
      fc.property(someSteps, fc.integer({ min: 1, max: 20 }), (steps, count) => {
        const map = new BlockMap(count * BLOCK_BYTES - 1);
        const model = new Set<number>();
        for (const { adds, index } of steps) {
          if (adds) map.add(index);
          else map.remove(index);
          if (adds && index >= 0 && index < count) model.add(index);
          if (!adds) model.delete(index);
        }
        const all = Array.from({ length: 48 }, (_, index) => index - 3);
        expect(all.filter((index) => map.has(index))).toEqual(all.filter((index) => model.has(index)));
        expect(map.isComplete).toBe(model.size === count);
        const ranges = map.ranges();
        expect(ranges.flatMap(([from, to]) => Array.from({ length: to - from }, (_, i) => from + i))).toEqual(
          [...model].sort((a, b) => a - b),
        );
        // As few ranges as there can be.
        expect(ranges.every(([from], at) => at === 0 || from > ranges[at - 1]![1])).toBe(true);
      }),
      { numRuns: 1000 },
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
