import { beforeEach, describe, expect, it } from 'vitest';
import { type StoredTransfer, TransferStore } from '../../../../src/backend/transfers/journal/TransferStore';
import { FakeLog } from '../../../support/FakeLog';
import { MemoryStorage } from '../../../support/MemoryStorage';

const idOf = (n: number): string => n.toString(16).padStart(32, '0');
const transfer = (n: number): StoredTransfer => ({
  version: 1,
  transferId: idOf(n),
  direction: 'receive',
  deviceId: 'd'.repeat(32),
  peerName: 'Ben',
  streamNo: 7,
  startedMs: 1_000 - n,
  entries: [{ kind: 'file', path: 'a', sizeBytes: 3, modifiedMs: 5 }],
  dir: '/downloads',
  paths: [null],
  needsPage: false,
  chosen: [],
  leftOut: [],
  renamed: { count: 0, examples: [] },
});

describe('unfinished transfers in a profile', () => {
  let storage: MemoryStorage;
  let log: FakeLog;
  beforeEach(() => {
    storage = new MemoryStorage();
    log = new FakeLog();
  });
  const store = (): TransferStore => new TransferStore(storage, log);

  it('are there after a restart with what was noted of them, oldest first', async () => {
    await store().add(transfer(1));
    const journal = await store().add(transfer(2));
    journal.note({ type: 'complete', file: 0 });
    journal.note({ type: 'held', isHeld: true });
    const loaded = await store().load();
    expect(loaded.map(({ stored }) => stored)).toEqual([transfer(2), transfer(1)]);
    expect(loaded.map(({ state }) => [...state.complete])).toEqual([[0], []]);
    expect(loaded.map(({ state }) => state.isHeld)).toEqual([true, false]);
    loaded[1]?.journal.note({ type: 'accepted' });
    expect((await store().read(idOf(1))).state.isAccepted).toBe(true);
  });

  it('leave nothing behind that could not be stored, as on a disk that is full', async () => {
    storage.write = () => Promise.reject(new Error('full'));
    await expect(store().add(transfer(1))).rejects.toThrow('full');
    expect(storage.openCount).toBe(0);
    expect(await storage.list('transfers')).toEqual([]);
  });

  it('believe no journal that a kill left before the transfer itself was stored', async () => {
    const journal = await store().add(transfer(1));
    journal.note({ type: 'complete', file: 0 });
    storage.documents.clear();
    expect(await store().load()).toEqual([]);
    await store().add(transfer(1));
    expect((await store().read(idOf(1))).state.complete.size).toBe(0);
  });

  it('are left alone where they can’t be read, and gone once they are removed', async () => {
    await store().add(transfer(1));
    await store().add(transfer(2));
    await storage.write(`transfers/${idOf(1)}/transfer.json`, '{"version":2}');
    await storage.write('transfers/notes/transfer.json', JSON.stringify(transfer(3)));
    expect((await store().load()).map(({ stored }) => stored.transferId)).toEqual([idOf(2)]);
    expect(log.lines.map(([level, event]) => [level, event])).toEqual([['warn', 'transfer-store']]);
    await store().remove(idOf(2));
    await store().remove(idOf(4));
    expect(await store().load()).toEqual([]);
    expect((await storage.list('transfers')).sort()).toEqual([idOf(1), 'notes']);
  });
});
