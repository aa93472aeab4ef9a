import { describe, expect, it } from 'vitest';
import type { JournalRecord } from '../../../../src/backend/transfers/journal/journalRecords';
import { type TransferEngine, TransferRecord } from '../../../../src/backend/transfers/TransferRecord';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';
import type { TransferState } from '../../../../src/shared/transfer/status';

const SESSION = '5'.repeat(32);
const entries: ManifestEntry[] = [
  { kind: 'folder', path: 'trip', sizeBytes: 0 },
  { kind: 'file', path: 'trip/a', sizeBytes: 3, modifiedMs: 5 },
  { kind: 'folder', path: 'trip/none', sizeBytes: 0 },
];

/** An engine that does what its record asks, and nothing else. */
class FakeEngine implements TransferEngine {
  state: TransferState = { phase: 'active' };
  doneBytes = 1;
  doneFiles = 0;
  totalBytes = 4;
  troubles = { restarted: ['trip/a'], failed: [], failedCount: 0, lostBlocks: 2 };
  laneKinds = ['lan' as const];
  cleanedUp = Promise.resolve();
  hold = (): void => void (this.state = { phase: 'paused', by: 'me', failure: null });
  release = (): void => void (this.state = { phase: 'waiting' });
  cancel = (): void => void (this.state = { phase: 'cancelled', by: 'me' });
  fail = (): void => undefined;
}

function started(direction: 'send' | 'receive' = 'receive') {
  const transferId = '1'.repeat(32);
  const record = new TransferRecord({ transferId, deviceId: '', peerName: 'Ben', direction, nowMs: 1 });
  const engine = new FakeEngine();
  record.begin(entries, engine);
  return { record, engine };
}

describe('the record of a transfer', () => {
  it('shows what its engine says, and what was said to it', () => {
    const { record, engine } = started();
    record.keepIn('/downloads', null);
    const leftOut = [{ reason: 'link' as const, count: 1, names: ['trip/link'] }];
    record.choose([], leftOut);
    // The folder that the others are in shows in their paths.
    expect(record.shownEntries.map(({ path }) => path)).toEqual(['trip/a', 'trip/none']);
    expect(record.view(2, SESSION)).toMatchObject({
      phase: 'active',
      ...{ fileCount: 1, folderCount: 1, rootNames: ['trip'], totalBytes: 4, doneBytes: 1 },
      ...{ laneKinds: ['lan'], restartedFiles: ['trip/a'], lostBlocks: 2 },
      ...{ dir: '/downloads', leftOut, endedMs: null },
    });
    engine.state = { phase: 'done' };
    expect(record.view(3, SESSION)).toMatchObject({
      doneBytes: 4,
      laneKinds: [],
      canReveal: false,
      endedMs: 3,
    });
    record.receiveInto({ revealPath: '/downloads/trip' });
    expect(record.view(4, SESSION)).toMatchObject({ canReveal: true, endedMs: 3 });
    expect(record.revealPath).toBe('/downloads/trip');
  });

  it('is over when it fails before it has an engine', () => {
    const { transferId } = started().record.options;
    const options = { transferId, deviceId: '', peerName: 'Ben', direction: 'send', nowMs: 1 } as const;
    const record = new TransferRecord(options);
    expect([record.isOver, record.view(2, SESSION).phase]).toEqual([false, 'preparing']);
    record.fail({ code: 'source-missing', facts: {} });
    expect(record.isOver).toBe(true);
    expect(record.view(2, SESSION)).toMatchObject({ phase: 'failed', failure: { code: 'source-missing' } });
  });

  it('notes a hold for the next run only where the engine is held', () => {
    const { record, engine } = started('send');
    const noted: JournalRecord[] = [];
    const done = (): Promise<void> => Promise.resolve();
    const note = (each: JournalRecord): void => void noted.push(each);
    record.keepIn(null, { note, written: done, sync: done, close: done });
    record.hold();
    record.release();
    engine.state = { phase: 'asked' };
    engine.hold = () => undefined;
    record.hold();
    expect(noted).toEqual([
      { type: 'held', isHeld: true },
      { type: 'held', isHeld: false },
    ]);
  });

  it('remembers the word that ended it, and no other', () => {
    const { record } = started();
    const { transferId } = record.options;
    record.said({ type: 'accept', transferId, creditBytes: 1 });
    expect(record.lastWord).toBeNull();
    record.said({ type: 'done', transferId });
    record.said({ type: 'credit', transferId, creditBytes: 1, received: [] });
    expect(record.lastWord).toEqual({ type: 'done', transferId });
  });
});
