import { afterEach, describe, expect, it, vi } from 'vitest';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import type { Lane } from '../../../../src/shared/transfer/ports';
import { type InFlightBlock, InFlightBlocks } from '../../../../src/shared/transfer/sending/InFlightBlocks';
import { MemoryLane } from '../../../support/transfer/memory';

const entries = [{ kind: 'file' as const, path: 'f', sizeBytes: 100 * BLOCK_BYTES }];
const lane = (name: string): Lane => new MemoryLane(name, () => undefined);
const [slow, fast, other] = [lane('slow'), lane('fast'), lane('other')];

/** Hands out blocks in the order of their numbers, one lane for each. */
function handedOut(...lanes: readonly Lane[]): { inFlightBlocks: InFlightBlocks; blocks: InFlightBlock[] } {
  const inFlightBlocks = new InFlightBlocks(entries);
  const blocks = lanes.map((lane, blockIndex) =>
    inFlightBlocks.add(lane, { fileIndex: 0, blockIndex }, BLOCK_BYTES),
  );
  return { inFlightBlocks, blocks };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('blocks under way', () => {
  it('are late when a lane has brought two that were handed out after them', () => {
    const { inFlightBlocks, blocks } = handedOut(slow, fast, fast, slow, fast);
    inFlightBlocks.acknowledge([[1, 2]]);
    expect(inFlightBlocks.lateFor(fast)).toBeNull();
    inFlightBlocks.acknowledge([[4, 5]]);
    expect(inFlightBlocks.lateFor(fast)).toBe(blocks[0]);
    blocks[0]!.repeatedBy = fast;
    // The fourth has been overtaken by the last one alone, and a lane’s own blocks can’t be late to it.
    expect(inFlightBlocks.lateFor(fast)).toBeNull();
    inFlightBlocks.acknowledge([[0, 1]]);
    expect(inFlightBlocks.lateFor(slow)).toBeNull();
  });

  it('are late again when the lane that was to carry them a second time is gone', () => {
    const { inFlightBlocks, blocks } = handedOut(slow, fast, fast, other, other);
    inFlightBlocks.acknowledge([[1, 5]]);
    blocks[0]!.repeatedBy = fast;
    expect(inFlightBlocks.lateFor(other)).toBeNull();
    inFlightBlocks.forget(other);
    inFlightBlocks.forget(fast);
    expect(inFlightBlocks.lateFor(fast)).toBeNull();
    for (const { block, lengthBytes } of blocks.slice(1, 3)) inFlightBlocks.add(other, block, lengthBytes);
    inFlightBlocks.acknowledge([[1, 3]]);
    expect(inFlightBlocks.lateFor(other)).toBe(blocks[0]);
  });

  it('are late when they take twice as long as the last of a lane that has brought what it had, and two seconds', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { inFlightBlocks, blocks } = handedOut(fast, slow);
    vi.advanceTimersByTime(5_000);
    expect(inFlightBlocks.lateFor(fast)).toBeNull();
    inFlightBlocks.acknowledge([[0, 1]]);
    vi.advanceTimersByTime(4_900);
    expect(inFlightBlocks.lateFor(fast)).toBeNull();
    vi.advanceTimersByTime(100);
    expect(inFlightBlocks.lateFor(fast)).toBe(blocks[1]);
    expect(inFlightBlocks.lateFor(slow)).toBeNull();
    expect(inFlightBlocks.lateFor(other)).toBeNull();

    const quick = handedOut(fast, slow);
    vi.advanceTimersByTime(100);
    quick.inFlightBlocks.acknowledge([[0, 1]]);
    vi.advanceTimersByTime(1_899);
    expect(quick.inFlightBlocks.lateFor(fast)).toBeNull();
    vi.advanceTimersByTime(1);
    expect(quick.inFlightBlocks.lateFor(fast)).toBe(quick.blocks[1]);
  });
});
