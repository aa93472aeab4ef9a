import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HitherError } from '../../../../src/shared/errors';
import { BLOCK_BYTES, BlockNumbers } from '../../../../src/shared/transfer/blocks';
import { CREDIT_WINDOW_BYTES, CreditLedger } from '../../../../src/shared/transfer/receiving/CreditLedger';
import { isOver } from '../../../../src/shared/transfer/status';
import { joinedEngines, MemoryLane, until } from '../../../support/transfer/memory';
import { SimulatedClock } from '../../../support/transfer/SimulatedClock';
import { SimulatedTransfer } from '../../../support/transfer/SimulatedTransfer';

/** Small files, and some of a few blocks; the first and last bytes tell each block from every other. */
function filesOf(clock: SimulatedClock): Uint8Array<ArrayBuffer>[] {
  const sizes = Array.from({ length: clock.between(0, 12) }, () => clock.between(0, 900));
  for (let big = clock.between(0, 2); big > 0; big--)
    sizes.push(clock.between(1, 4) * BLOCK_BYTES + clock.between(-5, 5));
  if (sizes.length === 0) sizes.push(0);
  return sizes.map((size, file) => {
    const bytes = new Uint8Array(size);
    for (let at = 0; at < size; at += BLOCK_BYTES)
      for (let mark = 0; mark < 16; mark++) {
        bytes[at + mark] = file + 1;
        bytes[Math.min(size, at + BLOCK_BYTES) - 1 - mark] = at / BLOCK_BYTES + 1;
      }
    return bytes;
  });
}

async function survives(seed: number, losesLinks: boolean, damages = false): Promise<SimulatedTransfer> {
  const clock = new SimulatedClock(seed);
  const transfer = new SimulatedTransfer(clock, filesOf(clock), losesLinks, damages);
  await transfer.run();
  const { sender, receiver, sink, files } = transfer;
  expect(receiver.state).toEqual({ phase: 'done' });
  // The last word may be lost with a link; the session says it again on the next one.
  if (!losesLinks) expect(sender.state).toEqual({ phase: 'done' });
  for (const [index, bytes] of files.entries()) {
    expect(Buffer.compare(sink.committed.get(index) ?? Buffer.from('none'), bytes)).toBe(0);
  }
  const places = sink.written.map(({ fileIndex, offsetBytes }) => `${fileIndex}:${offsetBytes}`);
  expect(new Set(places).size).toBe(places.length);
  expect(receiver.progress.troubles.lostBlocks).toBe(transfer.refetched);
  expect(receiver.doneBytes).toBe(files.reduce((sum, { length }) => sum + length, 0));
  return transfer;
}

const seeds = fc.integer({ min: -0x8000_0000, max: 0x7fff_ffff });

