import { join } from 'node:path';

/** The surroundings that default folders depend on. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: NodeJS.ProcessEnv;
  /** `null` for an account without one. */
  homeDir: string | null;
}

/** Where settings, identity and journals live unless `--profile` names another folder; `null` where there is no place for them. */
export function defaultProfileDir({ platform, env, homeDir }: Surroundings): string | null {
  if (platform === 'darwin') return below(homeDir, 'Library', 'Application Support', 'Hither');
  if (platform === 'win32') return below(env['APPDATA'] ?? below(homeDir, 'AppData', 'Roaming'), 'Hither');
  // The XDG specification says that a relative path is invalid and to be ignored.
  const configHome = env['XDG_CONFIG_HOME'];
  return below(configHome?.startsWith('/') === true ? configHome : below(homeDir, '.config'), 'hither');
}

function below(dir: string | null, ...names: string[]): string | null {
  return dir === null ? null : join(dir, ...names);
}
