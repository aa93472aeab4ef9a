import { describe, expect, it } from 'vitest';
import { History, type HistoryEntry } from '../../../../src/backend/transfers/history/History';
import { transfer } from '../../../support/harness/samples';
import { silentLog } from '../../../support/lan/silentLog';
import { MemoryStorage } from '../../../support/MemoryStorage';

/** A transfer of files that were picked one by one. */
function ended(number: number, chosenCount: number): HistoryEntry {
  const chosen = Array.from({ length: chosenCount }, (_, file) => ({ path: `/a/${file}`, name: `${file}` }));
  const view = transfer(number, { phase: 'failed', canRetry: chosenCount > 0 });
  return { view, deviceId: '1'.repeat(32), entryCount: chosenCount, chosen, revealPath: null };
}

describe('the history', () => {
  it('keeps so many transfers, and of the oldest no longer what could be offered again', async () => {
    const storage = new MemoryStorage();
    const history = await History.open(storage, silentLog);
    for (let number = 0; number < 520; number++) await history.add(ended(number, 25));
    const later = await History.open(storage, silentLog);
    for (const { all } of [history, later]) {
      expect(all).toHaveLength(500);
      expect(all.flatMap(({ chosen }) => chosen)).toHaveLength(10_000);
      expect([all[0], all[399]].map((entry) => entry?.view.canRetry)).toEqual([true, true]);
      expect(all[400]).toMatchObject({ chosen: [], view: { canRetry: false } });
    }
  });

  it('lets the last one be offered again, however much it was', async () => {
    const history = History.empty(silentLog);
    await history.add(ended(1, 3));
    await history.add(ended(2, 30_000));
    expect(history.all.map(({ chosen, view }) => [chosen.length, view.canRetry])).toEqual([
      [30_000, true],
      [0, false],
    ]);
  });
});
