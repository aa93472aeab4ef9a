import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { TotalProgress } from '../../../../src/shared/transfer/TotalProgress';

describe('the progress of all transfers', () => {
  it('counts what has ended without remembering each, while one waits for a device that does not come', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    const total = new TotalProgress();
    const waiting = { transferId: 'waits', phase: 'waiting', totalBytes: 1000, doneBytes: 0 } as const;
    const send = (number: number): void => {
      const active = {
        transferId: `number ${number}`,
        phase: 'active',
        totalBytes: 1,
        doneBytes: 0,
      } as const;
      total.update([waiting, active]);
    };
    send(0);
    collect();
    const before = process.memoryUsage().heapUsed;
    for (let number = 1; number < 20_000; number++) send(number);
    collect();
    expect((process.memoryUsage().heapUsed - before) / 1e6).toBeLessThan(0.7);
    const last = { transferId: 'last', phase: 'active', totalBytes: 1000, doneBytes: 1000 } as const;
    expect(total.update([waiting, last])).toBeCloseTo(21_000 / 22_000);
  });
});
