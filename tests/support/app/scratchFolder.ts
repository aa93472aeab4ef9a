import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const NAME = /^hither-test-(\d+)-/;

/** Makes a folder for one test's files, after removing those of test runs that were killed. */
export async function makeScratchFolder(): Promise<string> {
  for (const name of await readdir(tmpdir())) {
    const maker = NAME.exec(name)?.[1];
    if (maker !== undefined && !isAlive(Number(maker))) await removeScratchFolder(join(tmpdir(), name));
  }
  return mkdtemp(join(tmpdir(), `hither-test-${process.pid}-`));
}

/** Removes such a folder. A disk that is still mounted in it keeps its mount point, and nothing else. */
export async function removeScratchFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** Whether a process with this id runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
