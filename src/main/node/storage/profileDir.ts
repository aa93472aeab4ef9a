import { join } from 'node:path';

/** The surroundings that default folders depend on. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  homeDir: string;
}

/** Where settings, identity and journals live unless `--profile` names another folder. */
export function defaultProfileDir({ platform, env, homeDir }: Surroundings): string {
  if (platform === 'darwin') return join(homeDir, 'Library', 'Application Support', 'Hither');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(homeDir, 'AppData', 'Roaming'), 'Hither');
  // The XDG specification says that a relative path is invalid and to be ignored.
  const configHome = env['XDG_CONFIG_HOME'];
  return join(configHome?.startsWith('/') === true ? configHome : join(homeDir, '.config'), 'hither');
}
