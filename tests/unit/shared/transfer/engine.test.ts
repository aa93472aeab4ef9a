import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import { CREDIT_WINDOW_BYTES } from '../../../../src/shared/transfer/receiving/CreditLedger';
import { Receiver } from '../../../../src/shared/transfer/receiving/Receiver';
import { isOver } from '../../../../src/shared/transfer/status';
import { linkedEngines, MemorySink, sha256, until } from '../../../support/transfer/memory';

const random = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size));

describe('a transfer', () => {
  it('delivers files of every awkward size, and empty folders', async () => {
    const sizes = [0, 1, BLOCK_BYTES - 1, BLOCK_BYTES, BLOCK_BYTES + 1, 3 * BLOCK_BYTES + 17, 0];
    const files = sizes.map(random);
    const { sender, receiver, sink, newLane } = linkedEngines(files);
    sender.attach(newLane());
    sender.offer();
    await receiver.accept(sink);
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect(receiver.state).toEqual({ phase: 'done' });
    files.forEach((bytes, index) => expect(Buffer.compare(sink.committed.get(index)!, bytes)).toBe(0));
    expect(sink.folders).toEqual([sizes.length]);
    expect(receiver.doneBytes).toBe(sizes.reduce((a, b) => a + b));
    expect(sender.doneBytes).toBe(receiver.doneBytes);
  });

  it('keeps within the credit while the disk is slow', async () => {
    const { sender, receiver, sink, newLane } = linkedEngines([
      random(CREDIT_WINDOW_BYTES + 8 * BLOCK_BYTES),
    ]);
    let open = (): void => undefined;
    sink.writable = new Promise((resolve) => (open = resolve));
    const lane = newLane();
    sender.attach(lane);
    await receiver.accept(sink);
    await until(() => lane.blocks >= CREDIT_WINDOW_BYTES / BLOCK_BYTES);
    // Blocks beyond the credit would have gone by then.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lane.blocks).toBe(CREDIT_WINDOW_BYTES / BLOCK_BYTES);
    open();
    await until(() => isOver(sender.state));
    expect(sender.state.phase).toBe('done');
  });

  it('accepts hundreds of small files that are ahead of a slow disk, opening few of them at a time', async () => {
    const { sender, receiver, sink, newLane } = linkedEngines(Array.from({ length: 300 }, () => random(10)));
    let open = (): void => undefined;
    sink.writable = new Promise((resolve) => (open = resolve));
    const lane = newLane();
    sender.attach(lane);
    await receiver.accept(sink);
    await until(() => lane.blocks === 300);
    expect(sink.opened).toBe(128);
    open();
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect(sink.committed.size).toBe(300);
  });

  it('goes on over a new link while small files wait for the disk', async () => {
    const { sender, receiver, sink, newLane, link } = linkedEngines(
      Array.from({ length: 300 }, () => random(10)),
    );
    let open = (): void => undefined;
    sink.writable = new Promise((resolve) => (open = resolve));
    const lane = newLane();
    sender.attach(lane);
    await receiver.accept(sink);
    await until(() => lane.blocks === 300);
    link.isLinked = false;
    sender.detach(lane);
    receiver.pause();
    open();
    await until(() => sink.committed.size > 0 || sink.written.length >= 64);
    link.isLinked = true;
    sender.attach(newLane());
    receiver.resume();
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    expect(sink.committed.size).toBe(300);
  });

  it('goes on over a new link from what is on disk, and sends nothing twice but what was under way', async () => {
    const files = [random(5 * BLOCK_BYTES + 5), random(10), random(20 * BLOCK_BYTES)];
    const { sender, receiver, sink, newLane, link } = linkedEngines(files);
    const lane = newLane();
    sender.attach(lane);
    await receiver.accept(sink);
    await until(() => sink.written.length >= 9);
    lane.isDown = true;
    link.isLinked = false;
    sender.detach(lane);
    receiver.pause();
    // It would have failed by then.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sender.state.phase).toBe('waiting');
    link.isLinked = true;
    sender.attach(newLane());
    receiver.resume();
    await until(() => isOver(sender.state));
    expect(sender.state.phase).toBe('done');
    files.forEach((bytes, index) => expect(Buffer.compare(sink.committed.get(index)!, bytes)).toBe(0));
    const unique = new Set(
      sink.written.map(({ fileIndex, offsetBytes }) => `${String(fileIndex)}:${String(offsetBytes)}`),
    );
    expect(sink.written.length).toBe(unique.size);
  });

  it('survives links that break at any moment', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 * BLOCK_BYTES }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }),
        async (sizes, breaks) => {
          const files = sizes.map(random);
          const { sender, receiver, sink, newLane, link } = linkedEngines(files);
          let lane = newLane();
          sender.attach(lane);
          await receiver.accept(sink);
          for (const turns of breaks) {
            for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
            if (isOver(sender.state) || isOver(receiver.state)) break;
            link.isLinked = false;
            lane.isDown = true;
            sender.detach(lane);
            receiver.pause();
            for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
            link.isLinked = true;
            lane = newLane();
            sender.attach(lane);
            receiver.resume();
          }
          await until(() => isOver(receiver.state));
          expect(receiver.state.phase).toBe('done');
          files.forEach((bytes, index) => expect(Buffer.compare(sink.committed.get(index)!, bytes)).toBe(0));
        },
      ),
      { numRuns: 60 },
    );
  }, 60_000);

  it('ends on both sides when either cancels, and leaves nothing unfinished', async () => {
    for (const who of ['sender', 'receiver'] as const) {
      const { sender, receiver, sink, newLane } = linkedEngines([random(30 * BLOCK_BYTES)]);
      sender.attach(newLane());
      await receiver.accept(sink);
      await until(() => sink.written.length >= 3);
      (who === 'sender' ? sender : receiver).cancel();
      await until(() => isOver(sender.state) && isOver(receiver.state) && sink.isAbandoned);
      expect(sender.state).toEqual({ phase: 'cancelled', by: who === 'sender' ? 'me' : 'peer' });
      expect(receiver.state).toEqual({ phase: 'cancelled', by: who === 'sender' ? 'peer' : 'me' });
      expect(sink.committed.size).toBe(0);
    }
  });

  it('tells of its end only with what has still to be removed: who hears of it waits for that', async () => {
    const sink = new MemorySink([{ kind: 'file', path: 'a', sizeBytes: 1 }]);
    const cleanedUp: Promise<void>[] = [];
    const receiver: Receiver = new Receiver({
      ...{ transferId: '0'.repeat(32), entries: sink.entries, sha256, send: () => undefined },
      onChange: () => {
        if (isOver(receiver.state)) cleanedUp.push(receiver.cleanedUp);
      },
    });
    await receiver.accept(sink);
    receiver.cancel();
    expect(sink.isAbandoned).toBe(false);
    await cleanedUp[0];
    expect(sink.isAbandoned).toBe(true);
  });

  it.each([
    ['a file that is not in the manifest', { fileIndex: 9, blockIndex: 0, length: 10 }],
    ['a block past the end', { fileIndex: 0, blockIndex: 1, length: 10 }],
    ['a block of the wrong length', { fileIndex: 0, blockIndex: 0, length: 9 }],
    ['bytes for a folder', { fileIndex: 1, blockIndex: 0, length: 10 }],
  ])('refuses %s', async (_, { fileIndex, blockIndex, length }) => {
    const { receiver, sink } = linkedEngines([random(10)]);
    await receiver.accept(sink);
    await receiver.handleBlock({
      streamNo: 1,
      fileIndex,
      blockIndex,
      bytes: new Uint8Array(length),
      digest: new Uint8Array(32),
    });
    expect(receiver.state).toMatchObject({ phase: 'failed', failure: { code: 'protocol-violation' } });
  });

  it('goes on when the receiver asks for the rest before this side has its new lane', async () => {
    const files = [random(6 * BLOCK_BYTES)];
    const { sender, receiver, sink, newLane } = linkedEngines(files);
    const lane = newLane();
    sender.attach(lane);
    await receiver.accept(sink);
    await until(() => sink.written.length >= 2);
    lane.isDown = true;
    sender.detach(lane);
    receiver.pause();
    receiver.resume();
    // It would have failed by then.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sender.state.phase).toBe('waiting');
    sender.attach(newLane());
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
  });

  it('ends when the sender uses more than its credit', async () => {
    const blocks = CREDIT_WINDOW_BYTES / BLOCK_BYTES + 1;
    const { receiver, sink } = linkedEngines([new Uint8Array(blocks * BLOCK_BYTES)]);
    sink.writable = new Promise(() => undefined);
    await receiver.accept(sink);
    const bytes = new Uint8Array(BLOCK_BYTES);
    for (let blockIndex = 0; blockIndex < blocks; blockIndex++) {
      void receiver.handleBlock({ streamNo: 1, fileIndex: 0, blockIndex, bytes, digest: sha256(bytes) });
    }
    expect(receiver.state.phase).toBe('active');
    await until(() => isOver(receiver.state));
    expect(receiver.state).toMatchObject({ phase: 'failed', failure: { code: 'protocol-violation' } });
  });

  it('is not done because the receiver says so', async () => {
    const { sender, newLane } = linkedEngines([random(30 * BLOCK_BYTES)]);
    sender.attach(newLane());
    sender.handle({ type: 'accept', transferId: '0'.repeat(32), creditBytes: 0 });
    sender.handle({ type: 'done', transferId: '0'.repeat(32) });
    await until(() => isOver(sender.state));
    expect(sender.state).toMatchObject({ phase: 'failed', failure: { code: 'protocol-violation' } });
  });
});
