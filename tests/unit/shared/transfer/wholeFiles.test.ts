import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HitherError } from '../../../../src/shared/errors';
import type { ManifestEntry, TransferMessage } from '../../../../src/shared/protocol/transfer';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import type { ReceiveJournal, WholeFiles } from '../../../../src/shared/transfer/ports';
import { Receiver } from '../../../../src/shared/transfer/receiving/Receiver';
import { isOver } from '../../../../src/shared/transfer/status';
import {
  joinedEngines,
  linkedEngines,
  MemoryLane,
  MemorySink,
  sha256,
  until,
} from '../../../support/transfer/memory';

const random = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size));
const digestsIn = (messages: readonly TransferMessage[]): number[] =>
  messages
    .flatMap((message) => (message.type === 'file-digests' ? message.digests : []))
    .map(({ file }) => file);

/** Accepts every file of one block whole; none is there before `wholeWritable` resolves. */
class WholeSink extends MemorySink {
  wholeWritable: Promise<void> = Promise.resolve();
  failures = 0;
  readonly steps: string[] = [];

  readonly whole: WholeFiles = {
    accepts: (file) => (this.entries[file]?.sizeBytes ?? 0) <= BLOCK_BYTES,
    put: async (file, bytes) => {
      this.steps.push(`put ${String(file)}`);
      await this.wholeWritable;
      if (this.failures-- > 0) throw new HitherError('disk-full');
      if (this.committed.has(file)) throw new Error('put twice');
      this.committed.set(file, Uint8Array.from(bytes));
    },
  };
}

/** A receiver alone, which is fed by hand. */
function fed(sizes: readonly number[], journal?: ReceiveJournal) {
  const entries = sizes.map((sizeBytes, index): ManifestEntry => ({
    kind: 'file',
    path: `f${String(index)}`,
    sizeBytes,
    modifiedMs: 1,
  }));
  const said: TransferMessage[] = [];
  const options = { transferId: '0'.repeat(32), entries, sha256, onChange: () => undefined };
  const receiver = new Receiver({ ...options, send: (message) => said.push(message) });
  const sink = new WholeSink(receiver.progress.entries);
  const give = (fileIndex: number, bytes: Uint8Array<ArrayBuffer>): Promise<void> =>
    receiver.handleBlock({ streamNo: 1, fileIndex, blockIndex: 0, bytes, digest: sha256(bytes) });
  const begin = (): Promise<void> => receiver.accept(sink, journal && (() => Promise.resolve(journal)));
  return { receiver, sink, said, give, begin };
}

