import { rename, stat } from 'node:fs/promises';

/**
 * Renames a file that can't be read, so that nothing of it is lost.
 * @returns its new path: the old one with `.corrupt-` and a number
 * @throws Error of the file system
 */
export async function keepAside(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const aside = `${path}.corrupt-${n}`;
    const isTaken = await stat(aside).then(
      () => true,
      () => false,
    );
    if (isTaken) continue;
    await rename(path, aside);
    return aside;
  }
}
