import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DataChannelLane } from '../../../../src/renderer/core/lanes/DataChannelLane';
import type { BlockReport } from '../../../../src/shared/contract/transfers';
import { HitherError } from '../../../../src/shared/errors';
import { BlockAssembler } from '../../../../src/shared/transfer/packets';
import { Pacer } from '../../../../src/shared/transfer/sending/Pacer';
import { until } from '../../../support/transfer/memory';

/** A data channel whose buffer empties only when the test says so. */
class FakeChannel extends EventTarget {
  bufferedAmount = 0;
  bufferedAmountLowThreshold = 0;
  readyState = 'open';
  readonly sent: Uint8Array[] = [];

  send(packet: Uint8Array): void {
    // A real channel copies at once, too: the sender uses the memory again.
    this.sent.push(packet.slice());
    this.bufferedAmount += packet.length;
  }

  drain(): void {
    this.bufferedAmount = 0;
    this.dispatchEvent(new Event('bufferedamountlow'));
  }

  close(): void {
    this.readyState = 'closed';
    this.dispatchEvent(new Event('close'));
  }
}

const order = (jobId: number, sizeBytes: number) => ({
  jobId,
  laneId: 'lane',
  streamNo: 1,
  fileIndex: 0,
  blockIndex: jobId,
  source: { sourceId: 's', offsetBytes: jobId, lengthBytes: sizeBytes },
});

function laneOn(channel: FakeChannel, pacer = new Pacer()) {
  const reports: BlockReport[] = [];
  const lane = new DataChannelLane({
    channel: channel as unknown as RTCDataChannel,
    maxPacketBytes: 256 * 1024,
    readSource: (sourceId, offsetBytes, lengthBytes) =>
      sourceId === 's'
        ? Promise.resolve(new Uint8Array(lengthBytes).fill(offsetBytes))
        : Promise.reject(new HitherError('unknown-source')),
    report: (report) => reports.push(report),
    pacer,
  });
  return { lane, reports };
}

describe('a data channel as a lane', () => {
  it('sends blocks in order, with the hash of what it read', async () => {
    const channel = new FakeChannel();
    const { lane, reports } = laneOn(channel);
    lane.send(order(1, 600_000));
    lane.send(order(2, 10));
    await until(() => reports.length === 2);
    const assembler = new BlockAssembler();
    const blocks = channel.sent.map((packet) => assembler.push(packet)).filter((block) => block !== null);
    expect(blocks.map(({ blockIndex, bytes }) => [blockIndex, bytes.length, bytes[0]])).toEqual([
      [1, 600_000, 1],
      [2, 10, 2],
    ]);
    const digest = createHash('sha256').update(new Uint8Array(10).fill(2)).digest('hex');
    expect(reports[1]).toEqual({ jobId: 2, laneId: 'lane', digest });
  });

  it('waits while the channel is full, and goes on when it has drained', async () => {
    const channel = new FakeChannel();
    const { lane, reports } = laneOn(channel);
    for (let jobId = 0; jobId < 6; jobId++) lane.send(order(jobId, 1024 * 1024));
    // More would have gone into the channel by then.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(channel.bufferedAmount).toBeLessThan(2 * 1024 * 1024);
    expect(reports.length).toBeLessThan(6);
    await until(() => {
      channel.drain();
      return reports.length === 6;
    });
  });

  it('goes in small packets where it has a speed, and keeps few of them waiting', async () => {
    const channel = new FakeChannel();
    const pacer = new Pacer();
    pacer.setSpeed(500_000);
    const { lane, reports } = laneOn(channel, pacer);
    lane.send(order(1, 100_000));
    await until(() => channel.bufferedAmount > 40_000);
    const waiting = channel.sent.length;
    // More would have passed by then.
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(channel.sent).toHaveLength(waiting);
    expect(Math.max(...channel.sent.map(({ length }) => length))).toBe(10_000);
    await until(() => {
      channel.drain();
      return reports.length === 1;
    });
    const assembler = new BlockAssembler();
    const blocks = channel.sent.map((packet) => assembler.push(packet)).filter((block) => block !== null);
    expect(blocks.map(({ bytes }) => bytes.length)).toEqual([100_000]);
  });

  it('goes at once again when its speed is taken away', async () => {
    const channel = new FakeChannel();
    const pacer = new Pacer();
    pacer.setSpeed(1_000);
    const { lane, reports } = laneOn(channel, pacer);
    lane.send(order(1, 100_000));
    await until(() => channel.sent.length === 1);
    pacer.setSpeed(null);
    await until(() => reports.length === 1);
    expect(channel.sent.length).toBeLessThan(5);
  });

  it('reports the link as lost when the channel closes under it', async () => {
    const channel = new FakeChannel();
    const { lane, reports } = laneOn(channel);
    for (let jobId = 0; jobId < 8; jobId++) lane.send(order(jobId, 1024 * 1024));
    // The first have gone and the others wait for room by then.
    await new Promise((resolve) => setTimeout(resolve, 20));
    channel.close();
    await until(() => reports.length === 8);
    expect(reports.at(-1)?.failure?.code).toBe('connection-lost');
  });

  it('reports a source that can not be read, and goes on with the next block', async () => {
    const channel = new FakeChannel();
    const { lane, reports } = laneOn(channel);
    lane.send({ ...order(1, 10), source: { sourceId: 'gone', offsetBytes: 0, lengthBytes: 10 } });
    lane.send(order(2, 10));
    await until(() => reports.length === 2);
    expect(reports[0]?.failure?.code).toBe('unknown-source');
    expect(reports[1]?.digest).toBeDefined();
  });
});