describe('a file of one block', () => {
  it('needs no digest but its block’s, while others, and empty ones, are told', async () => {
    const files = [0, 1, BLOCK_BYTES, BLOCK_BYTES + 1].map(random);
    const { sender, receiver, sink, newLane, link } = linkedEngines(files);
    sender.attach(newLane());
    await receiver.accept(sink);
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect(digestsIn(link.toReceiver)).toEqual([0, 3]);
    files.forEach((bytes, index) => expect(Buffer.compare(sink.committed.get(index)!, bytes)).toBe(0));
  });

  it('is sent where the receiver says so before the lane that had it does', async () => {
    const { sender, receiver, sink } = joinedEngines([3, 5].map(random));
    const lane = new MemoryLane('lane', (block) => void receiver.handleBlock(block));
    const send = lane.sendBlock.bind(lane);
    lane.sendBlock = async (id, source) => {
      const digest = await send(id, source);
      if (id.fileIndex === 1) await until(() => isOver(receiver.state));
      // The lane tells late.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return digest;
    };
    sender.attach(lane);
    sender.offer();
    await receiver.accept(sink);
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect([sender.doneBytes, sender.doneFiles]).toEqual([8, 2]);
  });

  it('goes to the sink whole where that accepts it, and nothing else of it is opened', async () => {
    const files = Array.from({ length: 300 }, () => random(20));
    const { entries, sender, receiver, link } = joinedEngines(files);
    const sink = new WholeSink(entries);
    sender.attach(new MemoryLane('lane', (block) => void receiver.handleBlock(block)));
    sender.offer();
    await receiver.accept(sink);
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect(sink.opened).toBe(0);
    expect(digestsIn(link.toReceiver)).toEqual([]);
    files.forEach((bytes, index) => expect(Buffer.compare(sink.committed.get(index)!, bytes)).toBe(0));
  });

  it('is claimed in the journal before it is written, and complete after', async () => {
    const steps: string[] = [];
    const journal = {
      block: (file: number) => steps.push(`block ${String(file)}`),
      written: async () => {
        await Promise.resolve();
        steps.push('written');
      },
      complete: (file: number) => steps.push(`complete ${String(file)}`),
      close: () => Promise.resolve(),
    } as unknown as ReceiveJournal;
    const { receiver, sink, give, begin } = fed([3], journal);
    sink.steps.push = (...more) => steps.push(...more);
    await begin();
    await give(0, random(3));
    expect(steps).toEqual(['block 0', 'written', 'put 0', 'complete 0']);
    expect(receiver.state).toEqual({ phase: 'done' });
  });

  it('is asked for again where it came damaged, and written once where it comes twice', async () => {
    const { receiver, sink, said, give, begin } = fed([3, 3]);
    await begin();
    const bytes = random(3);
    await receiver.handleBlock({
      streamNo: 1,
      fileIndex: 0,
      blockIndex: 0,
      bytes,
      digest: sha256(random(4)),
    });
    expect(said).toContainEqual(expect.objectContaining({ type: 'refetch', file: 0, block: 0 }));
    expect(sink.steps).toEqual([]);
    await Promise.all([give(0, bytes), give(0, bytes)]);
    expect(sink.steps).toEqual(['put 0']);
    expect(receiver.doneFiles).toBe(1);
  });

  it('is written once where a new link brings it again while it is being written', async () => {
    const { receiver, sink, give, begin } = fed([3, 3]);
    let open = (): void => undefined;
    sink.wholeWritable = new Promise((resolve) => (open = resolve));
    await begin();
    const bytes = random(3);
    const first = give(0, bytes);
    await until(() => sink.steps.length === 1);
    receiver.pause();
    receiver.resume();
    await give(0, bytes);
    open();
    await first;
    expect(sink.steps).toEqual(['put 0']);
    expect(receiver.state).toEqual({ phase: 'active' });
  });

  it('waits with the transfer while the disk is full, and can come again', async () => {
    const { receiver, sink, give, begin } = fed([3]);
    sink.failures = 1;
    await begin();
    const bytes = random(3);
    await give(0, bytes);
    expect(receiver.state).toMatchObject({ phase: 'paused', by: 'me', failure: { code: 'disk-full' } });
    receiver.release();
    await give(0, bytes);
    expect(receiver.state).toEqual({ phase: 'done' });
  });

  it('that could not get its name gets it when there is room again, and nothing of it is sent once more', async () => {
    const { receiver, sink, give, begin } = fed([3]);
    Object.assign(sink, { whole: undefined });
    const open = sink.open.bind(sink);
    let failures = 1;
    sink.open = async (file) => {
      const opened = await open(file);
      const commit = (): Promise<void> =>
        failures-- > 0 ? Promise.reject(new HitherError('disk-full')) : opened.commit();
      return { ...opened, commit };
    };
    await begin();
    await give(0, random(3));
    expect(receiver.state).toMatchObject({ phase: 'paused', failure: { code: 'disk-full' } });
    receiver.release();
    await until(() => isOver(receiver.state));
    expect(receiver.state).toEqual({ phase: 'done' });
    expect(sink.committed.size).toBe(1);
  });

  it('that changed at the sender while it was written stays as it came; one that was not begun awaits its digest', async () => {
    const { receiver, sink, give, begin } = fed([3, 3]);
    let open = (): void => undefined;
    sink.wholeWritable = new Promise((resolve) => (open = resolve));
    await begin();
    const given = give(0, random(3));
    const changed = [0, 1].map((file) => ({ file, sizeBytes: 3, modifiedMs: 2 }));
    const transferId = '0'.repeat(32);
    receiver.handle({ type: 'files-changed', transferId, files: changed });
    open();
    await given;
    await until(() => receiver.progress.hasChanged(1));
    expect(receiver.progress.troubles.restarted).toEqual(['f1']);
    const old = random(3);
    await give(1, old);
    expect(receiver.state).toEqual({ phase: 'active' });
    expect(sink.steps).toEqual(['put 0']);
    const digest = Buffer.from(sha256(sha256(old))).toString('hex');
    receiver.handle({ type: 'file-digests', transferId, digests: [{ file: 1, digest }] });
    await until(() => isOver(receiver.state));
    expect(receiver.state).toEqual({ phase: 'done' });
  });
});
