import { afterEach, describe, expect, it, vi } from 'vitest';
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

afterEach(() => {
  vi.useRealTimers();
});

describe('blocks under way', () => {
  it('are late when a lane has brought two that were handed out after them', () => {
    const { underways, blocks } = handedOut(slow, fast, fast, slow, fast);
    underways.acknowledge([[1, 2]]);
    expect(underways.lateFor(fast)).toBeNull();
    underways.acknowledge([[4, 5]]);
    expect(underways.lateFor(fast)).toBe(blocks[0]);
    blocks[0]!.repeatedBy = fast;
    // The fourth has been overtaken by the last one alone, and a lane’s own blocks can’t be late to it.
    expect(underways.lateFor(fast)).toBeNull();
    underways.acknowledge([[0, 1]]);
    expect(underways.lateFor(slow)).toBeNull();
  });

  it('are late again when the lane that was to carry them a second time is gone', () => {
    const { underways, blocks } = handedOut(slow, fast, fast, other, other);
    underways.acknowledge([[1, 5]]);
    blocks[0]!.repeatedBy = fast;
    expect(underways.lateFor(other)).toBeNull();
    underways.forget(other);
    underways.forget(fast);
    expect(underways.lateFor(fast)).toBeNull();
    underways.add({ ...blocks[1]!, lane: other });
    underways.add({ ...blocks[2]!, lane: other });
    underways.acknowledge([[1, 3]]);
    expect(underways.lateFor(other)).toBe(blocks[0]);
  });

  it('are late when they take twice as long as the last of a lane that has brought what it had, and two seconds', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { underways, blocks } = handedOut(fast, slow);
    vi.advanceTimersByTime(5_000);
    expect(underways.lateFor(fast)).toBeNull();
    underways.acknowledge([[0, 1]]);
    vi.advanceTimersByTime(4_900);
    expect(underways.lateFor(fast)).toBeNull();
    vi.advanceTimersByTime(100);
    expect(underways.lateFor(fast)).toBe(blocks[1]);
    expect(underways.lateFor(slow)).toBeNull();
    expect(underways.lateFor(other)).toBeNull();

    const quick = handedOut(fast, slow);
    vi.advanceTimersByTime(100);
    quick.underways.acknowledge([[0, 1]]);
    vi.advanceTimersByTime(1_899);
    expect(quick.underways.lateFor(fast)).toBeNull();
    vi.advanceTimersByTime(1);
    expect(quick.underways.lateFor(fast)).toBe(quick.blocks[1]);
  });
});
