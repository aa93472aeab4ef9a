import { describe, expect, it } from 'vitest';
import { ChunkWriter } from '../../../../../src/renderer/core/media/recording/ChunkWriter';
import { HitherError } from '../../../../../src/shared/errors';

const MIB = 1024 * 1024;
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** A disk that takes bytes when it is told to. */
function slowDisk() {
  const written: { offsetBytes: number; length: number }[] = [];
  const waiting: ((failure: Error | null) => void)[] = [];
  const failures: unknown[] = [];
  const writer = new ChunkWriter({
    write: (offsetBytes, { length }) =>
      new Promise<void>((resolve, reject) => {
        written.push({ offsetBytes, length });
        waiting.push((failure) => {
          if (failure) reject(failure);
          else resolve();
        });
      }),
    onFailure: (error) => failures.push(error),
  });
  const next = async (failure: Error | null = null): Promise<void> => {
    await settle();
    waiting.shift()?.(failure);
    await settle();
  };
  return { writer, written, failures, next };
}

const chunk = (bytes: number) => new Blob([new Uint8Array(bytes)]);

describe('ChunkWriter', () => {
  it('writes one piece after the other, each behind the one before, and none larger than a request takes', async () => {
    const { writer, written, next } = slowDisk();
    writer.add(chunk(10));
    writer.add(chunk(5 * MIB));
    await settle();
    expect(written).toEqual([{ offsetBytes: 0, length: 10 }]);
    await next();
    expect(written.slice(1)).toEqual([{ offsetBytes: 10, length: 4 * MIB }]);
    let isDrained = false;
    const draining = writer.drained().then(() => (isDrained = true));
    await next();
    expect(written.slice(2)).toEqual([{ offsetBytes: 10 + 4 * MIB, length: MIB }]);
    expect(isDrained).toBe(false);
    await next();
    await draining;
  });

  it('gives up once, with what the disk says, and writes nothing more', async () => {
    const { writer, written, failures, next } = slowDisk();
    writer.add(chunk(1));
    writer.add(chunk(1));
    await next(new HitherError('disk-full'));
    writer.add(chunk(1));
    await writer.drained();
    expect(failures).toMatchObject([{ code: 'disk-full' }]);
    expect(written).toHaveLength(1);
  });

  it('keeps no more than it means to for a disk that stands still, and still writes that', async () => {
    const { writer, written, failures, next } = slowDisk();
    for (let n = 0; n < 30; n++) writer.add(chunk(2 * MIB));
    expect(failures).toMatchObject([{ code: 'disk-slow' }]);
    for (let n = 0; n < 30; n++) await next();
    await writer.drained();
    expect(written).toHaveLength(24);
    expect(failures).toHaveLength(1);
  });
});
