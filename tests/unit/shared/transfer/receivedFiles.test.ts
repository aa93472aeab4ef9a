import { describe, expect, it } from 'vitest';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import type { SinkPort } from '../../../../src/shared/transfer/ports';
import { Receipt } from '../../../../src/shared/transfer/Receipt';
import type { ReceivedFile } from '../../../../src/shared/transfer/ReceivedFile';
import { ReceivedFiles } from '../../../../src/shared/transfer/ReceivedFiles';

const DIGEST = new Uint8Array(32);
/** What `ReceivedFiles` lets be unfinished at a time. */
const MAX_OPEN = 64;

/** Files that take every block, and how many are open. */
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
  const files = new ReceivedFiles({
    receipt: new Receipt(entries),
    sink: sink.port,
    sha256: () => DIGEST,
    isTaking: () => true,
    onNamed: () => undefined,
    onDamaged: () => Promise.resolve(),
  });
  const take = async (fileIndex: number, blockIndex: number, length: number) => {
    const file = await files.turn(fileIndex);
    const block = { streamNo: 1, fileIndex, blockIndex, bytes: new Uint8Array(length), digest: DIGEST };
    await file?.take(block, blockIndex * BLOCK_BYTES);
    files.wrote(fileIndex);
  };
  return { files, sink, take };
}

describe('the files of an incoming transfer', () => {
  it('are closed when they are whole, even where the sender never says what they should be', async () => {
    const { sink, take } = receive(500, 10);
    for (let file = 0; file < 500; file++) await take(file, 0, 10);
    expect(sink.mostOpen).toBeLessThanOrEqual(MAX_OPEN);
    expect(sink.open).toBe(0);
  });

  it('are all called whose file has been opened by a later step', async () => {
    const { files, take } = receive(MAX_OPEN + 2, 2 * BLOCK_BYTES);
    for (let file = 0; file < MAX_OPEN; file++) await files.turn(file);
    const [first, second] = [MAX_OPEN, MAX_OPEN + 1];
    const turns: Promise<ReceivedFile | null>[] = [files.turn(first), files.turn(second)];
    await take(0, 0, BLOCK_BYTES);
    const file = await files.turn(0);
    const last = {
      streamNo: 1,
      fileIndex: 0,
      blockIndex: 1,
      bytes: new Uint8Array(BLOCK_BYTES),
      digest: DIGEST,
    };
    await file?.take(last, BLOCK_BYTES);
    // The first one is called; before it runs, a step for the second takes the free place.
    files.wrote(0);
    const later = files.turn(second);
    expect(await Promise.race([turns[1], new Promise((resolve) => setTimeout(resolve, 200, 'left'))])).toBe(
      await later,
    );
  });
});
