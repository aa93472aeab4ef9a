import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProfileStorage } from '../../../src/backend/ports';
import { FileStorage } from '../../../src/main/node/storage/FileStorage';
import { silentLog } from '../../support/lan/silentLog';
import { MemoryStorage } from '../../support/MemoryStorage';

/** What every profile storage does. A second one over the same profile stands for a restart. */
function contract(open: () => { storage: ProfileStorage; restarted: () => ProfileStorage }): void {
  let storage: ProfileStorage;
  let restarted: () => ProfileStorage;
  beforeEach(() => {
    ({ storage, restarted } = open());
  });
  const bytes = (...all: string[]): Uint8Array[] => all.map((each) => new TextEncoder().encode(each));
  const texts = (records: readonly Uint8Array[]): string[] =>
    records.map((record) => new TextDecoder().decode(record));

  it('has no document before one is written, and the last one after', async () => {
    expect(await storage.read('settings.json')).toBeNull();
    await storage.write('settings.json', 'one');
    await storage.write('settings.json', 'zwei, 둘');
    await storage.write('transfers/0f/transfer.json', '');
    expect(await storage.read('settings.json')).toBe('zwei, 둘');
    expect(await restarted().read('settings.json')).toBe('zwei, 둘');
    expect(await storage.read('transfers/0f/transfer.json')).toBe('');
    expect(await storage.read('transfers/0e/transfer.json')).toBeNull();
  });

  it('sets documents aside under names of their own, whose contents are kept', async () => {
    const names: string[] = [];
    for (const content of ['first', 'second']) {
      await storage.write('trusted.json', content);
      names.push(await storage.setAside('trusted.json'));
      expect(await storage.read('trusted.json')).toBeNull();
    }
    expect(names.map((name) => name.slice(name.lastIndexOf('trusted.json')))).toEqual([
      'trusted.json.corrupt-1',
      'trusted.json.corrupt-2',
    ]);
    expect(await storage.read('trusted.json.corrupt-1')).toBe('first');
    expect(await storage.read('trusted.json.corrupt-2')).toBe('second');
    await expect(storage.setAside('trusted.json')).rejects.toThrow();
  });

  it('lists what is in a folder, and nothing for one that is not there', async () => {
    await storage.write('transfers/0a/transfer.json', '{}');
    const { log } = await storage.openRecords('transfers/0b/journal');
    await log.close();
    expect((await storage.list('transfers')).sort()).toEqual(['0a', '0b']);
    expect(await storage.list('transfers/0b')).toEqual(['journal']);
    expect(await storage.list('rooms')).toEqual([]);
  });

  it('removes a document, a log, a folder with all that is in it, and what is not there', async () => {
    for (const id of ['0a', '0b']) {
      await storage.write(`transfers/${id}/transfer.json`, '{}');
      await (await storage.openRecords(`transfers/${id}/journal`)).log.close();
    }
    await storage.write('transfers/0a1/transfer.json', '{}');
    await storage.remove('transfers/0a');
    await storage.remove('transfers/0b/transfer.json');
    await storage.remove('transfers/0c');
    expect(await storage.read('transfers/0a/transfer.json')).toBeNull();
    expect((await storage.list('transfers')).sort()).toEqual(['0a1', '0b']);
    expect(await storage.list('transfers/0b')).toEqual(['journal']);
  });

  it('gives the records of a log in order, over restarts too', async () => {
    expect(await storage.readRecords('journal')).toEqual([]);
    const { records, log } = await storage.openRecords('journal');
    expect(records).toEqual([]);
    for (const record of bytes('one', 'two')) log.append(record);
    await log.written();
    expect(texts(await storage.readRecords('journal'))).toEqual(['one', 'two']);
    for (const record of bytes('three')) log.append(record);
    await log.close();
    const later = await restarted().openRecords('journal');
    expect(texts(later.records)).toEqual(['one', 'two', 'three']);
    for (const record of bytes('four')) later.log.append(record);
    await later.log.sync();
    expect(texts(await storage.readRecords('journal'))).toEqual(['one', 'two', 'three', 'four']);
    await later.log.close();
  });

  it('keeps a record as it was when it was added, and none that is added after the end', async () => {
    const { log } = await storage.openRecords('journal');
    const [record = new Uint8Array()] = bytes('now');
    log.append(record);
    record.fill(0);
    await log.close();
    log.append(record);
    await log.written();
    expect(texts(await storage.readRecords('journal'))).toEqual(['now']);
  });
}

describe('a profile in a folder', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-storage-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  contract(() => ({
    storage: new FileStorage(dir, silentLog),
    restarted: () => new FileStorage(dir, silentLog),
  }));
});

describe('a profile in memory', () => {
  contract(() => {
    const storage = new MemoryStorage();
    return { storage, restarted: () => new MemoryStorage(storage) };
  });
});
