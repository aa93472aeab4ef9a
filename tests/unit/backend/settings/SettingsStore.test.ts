import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SettingsStore } from '../../../../src/backend/settings/SettingsStore';
import { FileStorage } from '../../../../src/main/node/storage/FileStorage';
import { Settings } from '../../../../src/shared/settings/settings';
import { silentLog } from '../../../support/lan/silentLog';

let profileDir: string;
beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'hither-settings-'));
});
afterEach(() => rm(profileDir, { recursive: true, force: true }));

const defaults = { name: 'Machine', downloadsDir: '/downloads' };
const open = (options: Partial<Parameters<typeof SettingsStore.open>[0]> = {}) =>
  SettingsStore.open({
    storage: new FileStorage(profileDir, silentLog),
    defaults,
    checkFolder: () => Promise.resolve(),
    ...options,
  });
const stored = async (): Promise<unknown> =>
  JSON.parse(await readFile(join(profileDir, 'settings.json'), 'utf8'));

describe('settings', () => {
  it('begin with the defaults and write nothing until something changes', async () => {
    const store = await open();
    expect(store.current).toEqual(Settings.parse(defaults));
    expect(await readdir(profileDir)).toEqual([]);
  });

  it('survive a restart, and take defaults for what an older version did not know', async () => {
    await (await open()).update({ theme: 'dark', nearby: true });
    expect((await open()).current).toMatchObject({ theme: 'dark', nearby: true, name: 'Machine' });
    await writeFile(join(profileDir, 'settings.json'), '{"theme":"light"}');
    expect((await open()).current).toMatchObject({ theme: 'light', name: 'Machine' });
  });

  it('tell their listeners once they are on the disk', async () => {
    const store = await open();
    const seen: unknown[] = [];
    const stop = store.onChange(({ name }) => seen.push(name));
    await store.update({ name: 'One' });
    stop();
    await store.update({ name: 'Two' });
    expect(seen).toEqual(['One']);
    expect(await stored()).toMatchObject({ name: 'Two' });
  });

  it('keep every one of several changes made at once', async () => {
    const store = await open();
    await Promise.all([
      store.update({ name: 'N' }),
      store.update({ theme: 'dark' }),
      store.update({ language: 'ko' }),
    ]);
    expect(await stored()).toMatchObject({ name: 'N', theme: 'dark', language: 'ko' });
    expect(await readdir(profileDir)).toEqual(['settings.json']);
  });

  it('never write down what the command line set, and let a later choice take its place', async () => {
    const store = await open({ overrides: { name: 'Flag', downloadsDir: '/flag' } });
    expect(store.current).toMatchObject({ name: 'Flag', downloadsDir: '/flag' });
    await store.update({ name: 'Chosen' });
    expect(store.current).toMatchObject({ name: 'Chosen', downloadsDir: '/flag' });
    expect(await stored()).toMatchObject({ name: 'Chosen', downloadsDir: '/downloads' });
  });

  it('stay as they were when the folder is not fit to receive files', async () => {
    const store = await open({ checkFolder: () => Promise.reject(new Error('read-only')) });
    await expect(store.update({ downloadsDir: '/ro', name: 'New' })).rejects.toThrow('read-only');
    expect(store.current).toMatchObject(defaults);
  });

  it.each(['{"name": ', '[1,2]x', '{"name": 5}', '{"theme": "pink"}', '"text"', 'null'])(
    'put a file aside that is none: %s',
    async (text) => {
      await writeFile(join(profileDir, 'settings.json'), text);
      await writeFile(join(profileDir, 'settings.json.corrupt-1'), 'older');
      const store = await open();
      expect(store.current).toMatchObject(defaults);
      expect(store.corruptFile).toBe(join(profileDir, 'settings.json.corrupt-2'));
      expect(await readFile(join(profileDir, 'settings.json.corrupt-1'), 'utf8')).toBe('older');
      expect(await readFile(join(profileDir, 'settings.json.corrupt-2'), 'utf8')).toBe(text);
    },
  );
});
