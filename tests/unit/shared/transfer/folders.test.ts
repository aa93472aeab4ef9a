import { describe, expect, it } from 'vitest';
import type { ManifestEntry, TransferMessage } from '../../../../src/shared/protocol/transfer';
import { Receiver } from '../../../../src/shared/transfer/receiving/Receiver';
import { SendPlan } from '../../../../src/shared/transfer/sending/SendPlan';
import { MemorySink, sha256, until } from '../../../support/transfer/memory';

const folder = (path: string): ManifestEntry => ({ kind: 'folder', path, sizeBytes: 0, modifiedMs: 1 });
const file = (path: string, sizeBytes = 1): ManifestEntry => ({ kind: 'file', path, sizeBytes });
const entries = [folder('trip'), file('trip/a'), file('trip/b'), folder('trip/none')];

/** A sink whose last step waits to be let go. */
class HeldSink extends MemorySink {
  letGo = (): void => undefined;
  readonly #held = new Promise<void>((resolve) => (this.letGo = resolve));

  override async dateFolders(): Promise<void> {
    await super.dateFolders();
    await this.#held;
  }
}

async function accepting() {
  const said: TransferMessage[] = [];
  const options = { transferId: '0'.repeat(32), entries, sha256, onChange: () => undefined };
  const receiver = new Receiver({ ...options, send: (message) => said.push(message) });
  const sink = new HeldSink(entries);
  await receiver.accept(sink);
  const give = (fileIndex: number) => {
    const bytes = new Uint8Array(1);
    return receiver.handleBlock({ streamNo: 1, fileIndex, blockIndex: 0, bytes, digest: sha256(bytes) });
  };
  const lose = (...files: number[]) =>
    receiver.handle({
      type: 'files-failed',
      transferId: options.transferId,
      files: files.map((index) => ({ file: index, failure: { code: 'source-missing', facts: {} } })),
    });
  return { receiver, sink, said, give, lose };
}

describe('the folders of a transfer', () => {
  it('get their times after all files, and only then the transfer is done', async () => {
    const { receiver, sink, said, give } = await accepting();
    expect([sink.folders, receiver.doneFiles]).toEqual([[0, 3], 0]);
    await give(1);
    expect([sink.isDated, receiver.doneFiles]).toEqual([false, 1]);
    await give(2);
    await until(() => sink.isDated);
    expect([receiver.state.phase, receiver.doneFiles]).toEqual(['active', 2]);
    expect(said.some(({ type }) => type === 'done')).toBe(false);
    sink.letGo();
    await until(() => receiver.state.phase === 'done');
    expect(said.filter(({ type }) => type === 'done')).toHaveLength(1);
  });

  it('are waited for by a process that ends meanwhile', async () => {
    const { receiver, sink, give } = await accepting();
    await give(1);
    await give(2);
    let isClosed = false;
    const closing = receiver.close().then(() => (isClosed = true));
    await until(() => sink.isDated);
    // Nothing else of it waits for anything but promises that are kept.
    await new Promise((resolve) => setImmediate(resolve));
    expect(isClosed).toBe(false);
    sink.letGo();
    await closing;
    expect(receiver.state.phase).toBe('done');
  });

  it('do not undo the end that a person gave it meanwhile', async () => {
    const { receiver, sink, said, give } = await accepting();
    await give(1);
    await give(2);
    await until(() => sink.isDated);
    receiver.cancel();
    sink.letGo();
    await receiver.cleanedUp;
    expect(receiver.state.phase).toBe('cancelled');
    expect(said.some(({ type }) => type === 'done')).toBe(false);
  });

  it('are no files: a transfer all of whose files failed has failed', async () => {
    const { receiver, sink, lose } = await accepting();
    lose(1, 2);
    await until(() => receiver.state.phase === 'failed');
    expect([sink.isDated, sink.isAbandoned]).toEqual([false, true]);
    const other = await accepting();
    other.sink.letGo();
    other.lose(1);
    await other.give(2);
    await until(() => other.receiver.state.phase === 'done');
  });

  it('are no files to the sender either, before and after a resume', () => {
    const plan = new SendPlan(entries);
    const send = () => {
      const block = plan.peek();
      if (!block) throw new Error('nothing to send');
      plan.consume({ ...block });
      plan.sent(block, 1, new Uint8Array(32));
      return block.fileIndex;
    };
    expect([plan.doneFiles, plan.isComplete]).toEqual([0, false]);
    expect([send(), plan.doneFiles]).toEqual([1, 1]);
    plan.restart(2, []);
    expect([plan.doneFiles, plan.isComplete]).toEqual([1, false]);
    expect([send(), plan.doneFiles, plan.isComplete]).toEqual([2, 2, true]);
    plan.finish();
    expect([plan.doneFiles, plan.doneBytes, plan.isComplete]).toEqual([2, 2, true]);
  });
});
