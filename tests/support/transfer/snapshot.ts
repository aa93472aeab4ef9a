import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Everything below a folder, without following links: kind, permissions, inode, content or target, by relative path. */
export async function snapshot(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const look = async (relative: string): Promise<void> => {
    const path = join(root, relative);
    const stats = await lstat(path);
    const head = `${(stats.mode & 0o7777).toString(8)} ${stats.ino}`;
    if (stats.isSymbolicLink()) found[relative] = `link ${head} ${await readlink(path)}`;
    else if (stats.isFile()) {
      const digest = createHash('sha256').update(await readFile(path));
      found[relative] = `file ${head} ${digest.digest('hex')}`;
    } else {
      found[relative] = `folder ${head}`;
      for (const name of await readdir(path)) await look(join(relative, name));
    }
  };
  await look('.');
  return found;
}
