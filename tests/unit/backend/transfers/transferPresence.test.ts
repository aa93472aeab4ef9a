import { describe, expect, it } from 'vitest';
import { TransferPresence } from '../../../../src/backend/transfers/TransferPresence';
import { transfer } from '../../../support/harness/samples';

function presence() {
  const calls: (boolean | number | null)[] = [];
  const watched = new TransferPresence({
    keepAwake: (isOn) => calls.push(isOn),
    progress: (fraction) => calls.push(fraction),
  });
  return { watched, take: () => calls.splice(0) };
}

const at = (n: number, doneBytes: number, change: Parameters<typeof transfer>[1] = {}) =>
  transfer(n, { totalBytes: 1000, doneBytes, ...change });

describe('TransferPresence', () => {
  it('keeps the machine awake while bytes move, and no longer', () => {
    const { watched, take } = presence();
    watched.update([at(1, 0, { phase: 'incoming' })]);
    expect(take()).toEqual([]);
    watched.update([at(1, 0)]);
    expect(take()).toEqual([true, 0]);
    watched.update([at(1, 500)]);
    expect(take()).toEqual([0.5]);
    watched.update([at(1, 500, { phase: 'waiting' })]);
    expect(take()).toEqual([false, null]);
    watched.update([at(1, 500, { phase: 'paused' })]);
    expect(take()).toEqual([]);
    watched.update([at(1, 1000, { phase: 'done' })]);
    expect(take()).toEqual([]);
  });

  it('shows how far all of them are, and does not go back when one is done before the others', () => {
    const { watched, take } = presence();
    watched.update([at(1, 900), at(2, 100)]);
    expect(take()).toEqual([true, 0.5]);
    watched.update([at(1, 1000, { phase: 'done' }), at(2, 100)]);
    expect(take()).toEqual([0.55]);
    watched.update([at(2, 600)]);
    expect(take()).toEqual([0.8]);
    watched.update([]);
    expect(take()).toEqual([false, null]);
    watched.update([at(3, 0)]);
    expect(take()).toEqual([true, 0]);
  });

  it('calls the system once a percent, not at every tick', () => {
    const { watched, take } = presence();
    for (let done = 0; done < 1000; done++) watched.update([at(1, done)]);
    expect(take()).toHaveLength(1 + 100);
  });

  it('leaves the machine as it was when the backend closes, and asks nothing of a shell that can do nothing', () => {
    const { watched, take } = presence();
    watched.update([at(1, 10, { totalBytes: 0, doneBytes: 0 })]);
    expect(take()).toEqual([true, 0]);
    watched.close();
    expect(take()).toEqual([false, null]);
    expect(() => new TransferPresence({}).update([at(1, 1)])).not.toThrow();
  });
});
