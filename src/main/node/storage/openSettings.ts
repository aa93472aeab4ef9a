import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProfileStorage } from '../../../backend/ports';
import { SettingsStore } from '../../../backend/settings/SettingsStore';
import { DeviceName } from '../../../shared/device';
import { defaultDownloadsDir } from './downloadsDir';
import { homeDir } from './homeDir';

export interface OpenSettingsOptions {
  storage: ProfileStorage;
  /** Absolute path; where files go of an account that has no folder for downloads. */
  profileDir: string;
  /** What this machine is called, where the person has not said. */
  defaultName: string;
  /** For this run only, in place of the settings'. */
  name?: string | undefined;
  downloadsDir?: string | undefined;
  /** Port of a relay that is on for this run. */
  relayPort?: number | undefined;
  /** Rejects with a `HitherError` where files can't be written to the folder. */
  checkFolder(dir: string): Promise<unknown>;
}

/**
 * The settings of a profile, with the machine's defaults beneath and the command line's values on top. The folders
 * that these two name are made where they are missing; one that the person chose in the settings is not.
 * @throws Error of the file system if the profile can't be read or a folder can't be made
 */
export async function openSettings(options: OpenSettingsOptions): Promise<SettingsStore> {
  const surroundings = { platform: process.platform, env: process.env, homeDir: homeDir() };
  const standardDir = (await defaultDownloadsDir(surroundings)) ?? join(options.profileDir, 'downloads');
  const name = DeviceName.safeParse(options.name);
  const store = await SettingsStore.open({
    storage: options.storage,
    defaults: { name: options.defaultName, downloadsDir: standardDir },
    overrides: {
      ...(name.success ? { name: name.data } : {}),
      ...(options.downloadsDir === undefined ? {} : { downloadsDir: options.downloadsDir }),
      ...(options.relayPort === undefined
        ? {}
        : { embeddedRelay: true, embeddedRelayPort: options.relayPort }),
    },
    checkFolder: (dir) => options.checkFolder(dir),
  });
  const { downloadsDir } = store.current;
  if (downloadsDir === options.downloadsDir) await mkdir(downloadsDir, { recursive: true });
  // Where that can't be, files can still be sent, and the page says so of the folder.
  else if (downloadsDir === standardDir)
    await mkdir(downloadsDir, { recursive: true }).catch(() => undefined);
  return store;
}
