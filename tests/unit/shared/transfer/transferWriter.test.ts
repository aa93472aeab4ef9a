import { describe, expect, it } from 'vitest';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import { ReceiveProgress } from '../../../../src/shared/transfer/receiving/ReceiveProgress';
import { TransferWriter } from '../../../../src/shared/transfer/receiving/TransferWriter';
import { MemorySink, sha256 } from '../../../support/transfer/memory';

describe('what is on disk of a transfer', () => {
  it('counts what was written of one file while another one was being removed', async () => {
    const entries = [0, 1].map((index): ManifestEntry => ({
      kind: 'file',
      path: `f${index}`,
      sizeBytes: 2 * BLOCK_BYTES,
      modifiedMs: 1,
    }));
    const progress = new ReceiveProgress(entries);
    const sink = new MemorySink(entries);
    let removed = (): void => undefined;
    sink.drop = () => new Promise((resolve) => (removed = resolve));
    const writer = new TransferWriter(
      progress,
      sink,
      null,
      sha256,
      () => true,
      () => undefined,
    );
    const write = (fileIndex: number) => {
      const bytes = new Uint8Array(BLOCK_BYTES);
      return writer.write({ streamNo: 1, fileIndex, blockIndex: 0, bytes, digest: sha256(bytes) });
    };
    await write(0);
    const changing = writer.handleChanges([{ file: 0, sizeBytes: BLOCK_BYTES, modifiedMs: 2 }]);
    await write(1);
    removed();
    await changing;
    expect(progress.doneBytes).toBe(BLOCK_BYTES);
  });
});
