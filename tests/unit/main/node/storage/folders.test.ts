import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultDownloadsDir } from '../../../../../src/main/node/storage/downloadsDir';
import { defaultProfileDir } from '../../../../../src/main/node/storage/profileDir';

describe('the profile folder', () => {
  it.each([
    ['linux', {}, '/home/a/.config/hither'],
    ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/hither'],
    ['linux', { XDG_CONFIG_HOME: 'relative' }, '/home/a/.config/hither'],
    ['darwin', { XDG_CONFIG_HOME: '/cfg' }, '/home/a/Library/Application Support/Hither'],
    ['win32', { APPDATA: '/appdata' }, '/appdata/Hither'],
  ] as const)('is where %s keeps such things', (platform, env, dir) => {
    expect(defaultProfileDir({ platform, env, homeDir: '/home/a' })).toBe(dir);
  });
});

describe('the downloads folder', () => {
  let homeDir: string;
  beforeEach(async () => {
    homeDir = await mkdtemp(join(tmpdir(), 'hither-home-'));
    await mkdir(join(homeDir, '.config'));
  });
  afterEach(() => rm(homeDir, { recursive: true, force: true }));

  const withEntry = async (text: string): Promise<string> => {
    await writeFile(join(homeDir, '.config/user-dirs.dirs'), text);
    return String(await defaultDownloadsDir({ platform: 'linux', env: {}, homeDir }));
  };

  it('is what the desktop says', async () => {
    expect(await withEntry('# x\nXDG_DOWNLOAD_DIR="$HOME/받은 파일"\n')).toBe(join(homeDir, '받은 파일'));
    expect(await withEntry('XDG_DOWNLOAD_DIR="/data/in \\"box\\""')).toBe('/data/in "box"');
  });

  it('is ~/Downloads where the desktop says nothing that can be used', async () => {
    const fallback = join(homeDir, 'Downloads');
    expect(await defaultDownloadsDir({ platform: 'linux', env: {}, homeDir })).toBe(fallback);
    expect(await withEntry('XDG_DESKTOP_DIR="$HOME/Desktop"')).toBe(fallback);
    expect(await withEntry('XDG_DOWNLOAD_DIR="$HOME/"')).toBe(fallback);
    expect(await withEntry('XDG_DOWNLOAD_DIR="relative"')).toBe(fallback);
    expect(await defaultDownloadsDir({ platform: 'darwin', env: {}, homeDir })).toBe(fallback);
  });
});
