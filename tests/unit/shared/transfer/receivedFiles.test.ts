import { describe, expect, it } from 'vitest';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import type { SinkPort } from '../../../../src/shared/transfer/ports';
import { ReceiveProgress } from '../../../../src/shared/transfer/receiving/ReceiveProgress';
import { ReceivedFiles } from '../../../../src/shared/transfer/receiving/ReceivedFiles';

/** Files that may be open at a time. */
const MAX_OPEN = 128;
const DIGEST = new Uint8Array(32);

/** Files that accept every block, and how many are open. */
class CountingSink {
  open = 0;
  mostOpen = 0;
  readonly port = {
    open: () => {
      this.mostOpen = Math.max(this.mostOpen, ++this.open);
      let isOpen = true;
      return Promise.resolve({
        write: () => Promise.resolve(),
        finish: () => {
          if (isOpen) this.open--;
          isOpen = false;
          return Promise.resolve();
        },
        commit: () => Promise.resolve(),
      });
    },
    drop: () => Promise.resolve(),
  } as unknown as SinkPort;
}

function receive(count: number, sizeBytes: number) {
  const entries = Array.from({ length: count }, (_, index): ManifestEntry => ({
    kind: 'file',
    path: `file ${index}`,
    sizeBytes,
  }));
  const sink = new CountingSink();
  const handlers = {
    onNamed: () => undefined,
    onDamaged: () => Promise.reject(new Error('damaged')),
  };
  const progress = new ReceiveProgress(entries);
  const files = new ReceivedFiles(
    progress,
    sink.port,
    () => DIGEST,
    () => true,
    handlers,
  );
  const write = async (fileIndex: number, blockIndex: number, length: number) => {
    const file = await files.turn(fileIndex);
    const block = { streamNo: 1, fileIndex, blockIndex, bytes: new Uint8Array(length), digest: DIGEST };
    await file?.accept(block, blockIndex * BLOCK_BYTES);
    files.wrote(fileIndex);
  };
  return { files, sink, write };
}

describe('the files of an incoming transfer', () => {
  it('are closed when they are whole, even where the sender never says what they should be', async () => {
    const { sink, write } = receive(500, 10);
    for (let file = 0; file < 500; file++) await write(file, 0, 10);
    expect(sink.mostOpen).toBeLessThanOrEqual(MAX_OPEN);
    expect(sink.open).toBe(0);
  });

  it('are left alone by digests of which one is of no file', async () => {
    const { files, write } = receive(1, 10);
    await write(0, 0, 10);
    // The first is wrong for its file, which would start over with nobody waiting for what comes of it.
    const digests = [
      { file: 0, digest: 'f'.repeat(64) },
      { file: 7, digest: 'f'.repeat(64) },
    ];
    await expect(files.handleDigests(digests)).rejects.toMatchObject({ code: 'protocol-violation' });
    // A rejection that nobody waits for would fail this test by then.
    await new Promise((resolve) => setTimeout(resolve, 20));
  });

  it('are called in the order of their turns, every step for a file at once, and no more than there are places', async () => {
    const { files, write, sink } = receive(MAX_OPEN + 3, 2 * BLOCK_BYTES);
    for (let file = 0; file < MAX_OPEN; file++) await write(file, 0, BLOCK_BYTES);
    const [first, second, third] = [MAX_OPEN, MAX_OPEN + 1, MAX_OPEN + 2];
    const called: string[] = [];
    const turn = (file: number, step: string) => files.turn(file).then(() => called.push(step));
    const turns = [
      turn(first, 'first'),
      turn(second, 'second'),
      turn(third, 'third'),
      turn(second, 'second again'),
    ];
    // Whoever may be called has been called by then.
    const settle = () => new Promise((resolve) => setTimeout(resolve, 5));
    await write(0, 1, BLOCK_BYTES);
    // Its place is the first one's already, so that this step waits as well.
    turns.push(turn(second, 'second at last'));
    await settle();
    expect(called).toEqual(['first']);
    await write(1, 1, BLOCK_BYTES);
    await settle();
    expect(called).toEqual(['first', 'second', 'second again', 'second at last']);
    await write(2, 1, BLOCK_BYTES);
    await Promise.all(turns);
    expect(called.at(-1)).toBe('third');
    expect(sink.mostOpen).toBeLessThanOrEqual(MAX_OPEN);
  });
});
