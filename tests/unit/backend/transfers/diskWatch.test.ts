import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NodeFiles } from '../../../../src/main/node/files/NodeFiles';
import { systemClock } from '../../../../src/main/node/systemClock';
import { DiskWatch } from '../../../../src/backend/transfers/receiving/DiskWatch';
import type { TransferRecord } from '../../../../src/backend/transfers/TransferRecord';

describe('a transfer that a full disk holds', () => {
  let watch: DiskWatch;
  beforeEach(() => {
    watch = new DiskWatch(systemClock, new NodeFiles(null), { firstMs: 10, longestMs: 1000 });
  });
  afterEach(() => watch.close());

  /** A transfer into a folder with room, which is held again each time it goes on; notes when it goes on, in ms. */
  function heldAgainAndAgain(doneMore: () => number): { releases: number[]; record: TransferRecord } {
    const releases: number[] = [];
    const failure = { code: 'disk-full' as const, facts: {} };
    const engine = {
      doneBytes: 0,
      state: { phase: 'paused', by: 'me', failure },
      release: () => {
        releases.push(performance.now());
        engine.doneBytes += doneMore();
        setImmediate(() => watch.update(record));
      },
    };
    const record = { dir: tmpdir(), entries: [], engine } as unknown as TransferRecord;
    return { releases, record };
  }

  it('is tried less and less often where the disk has room and takes nothing', async () => {
    const { releases, record } = heldAgainAndAgain(() => 0);
    watch.update(record);
    await sleep(400);
    // After 10, 20, 40, 80 and 160 ms: never more than five in this time, however fast the machine.
    expect(releases.length).toBeGreaterThan(1);
    expect(releases.length).toBeLessThanOrEqual(5);
  });

  it('is tried soon where it got on the last time', async () => {
    const { releases, record } = heldAgainAndAgain(() => 1);
    watch.update(record);
    for (let waitedMs = 0; releases.length < 8 && waitedMs < 10_000; waitedMs += 10) await sleep(10);
    const gaps = releases.slice(1).map((at, index) => at - (releases[index] ?? 0));
    expect(Math.min(...gaps)).toBeLessThan(100);
    expect(releases.length).toBeGreaterThanOrEqual(8);
  });
});
