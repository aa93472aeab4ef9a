import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** What opens things on this machine when there is no desktop shell around us. */
export interface DesktopTools {
  /** Opens the file manager at a file or folder. */
  reveal(path: string): Promise<void>;
  /** Opens an address in the default browser. */
  browse(url: string): Promise<void>;
}

/** The tools of this machine, or `null` where there is no desktop to open anything on. */
export function findDesktopTools(platform = process.platform, env = process.env): DesktopTools | null {
  if (platform === 'darwin')
    return { reveal: (path) => launch('open', ['-R', path]), browse: (url) => launch('open', [url]) };
  if (platform === 'win32')
    return {
      reveal: (path) => launch('explorer.exe', [`/select,${path}`]),
      browse: (url) => launch('rundll32.exe', ['url.dll,FileProtocolHandler', url]),
    };
  const hasDisplay = Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  if (!hasDisplay || !isOnPath('xdg-open', env)) return null;
  return {
    reveal: (path) => launch('xdg-open', [dirname(path)]),
    browse: (url) => launch('xdg-open', [url]),
  };
}

function isOnPath(command: string, env: NodeJS.ProcessEnv): boolean {
  return (env['PATH'] ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Starts a program that outlives us; no shell, so that nothing in a path is read as a command. */
async function launch(command: string, args: string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' });
    child.once('error', reject);
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
  });
}