describe('blocks over many lanes', () => {
  it('lose and double no byte, whatever lanes die, return, reorder and repeat', async () => {
    let deaths = 0;
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        deaths += (await survives(seed, false)).laneDeaths;
      }),
      { numRuns: 2000 },
    );
    expect(deaths).toBeGreaterThan(2000);
  }, 120_000);

  it('lose and double no byte when links are lost on top of it', async () => {
    let losses = 0;
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        losses += (await survives(seed, true)).linkLosses;
      }),
      { numRuns: 1000 },
    );
    expect(losses).toBeGreaterThan(200);
  }, 120_000);

  it('are fetched again when they come damaged, and counted, whatever lanes and links do', async () => {
    let refetched = 0;
    await fc.assert(
      fc.asyncProperty(seeds, fc.boolean(), async (seed, losesLinks) => {
        refetched += (await survives(seed, losesLinks, true)).refetched;
      }),
      { numRuns: 2000 },
    );
    expect(refetched).toBeGreaterThan(500);
  }, 120_000);

  it('go on over the lane that lives when another one swallows what it accepted, without a new link', async () => {
    const files = [new Uint8Array(12 * BLOCK_BYTES)];
    const { sender, receiver, sink, link } = joinedEngines(files);
    const swallowing = new MemoryLane('swallowing', () => undefined);
    const sound = new MemoryLane('sound', (block) => void receiver.handleBlock(block));
    sender.attach(swallowing);
    sender.attach(sound);
    await receiver.accept(sink);
    await until(() => swallowing.blocks >= 3);
    swallowing.isDown = true;
    sender.detach(swallowing);
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect(link.toSender.some(({ type }) => type === 'resume')).toBe(false);
  });

  it('spread over all lanes where credit is short of what they could carry', async () => {
    const { sender, receiver, sink } = joinedEngines([new Uint8Array(40 * BLOCK_BYTES)]);
    const held = Array.from({ length: 8 }, (_, number) => {
      const lane = new MemoryLane(`held ${number}`, () => undefined);
      let count = 0;
      lane.sendBlock = () => {
        count++;
        return new Promise(() => undefined);
      };
      sender.attach(lane);
      return () => count;
    });
    await receiver.accept(sink);
    await until(() => held.reduce((sum, count) => sum + count(), 0) >= CREDIT_WINDOW_BYTES / BLOCK_BYTES);
    expect(held.map((count) => count())).toEqual(Array(8).fill(2));
    sender.cancel();
  });

  it('give a fast lane more than a slow one', async () => {
    const { sender, receiver, sink } = joinedEngines([new Uint8Array(40 * BLOCK_BYTES)]);
    const deliver = (block: Parameters<typeof receiver.handleBlock>[0]): void =>
      void receiver.handleBlock(block);
    const fast = new MemoryLane('fast', deliver);
    const slow = new MemoryLane('slow', deliver);
    const send = slow.sendBlock.bind(slow);
    slow.sendBlock = async (id, source) => {
      // This is what makes it slow.
      await new Promise((resolve) => setTimeout(resolve, 200));
      return send(id, source);
    };
    sender.attach(slow);
    sender.attach(fast);
    await receiver.accept(sink);
    await until(() => isOver(sender.state));
    expect(fast.blocks).toBeGreaterThan(2 * slow.blocks);
  });

  it('end without a lane that stands still: what it is late with goes over one with nothing left to do', async () => {
    const files = [new Uint8Array(20 * BLOCK_BYTES), new Uint8Array(20 * BLOCK_BYTES)];
    const { sender, receiver, sink } = joinedEngines(files);
    let mostBytes = 0;
    const fast = new MemoryLane('fast', (block) => {
      mostBytes = Math.max(mostBytes, sender.doneBytes);
      void receiver.handleBlock(block);
    });
    // One has room for three blocks in its buffers, the other for none.
    for (const room of [3, 0]) {
      const standing = new MemoryLane(`room for ${room}`, () => undefined);
      const send = standing.sendBlock.bind(standing);
      let count = 0;
      standing.sendBlock = (id, source) => (++count > room ? new Promise(() => undefined) : send(id, source));
      sender.attach(standing);
    }
    sender.attach(fast);
    await receiver.accept(sink);
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect(sink.committed.size).toBe(files.length);
    // What two lanes accepted counts once: the last is not told of yet when it arrives.
    expect(mostBytes).toBe(39 * BLOCK_BYTES);
    expect(fast.blocks).toBe(40);
  });

  it('end without a lane that stands still, even where what another carries in its place comes damaged', async () => {
    const { sender, receiver, sink } = joinedEngines([new Uint8Array(40 * BLOCK_BYTES)]);
    const held = new Set<number>();
    const standing = new MemoryLane('standing', () => undefined);
    standing.sendBlock = ({ blockIndex }) => {
      held.add(blockIndex);
      return new Promise(() => undefined);
    };
    let damaged = 0;
    const fast = new MemoryLane('fast', (block) => {
      if (held.delete(block.blockIndex)) block.bytes[0] = ++damaged;
      void receiver.handleBlock(block);
    });
    sender.attach(standing);
    sender.attach(fast);
    await receiver.accept(sink);
    await until(() => isOver(sender.state), 10_000);
    expect(sender.state).toEqual({ phase: 'done' });
    expect(damaged).toBe(4);
    expect(sink.committed.get(0)?.every((byte) => byte === 0)).toBe(true);
  }, 15_000);

  it('end without a lane that stood still with the last of them, once that is late', async () => {
    const { sender, receiver, sink } = joinedEngines([new Uint8Array(12 * BLOCK_BYTES)]);
    const fast = new MemoryLane('fast', (block) => void receiver.handleBlock(block));
    const standing = new MemoryLane('standing', () => undefined);
    standing.sendBlock = () => new Promise(() => undefined);
    sender.attach(fast);
    await receiver.accept(sink);
    await until(() => fast.blocks >= 4);
    sender.attach(standing);
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect(fast.blocks).toBe(12);
  });
});

describe('the account of the credit', () => {
  const entries = Array.from({ length: 5000 }, (_, index) => ({
    kind: 'file' as const,
    path: `f${index}`,
    sizeBytes: 1000,
  }));

  it('tells thousands of small files that came in order as one range', () => {
    const ledger = new CreditLedger(entries, 1_000_000);
    let told: unknown = null;
    for (let fileIndex = 0; !told && fileIndex < 5000; fileIndex++) {
      const id = { streamNo: 1, fileIndex, blockIndex: 0 };
      ledger.arrive(id, 1000);
      told = ledger.consume(id, 1000);
    }
    expect(told).toEqual({ creditBytes: 1_125_000, received: [[0, 125]] });
  });

  it('counts a block once, and ends a sender that goes beyond its credit', () => {
    const ledger = new CreditLedger(entries, 2000);
    const id = (fileIndex: number) => ({ streamNo: 1, fileIndex, blockIndex: 0 });
    expect(ledger.arrive(id(0), 1000)).toBe(true);
    for (let time = 0; time < 10; time++) expect(ledger.arrive(id(0), 1000)).toBe(false);
    expect(ledger.arrive(id(1), 1000)).toBe(true);
    expect(() => ledger.arrive(id(2), 1000)).toThrow(HitherError);
  });

  it('numbers blocks through the whole manifest', () => {
    const numbers = new BlockNumbers([{ sizeBytes: 3 * BLOCK_BYTES }, { sizeBytes: 0 }, { sizeBytes: 1 }]);
    expect([numbers.of(0, 2), numbers.of(1, 0), numbers.of(2, 0), numbers.total]).toEqual([2, 3, 3, 4]);
  });
});
