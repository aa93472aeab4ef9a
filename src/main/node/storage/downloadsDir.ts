import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Surroundings } from './profileDir';

/** The folder that the system calls "Downloads": the XDG user directory on Linux, `~/Downloads` elsewhere; `null` without a home. */
export async function defaultDownloadsDir({ platform, env, homeDir }: Surroundings): Promise<string | null> {
  if (homeDir === null) return null;
  const fallback = join(homeDir, 'Downloads');
  if (platform === 'darwin' || platform === 'win32') return fallback;
  const configHome = env['XDG_CONFIG_HOME'] ?? join(homeDir, '.config');
  try {
    return downloadsOf(await readFile(join(configHome, 'user-dirs.dirs'), 'utf8'), homeDir) ?? fallback;
  } catch {
    return fallback;
  }
}

/** The DOWNLOAD entry of a `user-dirs.dirs` file; the home folder itself means that there is none. */
function downloadsOf(text: string, homeDir: string): string | null {
  const value = /^\s*XDG_DOWNLOAD_DIR="((?:[^"\\]|\\.)*)"/m.exec(text)?.[1]?.replace(/\\(.)/g, '$1');
  if (value === undefined) return null;
  const dir = value.startsWith('$HOME') ? join(homeDir, value.slice('$HOME'.length)) : value;
  return dir.startsWith('/') && join(dir, '.') !== join(homeDir, '.') ? dir : null;
}
