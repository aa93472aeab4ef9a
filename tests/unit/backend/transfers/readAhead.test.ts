import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../src/main/node/systemClock';
import { ReadAhead } from '../../../../src/backend/transfers/lanes/ReadAhead';
import { HitherError } from '../../../../src/shared/errors';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import type { PageSource } from '../../../../src/shared/transfer/ports';

/** Reads so far: of which file, from which block on, how many bytes. */
let reads: [file: string, block: number, lengthBytes: number][];
let failing: Set<string>;
let ahead: ReadAhead;

/** Block `index` of a file of so many blocks and 7 bytes; the last one has the 7. */
function sourceOf(sourceId: string, index: number, blocks: number): PageSource {
  const sizeBytes = blocks * BLOCK_BYTES + 7;
  const offsetBytes = index * BLOCK_BYTES;
  const lengthBytes = Math.min(BLOCK_BYTES, sizeBytes - offsetBytes);
  return { kind: 'page', sourceId, offsetBytes, lengthBytes, sizeBytes };
}

/** Every byte of a block is its number. */
async function bytesOf({ sourceId, offsetBytes, lengthBytes }: PageSource): Promise<Uint8Array> {
  reads.push([sourceId, offsetBytes / BLOCK_BYTES, lengthBytes]);
  await Promise.resolve();
  if (failing.has(sourceId)) throw new HitherError('source-changed', { name: sourceId });
  const bytes = new Uint8Array(lengthBytes);
  for (let at = 0; at < lengthBytes; at += BLOCK_BYTES)
    bytes.fill((offsetBytes + at) / BLOCK_BYTES, at, at + BLOCK_BYTES);
  return bytes;
}

async function expectBlock(source: PageSource): Promise<void> {
  const bytes = await ahead.block(source);
  expect(bytes).toHaveLength(source.lengthBytes);
  const number = source.offsetBytes / BLOCK_BYTES;
  expect([bytes[0], bytes.at(-1)]).toEqual([number, number]);
}

beforeEach(() => {
  vi.useFakeTimers();
  reads = [];
  failing = new Set();
  ahead = new ReadAhead(systemClock, bytesOf);
});

afterEach(() => {
  vi.useRealTimers();
});

describe('reading ahead in a page’s large file', () => {
  it('reads four blocks at a time and gives each out once, the short last one too', async () => {
    await Promise.all([0, 1, 2, 3, 4, 5].map((index) => expectBlock(sourceOf('f', index, 9))));
    for (const index of [6, 7, 8, 9]) await expectBlock(sourceOf('f', index, 9));
    const four = 4 * BLOCK_BYTES;
    expect(reads).toEqual([
      ['f', 0, four],
      ['f', 4, four],
      ['f', 8, BLOCK_BYTES + 7],
    ]);
  });

  it('reads what is asked for again by itself', async () => {
    await expectBlock(sourceOf('f', 0, 8));
    await expectBlock(sourceOf('f', 0, 8));
    await expectBlock(sourceOf('f', 1, 8));
    expect(reads).toEqual([
      ['f', 0, 4 * BLOCK_BYTES],
      ['f', 0, BLOCK_BYTES],
    ]);
  });

  it('begins with the block that is asked for, as a transfer that goes on has those before it', async () => {
    await expectBlock(sourceOf('f', 6, 20));
    await expectBlock(sourceOf('f', 5, 20));
    await expectBlock(sourceOf('f', 7, 20));
    expect(reads).toEqual([
      ['f', 6, 2 * BLOCK_BYTES],
      ['f', 5, BLOCK_BYTES],
    ]);
  });

  it('reads a file of one block, and a last block, as they are', async () => {
    await expectBlock(sourceOf('small', 0, 0));
    await expectBlock(sourceOf('f', 4, 4));
    expect(reads).toEqual([
      ['small', 0, 7],
      ['f', 4, 7],
    ]);
  });

  it('holds no more than four windows, and reads block by block beyond them', async () => {
    for (const file of ['a', 'b', 'c', 'd', 'e']) await expectBlock(sourceOf(file, 0, 8));
    expect(reads.map(([, , lengthBytes]) => lengthBytes / BLOCK_BYTES)).toEqual([4, 4, 4, 4, 1]);
    for (const index of [1, 2, 3]) await expectBlock(sourceOf('a', index, 8));
    await expectBlock(sourceOf('e', 1, 8));
    expect(reads.at(-1)).toEqual(['e', 1, 3 * BLOCK_BYTES]);
  });

  it('counts what is on its way as well', async () => {
    const wanted = ['a', 'b', 'c', 'd'].flatMap((file) =>
      [0, 1, 2, 3].map((index) => ahead.block(sourceOf(file, index, 8))),
    );
    const fifth = ahead.block(sourceOf('e', 0, 8));
    expect(reads.map(([, , lengthBytes]) => lengthBytes / BLOCK_BYTES)).toEqual([4, 4, 4, 4, 1]);
    await Promise.all([...wanted, fifth]);
  });

  it('lets go of a window that nobody takes from for five seconds', async () => {
    await expectBlock(sourceOf('f', 0, 8));
    vi.advanceTimersByTime(4_000);
    await expectBlock(sourceOf('f', 1, 8));
    vi.advanceTimersByTime(4_000);
    await expectBlock(sourceOf('f', 2, 8));
    expect(reads).toHaveLength(1);
    vi.advanceTimersByTime(5_000);
    await expectBlock(sourceOf('f', 3, 8));
    expect(reads.at(-1)).toEqual(['f', 3, BLOCK_BYTES]);
    expect(reads).toHaveLength(2);
  });

  it('fails all who wait for a window that can’t be read, and tries again for the next', async () => {
    failing.add('f');
    const outcomes = await Promise.allSettled([0, 1].map((index) => ahead.block(sourceOf('f', index, 8))));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({ reason: { code: 'source-changed', facts: { name: 'f' } } });
    expect(reads).toHaveLength(1);
    failing.clear();
    await expectBlock(sourceOf('f', 2, 8));
    expect(reads.at(-1)).toEqual(['f', 2, 2 * BLOCK_BYTES]);
  });

  it('forgets everything when the page goes', async () => {
    await expectBlock(sourceOf('f', 0, 8));
    ahead.clear();
    await expectBlock(sourceOf('f', 1, 8));
    expect(reads.at(-1)).toEqual(['f', 1, 3 * BLOCK_BYTES]);
  });
});
