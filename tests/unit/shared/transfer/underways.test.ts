import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import type { Lane } from '../../../../src/shared/transfer/ports';
import { type Underway, Underways } from '../../../../src/shared/transfer/Underways';
import { MemoryLane } from '../../../support/transfer/memory';

const entries = [{ kind: 'file' as const, path: 'f', sizeBytes: 100 * BLOCK_BYTES }];
const lane = (name: string): Lane => new MemoryLane(name, () => undefined);
const [slow, fast, other] = [lane('slow'), lane('fast'), lane('other')];

/** Hands out blocks in the order of their numbers, one lane for each. */
function handedOut(...lanes: readonly Lane[]): { underways: Underways; blocks: Underway[] } {
  const underways = new Underways(entries);
  const blocks = lanes.map((lane, blockIndex) =>
    underways.add({ lane, block: { fileIndex: 0, blockIndex }, lengthBytes: BLOCK_BYTES }),
  );
  return { underways, blocks };
}

describe('blocks under way', () => {
  it('are late when a lane has brought two that were handed out after them', () => {
    const { underways, blocks } = handedOut(slow, fast, fast, slow, fast);
    underways.acknowledge([[1, 2]]);
    expect(underways.overtakenBy(fast)).toBeNull();
    underways.acknowledge([[4, 5]]);
    expect(underways.overtakenBy(fast)).toBe(blocks[0]);
    blocks[0]!.repeatedBy = fast;
    // The fourth has been overtaken by the last one alone, and a lane’s own blocks can’t be late to it.
    expect(underways.overtakenBy(fast)).toBeNull();
    underways.acknowledge([[0, 1]]);
    expect(underways.overtakenBy(slow)).toBeNull();
  });

  it('are late again when the lane that was to carry them a second time is gone', () => {
    const { underways, blocks } = handedOut(slow, fast, fast, other, other);
    underways.acknowledge([[1, 5]]);
    blocks[0]!.repeatedBy = fast;
    expect(underways.overtakenBy(other)).toBeNull();
    underways.forget(other);
    underways.forget(fast);
    expect(underways.overtakenBy(fast)).toBeNull();
    underways.add({ ...blocks[1]!, lane: other });
    underways.add({ ...blocks[2]!, lane: other });
    underways.acknowledge([[1, 3]]);
    expect(underways.overtakenBy(other)).toBe(blocks[0]);
  });
});
