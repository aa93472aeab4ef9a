import { type FileHandle, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OwnFolder } from '../../../../../src/main/node/files/sink/OwnFolder';
import { PartFile } from '../../../../../src/main/node/files/sink/PartFile';
import { WriteQueue } from '../../../../../src/main/node/files/sink/WriteQueue';

interface Call {
  offsetBytes: number;
  bytes: number[];
}

/** A file that notes each call, takes at most `atOnce` bytes of it, and fails with what `fail` gives. */
function noted(atOnce = Number.POSITIVE_INFINITY, fail: (call: Call) => Error | null = () => null) {
  const calls: Call[] = [];
  let inside = 0;
  const writev = async (parts: Uint8Array[], offsetBytes: number): Promise<{ bytesWritten: number }> => {
    expect(++inside).toBe(1);
    await new Promise(setImmediate);
    inside--;
    const bytes = Buffer.concat(parts).subarray(0, atOnce);
    const call = { offsetBytes, bytes: [...bytes] };
    const error = fail(call);
    if (error) throw error;
    calls.push(call);
    return { bytesWritten: bytes.length };
  };
  return { calls, queue: new WriteQueue({ writev } as unknown as FileHandle) };
}

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('writes to one file', () => {
  it('go one at a time, two together where one follows the other in the file', async () => {
    const { calls, queue } = noted();
    const pieces: [number, Uint8Array][] = [
      [0, bytes(1)],
      [1, bytes(2, 3)],
      [3, bytes(4)],
      [4, bytes(5)],
      [9, bytes(6)],
      [2, bytes(7)],
    ];
    await Promise.all(pieces.map(([offset, piece]) => queue.write(offset, piece)));
    expect(calls).toEqual([
      { offsetBytes: 0, bytes: [1] },
      { offsetBytes: 1, bytes: [2, 3, 4] },
      { offsetBytes: 4, bytes: [5] },
      { offsetBytes: 9, bytes: [6] },
      { offsetBytes: 2, bytes: [7] },
    ]);
  });

  it('go on where the system took a part', async () => {
    const { calls, queue } = noted(2);
    await Promise.all([
      queue.write(7, bytes(0)),
      queue.write(10, bytes(1, 2, 3)),
      queue.write(13, bytes(4, 5)),
    ]);
    expect(calls).toEqual([
      { offsetBytes: 7, bytes: [0] },
      { offsetBytes: 10, bytes: [1, 2] },
      { offsetBytes: 12, bytes: [3, 4] },
      { offsetBytes: 14, bytes: [5] },
    ]);
  });

  it('fail for those that did not get there, and others go on', async () => {
    const { calls, queue } = noted(Number.POSITIVE_INFINITY, ({ offsetBytes }) =>
      offsetBytes === 5 ? new Error('full') : null,
    );
    const outcomes = await Promise.allSettled([
      queue.write(0, bytes(0)),
      queue.write(5, bytes(1)),
      queue.write(6, bytes(2)),
      queue.write(20, bytes(3)),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(calls.map(({ offsetBytes }) => offsetBytes)).toEqual([0, 20]);
  });

  it('are void, and no trouble of the disk, where the file is dropped while they wait', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'hither-queue-'));
    const part = await PartFile.create({ folder: await OwnFolder.chosen(dir), name: 'a' });
    const writing = Array.from({ length: 200 }, (_, index) => part.write(index * 2e6, new Uint8Array(1e5)));
    const settled = Promise.allSettled(writing);
    await part.discard();
    const failed = (await settled).filter(({ status }) => status === 'rejected');
    expect(failed.length).toBeGreaterThan(0);
    for (const outcome of failed) expect(outcome).toMatchObject({ reason: { code: 'cancelled' } });
    expect(await readdir(dir)).toEqual([]);
    await rm(dir, { recursive: true });
  });
});
