import { appendFile, chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileStorage } from '../../../../../src/main/node/storage/FileStorage';
import { FakeLog } from '../../../../support/FakeLog';

describe('the files of a profile', () => {
  let dir: string;
  let log: FakeLog;
  let storage: FileStorage;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-storage-'));
    log = new FakeLog();
    storage = new FileStorage(dir, log);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const modeOf = async (name: string): Promise<number> => (await stat(join(dir, name))).mode & 0o777;
  const text = (record: Uint8Array): string => new TextDecoder().decode(record);

  it('are for the owner’s eyes alone, folders and logs too, and nothing else lies beside them', async () => {
    await storage.write('settings.json', '{}');
    await storage.write('transfers/0f/transfer.json', '{}');
    await (await storage.openRecords('transfers/0f/journal')).log.close();
    const found = await readdir(dir, { recursive: true });
    expect(found.sort()).toEqual([
      'settings.json',
      'transfers',
      'transfers/0f',
      'transfers/0f/journal',
      'transfers/0f/transfer.json',
    ]);
    const modes = await Promise.all(found.map(modeOf));
    expect(modes).toEqual([0o600, 0o700, 0o700, 0o600, 0o600]);
    expect(log.lines).toEqual([]);
  });

  it('close the key to others again where it was opened to them, and the log says so', async () => {
    await writeFile(join(dir, 'identity.json'), 'secret');
    await chmod(join(dir, 'identity.json'), 0o644);
    expect(await storage.read('identity.json')).toBe('secret');
    expect(await modeOf('identity.json')).toBe(0o600);
    const facts = { document: 'identity.json', problem: 'others could read it', mode: '644', to: '600' };
    expect(log.lines).toEqual([['warn', 'storage', facts]]);
    await writeFile(join(dir, 'settings.json'), '{}');
    await chmod(join(dir, 'settings.json'), 0o644);
    await storage.read('settings.json');
    expect(await modeOf('settings.json')).toBe(0o644);
    expect(log.lines).toHaveLength(1);
  });

  it('are read as they are named on the disk', async () => {
    await writeFile(join(dir, 'history.json'), '[]', { mode: 0o600 });
    expect(await storage.read('history.json')).toBe('[]');
    expect(await storage.setAside('history.json')).toBe(join(dir, 'history.json.corrupt-1'));
  });

  it('can’t be read where something else is in their place, which is no empty profile', async () => {
    await storage.write('settings.json/x', '');
    await expect(storage.read('settings.json')).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(storage.readRecords('settings.json')).rejects.toMatchObject({ code: 'EISDIR' });
    await expect(storage.openRecords('settings.json')).rejects.toMatchObject({ code: 'EISDIR' });
  });

  it('keep logs as profiles on people’s disks have them: length, CRC-32 and content of each record', async () => {
    const hex = '0000000525ebf5c7020000000300000014d3e93427037b2274797065223a226163636570746564227d';
    await writeFile(join(dir, 'old'), Buffer.from(hex, 'hex'));
    const records = [Uint8Array.from([2, 0, 0, 0, 3]), Buffer.from('\u0003{"type":"accepted"}')];
    expect((await storage.readRecords('old')).map(text)).toEqual(records.map(text));
    const { log } = await storage.openRecords('new');
    for (const record of records) log.append(record);
    await log.close();
    expect((await readFile(join(dir, 'new'))).toString('hex')).toBe(hex);
  });

  it('lose the torn end of a log when it is added to, and nothing when it is read', async () => {
    const first = await storage.openRecords('journal');
    first.log.append(new TextEncoder().encode('one'));
    await first.log.close();
    const whole = await readFile(join(dir, 'journal'));
    await appendFile(join(dir, 'journal'), Buffer.from([0, 0, 0, 9, 1, 2]));
    expect((await storage.readRecords('journal')).map(text)).toEqual(['one']);
    expect((await stat(join(dir, 'journal'))).size).toBe(whole.length + 6);
    const again = await storage.openRecords('journal');
    await again.log.close();
    expect(again.records.map(text)).toEqual(['one']);
    expect(await readFile(join(dir, 'journal'))).toEqual(whole);
  });
});
