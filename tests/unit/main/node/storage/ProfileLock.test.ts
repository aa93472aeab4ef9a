import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProfileLock } from '../../../../../src/main/node/storage/ProfileLock';

let profileDir: string;
beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'hither-lock-'));
});
afterEach(() => rm(profileDir, { recursive: true, force: true }));

const leaveLock = (content: unknown) => writeFile(join(profileDir, 'lock.json'), JSON.stringify(content));

describe('a profile', () => {
  it('belongs to one holder until it is given back', async () => {
    const lock = await ProfileLock.acquire(profileDir);
    await expect(ProfileLock.acquire(profileDir)).rejects.toMatchObject({
      name: 'ProfileInUseError',
      pid: process.pid,
      profileDir,
    });
    await lock.release();
    await (await ProfileLock.acquire(profileDir)).release();
    expect(await readdir(profileDir)).toEqual([]);
  });

  it('is not taken from a process that lives', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
    await once(child, 'spawn');
    await leaveLock({ pid: child.pid, startedMs: Date.now() });
    await expect(ProfileLock.acquire(profileDir)).rejects.toMatchObject({ pid: child.pid });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await ProfileLock.acquire(profileDir)).release();
  });

  it.each([
    ['from before the machine was started', { pid: 1, startedMs: 1 }],
    ['of an earlier process with our number', { pid: process.pid, startedMs: performance.timeOrigin - 1000 }],
    ['that nobody can read', 'half a'],
  ])('is taken over from a lock %s', async (_name, content) => {
    await leaveLock(content);
    await (await ProfileLock.acquire(profileDir)).release();
  });
});
