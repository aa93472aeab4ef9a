import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { uptime } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const LockFile = z.object({ pid: z.int().min(1), startedMs: z.number() });

/** Another process uses the profile; a person can start this one with `--profile`. */
export class ProfileInUseError extends Error {
  readonly profileDir: string;
  readonly pid: number;

  constructor(profileDir: string, pid: number) {
    super(`profile in use by process ${pid}: ${profileDir}`);
    this.name = 'ProfileInUseError';
    this.profileDir = profileDir;
    this.pid = pid;
  }
}

/** Holds a profile for one process: two writers would lose each other's settings and share one identity. */
export class ProfileLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /**
   * Takes the profile; a lock whose process is gone is taken over.
   * @throws ProfileInUseError if another process, or this one, holds it
   */
  static async acquire(profileDir: string): Promise<ProfileLock> {
    await mkdir(profileDir, { recursive: true, mode: 0o700 });
    const file = join(profileDir, 'lock.json');
    const content = JSON.stringify({ pid: process.pid, startedMs: Date.now() });
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        await writeFile(file, content, { flag: 'wx', mode: 0o600 });
        return new ProfileLock(file);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      const holder = await readHolder(file);
      if (holder !== null && isAlive(holder)) throw new ProfileInUseError(profileDir, holder.pid);
      // Renaming decides between two processes that both found the lock stale.
      const stale = `${file}.${process.pid}.stale`;
      await rename(file, stale).catch(() => undefined);
      await rm(stale, { force: true });
    }
    throw new ProfileInUseError(profileDir, 0);
  }

  /** Gives the profile back. */
  async release(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

async function readHolder(file: string): Promise<z.infer<typeof LockFile> | null> {
  try {
    return LockFile.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return null;
  }
}

function isAlive({ pid, startedMs }: z.infer<typeof LockFile>): boolean {
  const bootedMs = Date.now() - uptime() * 1000;
  if (startedMs < bootedMs) return false;
  // In a container every start may have the same process id.
  if (pid === process.pid) return startedMs >= performance.timeOrigin;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
