import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HitherError } from '../../../../src/shared/errors';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import { CREDIT_WINDOW_BYTES } from '../../../../src/shared/transfer/receiving/CreditLedger';
import { isOver } from '../../../../src/shared/transfer/status';
import { linkedEngines, sha256, until } from '../../../support/transfer/memory';

const random = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size));

describe('a transfer that is held', () => {
  it('pauses on both sides while the disk is full, and goes on when there is room', async () => {
    const files = [random(3 * BLOCK_BYTES), random(5)];
    const { sender, receiver, sink, newLane } = linkedEngines(files);
    sink.failWith = new HitherError('disk-full', { name: 'f0' });
    sender.attach(newLane());
    await receiver.accept(sink);
    await until(() => sender.state.phase === 'paused');
    const failure = { code: 'disk-full', facts: { name: 'f0' } };
    expect(receiver.state).toEqual({ phase: 'paused', by: 'me', failure });
    expect(sender.state).toEqual({ phase: 'paused', by: 'peer', failure });
    sink.failWith = null;
    receiver.release();
    await until(() => isOver(sender.state));
    expect(sender.state).toEqual({ phase: 'done' });
    files.forEach((bytes, index) => expect(Buffer.compare(sink.committed.get(index)!, bytes)).toBe(0));
  });

  it.each(['sender', 'receiver'] as const)(
    'stops while the %s holds it, over a lost link too',
    async (who) => {
      const { sender, receiver, sink, newLane, link } = linkedEngines([random(40 * BLOCK_BYTES)]);
      const lane = newLane();
      sender.attach(lane);
      await receiver.accept(sink);
      await until(() => sink.written.length >= 3);
      const [holder, other] = who === 'sender' ? [sender, receiver] : [receiver, sender];
      holder.hold();
      await until(() => other.state.phase === 'paused');
      expect(holder.state).toEqual({ phase: 'paused', by: 'me', failure: null });
      expect(other.state).toEqual({ phase: 'paused', by: 'peer', failure: null });
      // What was under way when it was held has arrived by then.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const held = sink.written.length;
      link.isLinked = false;
      lane.isDown = true;
      sender.detach(lane);
      receiver.pause();
      expect(other.state.phase).toBe('waiting');
      link.isLinked = true;
      sender.attach(newLane());
      sender.greet();
      receiver.resume();
      // It would have gone on by then.
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(holder.state.phase).toBe('paused');
      expect(other.state).toEqual({ phase: 'paused', by: 'peer', failure: null });
      expect(sink.written.length).toBe(held);
      holder.release();
      await until(() => isOver(sender.state));
      expect(sender.state).toEqual({ phase: 'done' });
    },
  );

  it('accepts what was under way when it was paused beside what comes after it goes on', async () => {
    const blocks = (2 * CREDIT_WINDOW_BYTES) / BLOCK_BYTES;
    const { receiver, sink } = linkedEngines([new Uint8Array(blocks * BLOCK_BYTES)]);
    sink.writable = new Promise(() => undefined);
    await receiver.accept(sink);
    receiver.hold();
    receiver.release();
    const bytes = new Uint8Array(BLOCK_BYTES);
    for (let blockIndex = 0; blockIndex < blocks; blockIndex++) {
      void receiver.handleBlock({ streamNo: 1, fileIndex: 0, blockIndex, bytes, digest: sha256(bytes) });
    }
    // It would have ended the transfer by then.
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(receiver.state.phase).toBe('active');
  });

  it('is not ended by a hand that pauses and goes on, again and again, while blocks are under way', async () => {
    const { sender, receiver, sink, newLane } = linkedEngines([random(60 * BLOCK_BYTES)]);
    sender.attach(newLane());
    await receiver.accept(sink);
    for (let turn = 0; turn < 20 && !isOver(receiver.state); turn++) {
      const engine = turn % 2 === 0 ? receiver : sender;
      engine.hold();
      engine.release();
      // More has gone at each turn.
      await new Promise((resolve) => setTimeout(resolve, turn));
    }
    await until(() => isOver(receiver.state), 20_000);
    expect(receiver.state).toEqual({ phase: 'done' });
  });
});
