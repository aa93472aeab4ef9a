import { beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/main/node/systemClock';
import { PageReads } from '../../../../src/backend/transfers/lanes/PageReads';
import { SourceRead } from '../../../../src/shared/contract/transfers';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';

let asked: SourceRead[];
let reads: PageReads;

/** A read of a file whose bytes are all its number. */
const read = (file: number, lengthBytes: number): Promise<Uint8Array> =>
  reads.read({
    kind: 'page',
    sourceId: `file-${String(file)}`,
    offsetBytes: 0,
    lengthBytes,
    sizeBytes: lengthBytes,
  });

const numberOf = (sourceId: string): number => Number(sourceId.slice('file-'.length));

function answer(index: number): void {
  const { jobId, parts } = SourceRead.parse(asked[index]);
  const bytes = parts.map(({ sourceId, lengthBytes }) => Buffer.alloc(lengthBytes, numberOf(sourceId)));
  reads.answer({ jobId, bytes: Buffer.concat(bytes) });
}

const filesOf = (index: number): number[] =>
  (asked[index]?.parts ?? []).map((part) => numberOf(part.sourceId));

beforeEach(() => {
  asked = [];
  reads = new PageReads(systemClock, (one) => asked.push(one));
});

describe('reads of a page’s files', () => {
  it('asks for each of the larger files at once', async () => {
    const wanted = Array.from({ length: 6 }, (_, file) => read(file, BLOCK_BYTES / 2));
    expect(asked.map((_, index) => filesOf(index))).toEqual([[0], [1], [2], [3], [4], [5]]);
    for (const index of asked.keys()) answer(index);
    expect((await Promise.all(wanted)).map((bytes) => bytes[0])).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('asks for a large file four blocks at a time', async () => {
    const sizeBytes = 6 * BLOCK_BYTES;
    const wanted = Array.from({ length: 6 }, (_, index) => {
      const part = { offsetBytes: index * BLOCK_BYTES, lengthBytes: BLOCK_BYTES };
      return reads.read({ kind: 'page', sourceId: 'file-9', ...part, sizeBytes });
    });
    expect(asked.map(({ parts }) => parts.map((part) => part.lengthBytes / BLOCK_BYTES))).toEqual([[4], [2]]);
    for (const index of asked.keys()) answer(index);
    for (const bytes of await Promise.all(wanted)) expect([bytes.length, bytes[0]]).toEqual([BLOCK_BYTES, 9]);
  });

  it('gathers small files while reads are under way, and gives each its own bytes', async () => {
    const wanted = Array.from({ length: 200 }, (_, file) => read(file, 1 + (file % 7)));
    expect(asked.map((_, index) => filesOf(index).length)).toEqual([1, 1]);
    for (let index = 0; index < asked.length; index++) answer(index);
    expect(asked.map((_, index) => filesOf(index).length)).toEqual([1, 1, 128, 70]);
    for (const [file, bytes] of (await Promise.all(wanted)).entries())
      expect([...bytes]).toEqual(Array.from({ length: 1 + (file % 7) }, () => file));
  });

  it('asks for no more than a block in one read', async () => {
    const wanted = Array.from({ length: 12 }, (_, file) => read(file, BLOCK_BYTES / 4));
    for (let index = 0; index < asked.length; index++) answer(index);
    await Promise.all(wanted);
    expect(asked.map((_, index) => filesOf(index).length)).toEqual([1, 1, 4, 4, 2]);
  });

  it('finds the file that can’t be read among many, and reads the others', async () => {
    const wanted = Array.from({ length: 6 }, (_, file) => read(file, 3));
    answer(0);
    expect(filesOf(2)).toEqual([2, 3, 4, 5]);
    const failure = { code: 'source-changed', facts: { name: 'four' } } as const;
    reads.answer({ jobId: asked[2]?.jobId ?? -1, failure });
    expect(asked.slice(3).map(({ parts }) => parts.length)).toEqual([1, 1, 1, 1]);
    for (let index = 3; index < 7; index++)
      if (filesOf(index)[0] === 4) reads.answer({ jobId: asked[index]?.jobId ?? -1, failure });
      else answer(index);
    answer(1);
    const outcomes = await Promise.allSettled(wanted);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).toEqual([
      true,
      true,
      true,
      true,
      false,
      true,
    ]);
    expect(outcomes[4]).toMatchObject({ reason: { code: 'source-changed', facts: { name: 'four' } } });
  });

  it('does not take bytes of another length', async () => {
    const wanted = read(1, 3);
    reads.answer({ jobId: asked[0]?.jobId ?? -1, bytes: new Uint8Array(4) });
    await expect(wanted).rejects.toMatchObject({ code: 'internal' });
  });

  it('ignores an answer nobody waits for, and goes on', async () => {
    const wanted = Array.from({ length: 4 }, (_, file) => read(file, 1));
    answer(0);
    answer(0);
    reads.answer({ jobId: 999, bytes: new Uint8Array(1) });
    answer(1);
    expect(asked.map((_, index) => filesOf(index))).toEqual([[0], [1], [2, 3]]);
    answer(2);
    await Promise.all(wanted);
  });

  it('fails what was asked for and what waits when the page goes, and serves the next page', async () => {
    const wanted = Array.from({ length: 5 }, (_, file) => read(file, 1));
    reads.pageGone();
    for (const outcome of await Promise.allSettled(wanted))
      expect(outcome).toMatchObject({ reason: { code: 'unknown-source' } });
    const next = read(7, 2);
    answer(asked.length - 1);
    expect([...(await next)]).toEqual([7, 7]);
  });
});
