import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { DeviceName } from '../../../shared/device';
import { checkFolder } from '../files/checkFolder';
import { defaultDeviceName } from '../thisDevice';
import { defaultDownloadsDir } from './downloadsDir';
import { SettingsStore } from '../../../backend/settings/SettingsStore';

/**
 * The settings of a profile, with the machine's defaults beneath and the command line's values on top. The folders
 * that these two name are made where they are missing; one that the person chose in the settings is not.
 * @throws Error of the file system if the profile can't be read or a folder can't be made
 */
export async function openSettings(options: {
  profileDir: string;
  name?: string | undefined;
  downloadsDir?: string | undefined;
}): Promise<SettingsStore> {
  const surroundings = { platform: process.platform, env: process.env, homeDir: homedir() };
  const standardDir = await defaultDownloadsDir(surroundings);
  const name = DeviceName.safeParse(options.name);
  const store = await SettingsStore.open({
    profileDir: options.profileDir,
    defaults: { name: defaultDeviceName(), downloadsDir: standardDir },
    overrides: {
      ...(name.success ? { name: name.data } : {}),
      ...(options.downloadsDir === undefined ? {} : { downloadsDir: options.downloadsDir }),
    },
    checkFolder,
  });
  const { downloadsDir } = store.current;
  if (downloadsDir === options.downloadsDir || downloadsDir === standardDir)
    await mkdir(downloadsDir, { recursive: true });
  return store;
}
