import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SendScheduler } from '../../../../src/shared/transfer/sending/SendScheduler';

const MIB = 1024 * 1024;
const yes = (): boolean => true;

/** A transfer that keeps `depth` blocks with the scheduler, as a sender does with a lane that takes `laneMs` for each. */
function sending(scheduler: SendScheduler, transferId: string, { depth = 4, laneMs = 5 } = {}) {
  const state = { sentBytes: 0, isOn: true };
  const worker = async (): Promise<void> => {
    while (state.isOn) {
      const send = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, laneMs));
      if ((await scheduler.pass(transferId, MIB, () => state.isOn, send)) !== null) state.sentBytes += MIB;
    }
  };
  for (let i = 0; i < depth; i++) void worker();
  return state;
}

describe('SendScheduler', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it.each([0.5, 3, 20, 150])('keeps all transfers together to %d MB/s', async (mbs) => {
    const scheduler = new SendScheduler();
    scheduler.setLimit(mbs * 1e6);
    const transfers = ['a', 'b', 'c'].map((id) => sending(scheduler, id));
    await vi.advanceTimersByTimeAsync(30_000);
    const sent = transfers.reduce((sum, each) => sum + each.sentBytes, 0);
    expect(sent / 30 / 1e6).toBeGreaterThan(mbs * 0.9);
    expect(sent / 30 / 1e6).toBeLessThan(mbs * 1.01);
    for (const each of transfers) expect(each.sentBytes).toBeGreaterThan((sent / 3) * 0.7);
  });

  it('follows a change of the limit at once, while blocks wait', async () => {
    const scheduler = new SendScheduler();
    scheduler.setLimit(0.1e6);
    const one = sending(scheduler, 'a');
    await vi.advanceTimersByTimeAsync(5000);
    expect(one.sentBytes).toBe(0);
    scheduler.setLimit(10e6);
    await vi.advanceTimersByTimeAsync(1000);
    expect(one.sentBytes / 1e6).toBeGreaterThan(8);
    scheduler.setLimit(null);
    const before = one.sentBytes;
    await vi.advanceTimersByTimeAsync(1000);
    expect((one.sentBytes - before) / MIB).toBeGreaterThan(700);
  });

  it('does not make up for time in which nothing was sent', async () => {
    const scheduler = new SendScheduler();
    scheduler.setLimit(2e6);
    await vi.advanceTimersByTimeAsync(60_000);
    const one = sending(scheduler, 'a');
    await vi.advanceTimersByTimeAsync(5000);
    expect(one.sentBytes).toBeLessThanOrEqual(2e6 * 5.1);
  });

  it('spends nothing on blocks of a transfer that is over', async () => {
    const scheduler = new SendScheduler();
    scheduler.setLimit(1e6);
    const dead = sending(scheduler, 'dead');
    await vi.advanceTimersByTimeAsync(10);
    dead.isOn = false;
    const live = sending(scheduler, 'live');
    await vi.advanceTimersByTimeAsync(2200);
    expect(live.sentBytes).toBe(2 * MIB);
  });

  it('lets the others wait while the transfer at the front sends, and lets them go when it does not', async () => {
    const scheduler = new SendScheduler();
    const others = ['b', 'c'].map((id) => sending(scheduler, id));
    const first = sending(scheduler, 'a', { depth: 2 });
    await vi.advanceTimersByTimeAsync(100);
    expect(first.sentBytes).toBeGreaterThan(0);
    scheduler.moveToFront('a');
    expect(scheduler.isFirst('a')).toBe(true);
    await vi.advanceTimersByTimeAsync(20);
    const before = others.map(({ sentBytes }) => sentBytes);
    await vi.advanceTimersByTimeAsync(1000);
    expect(others.map(({ sentBytes }) => sentBytes)).toEqual(before);
    first.isOn = false;
    scheduler.forget('a');
    await vi.advanceTimersByTimeAsync(100);
    for (const [i, each] of others.entries()) expect(each.sentBytes).toBeGreaterThan(before[i]! + MIB);
  });

  it('has the one moved last before the one moved earlier', async () => {
    const scheduler = new SendScheduler();
    scheduler.moveToFront('a');
    scheduler.moveToFront('b');
    const order: string[] = [];
    const send = (id: string) => (): Promise<void> => {
      order.push(id);
      return new Promise((resolve) => setTimeout(resolve, 5));
    };
    void scheduler.pass('b', MIB, yes, send('b'));
    for (const id of ['x', 'a', 'b']) void scheduler.pass(id, MIB, yes, send(id));
    await vi.advanceTimersByTimeAsync(100);
    expect(order).toEqual(['b', 'b', 'a', 'x']);
  });

  it('goes on after a block that its lane has lost', async () => {
    const scheduler = new SendScheduler();
    scheduler.moveToFront('a');
    await expect(scheduler.pass('a', MIB, yes, () => Promise.reject(new Error('lost')))).rejects.toThrow(
      'lost',
    );
    await expect(scheduler.pass('b', MIB, yes, () => Promise.resolve(7))).resolves.toBe(7);
  });
});
