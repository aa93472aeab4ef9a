import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../../../src/shared/transfer/blocks';
import { CREDIT_WINDOW_BYTES } from '../../../../src/shared/transfer/receiving/CreditLedger';
import { isOver } from '../../../../src/shared/transfer/status';
import { linkedEngines, sha256, until } from '../../../support/transfer/memory';

const random = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(size));
const TRANSFER = '0'.repeat(32);

/** Changes the last byte of the packets that `isBad` names by their number. */
function flipping(isBad: (number: number) => boolean): (packet: Uint8Array) => Uint8Array {
  let packets = 0;
  return (packet) => {
    if (!isBad(packets++)) return packet;
    const changed = packet.slice();
    changed[packet.length - 1] = (changed[packet.length - 1] ?? 0) ^ 1;
    return changed;
  };
}

describe('bytes that were changed on the way', () => {
  it('are found, fetched again and counted, and nothing else is sent twice', async () => {
    const files = [random(10 * BLOCK_BYTES), random(100), random(3 * BLOCK_BYTES + 7)];
    const bad = flipping((number) => [3, 20, 21, 40].includes(number));
    const { sender, receiver, sink, newLane, link } = linkedEngines(files, bad);
    const lane = newLane();
    sender.attach(lane);
    await receiver.accept(sink);
    await until(() => isOver(sender.state) && isOver(receiver.state));
    expect([sender.state, receiver.state]).toEqual([{ phase: 'done' }, { phase: 'done' }]);
    files.forEach((bytes, index) => expect(Buffer.compare(sink.committed.get(index)!, bytes)).toBe(0));
    const { lostBlocks } = receiver.progress.troubles;
    expect(lostBlocks).toBeGreaterThanOrEqual(3);
    expect(link.toSender.filter(({ type }) => type === 'refetch')).toHaveLength(lostBlocks);
    expect(lane.blocks).toBe(15 + lostBlocks);
    expect(sender.doneBytes).toBe(receiver.doneBytes);
  });

  it('end the transfer where they come without end, and no file is named', async () => {
    const { sender, receiver, sink, newLane, link } = linkedEngines(
      [random(3 * BLOCK_BYTES)],
      flipping(() => true),
    );
    sender.attach(newLane());
    await receiver.accept(sink);
    await until(() => isOver(sender.state) && sink.isAbandoned);
    for (const { state } of [sender, receiver])
      expect(state).toMatchObject({
        phase: 'failed',
        failure: { code: 'corrupt-file', facts: { name: 'f0' } },
      });
    expect(link.toSender.filter(({ type }) => type === 'refetch').length).toBeLessThan(70);
    expect(sink.committed.size).toBe(0);
  });
});

describe('a file that is not what its sender announced', () => {
  const lie = (file: number) => ({
    type: 'file-digests' as const,
    transferId: TRANSFER,
    digests: [{ file, digest: 'f'.repeat(64) }],
  });

  it('is fetched once more as a whole, counted, and named when it is right then', async () => {
    const files = [random(2 * BLOCK_BYTES), random(5 * BLOCK_BYTES)];
    const { sender, receiver, sink, newLane, link } = linkedEngines(files);
    sender.attach(newLane());
    await receiver.accept(sink);
    receiver.handle(lie(0));
    await until(() => isOver(sender.state) && isOver(receiver.state));
    expect([sender.state, receiver.state]).toEqual([{ phase: 'done' }, { phase: 'done' }]);
    files.forEach((bytes, index) => expect(Buffer.compare(sink.committed.get(index)!, bytes)).toBe(0));
    expect(receiver.progress.troubles.lostBlocks).toBe(2);
    expect(receiver.doneBytes).toBe(7 * BLOCK_BYTES);
    expect(link.toSender.filter(({ type }) => type === 'resume')).toHaveLength(1);
  });

  it('ends the transfer the second time, and is never named', async () => {
    const { sender, receiver, sink, newLane, link } = linkedEngines([random(2 * BLOCK_BYTES)]);
    const truth = link.toReceiver;
    const handle = receiver.handle.bind(receiver);
    receiver.handle = (message) => handle(message.type === 'file-digests' ? lie(0) : message);
    sender.attach(newLane());
    await receiver.accept(sink);
    await until(() => isOver(receiver.state) && isOver(sender.state));
    expect(receiver.state).toMatchObject({ phase: 'failed', failure: { code: 'corrupt-file' } });
    expect(truth.filter(({ type }) => type === 'file-digests')).toHaveLength(2);
    expect(sink.committed.size).toBe(0);
    expect(link.toSender.at(-1)?.type).toBe('fail');
  });
});

describe('a sender that has the receiver start over again and again', () => {
  it('gets no more into its memory than two windows while the disk stands still', async () => {
    const blocks = (8 * CREDIT_WINDOW_BYTES) / BLOCK_BYTES;
    const { receiver, sink } = linkedEngines([new Uint8Array(blocks * BLOCK_BYTES)]);
    sink.writable = new Promise(() => undefined);
    await receiver.accept(sink);
    const bytes = new Uint8Array(BLOCK_BYTES);
    const digest = sha256(bytes);
    let sent = 0;
    for (let round = 1; !isOver(receiver.state) && sent < blocks; round++) {
      receiver.handle({ type: 'ready', transferId: TRANSFER, round });
      await new Promise((resolve) => setImmediate(resolve));
      for (let burst = 0; burst < 8 && !isOver(receiver.state); burst++, sent++) {
        void receiver.handleBlock({ streamNo: 1, fileIndex: 0, blockIndex: sent, bytes, digest });
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    expect(receiver.state).toMatchObject({ phase: 'failed', failure: { code: 'protocol-violation' } });
    expect(sent * BLOCK_BYTES).toBeLessThanOrEqual(2 * CREDIT_WINDOW_BYTES + BLOCK_BYTES);
  });
});
