import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProfileLock } from '../../../../../src/main/node/storage/ProfileLock';
import { bundleProcess } from '../../../../support/bundleProcess';

let root: string;
let profileDir: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hither-lock-'));
  profileDir = join(root, 'profile');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(root, { recursive: true, force: true });
});

/** A process that takes the profile and says what came of it. */
async function contender(script: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [script, profileDir], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, said: chunk.toString() };
}

const script = (): Promise<string> =>
  bundleProcess(join(import.meta.dirname, '../../../../support/app/takeProfile.ts'), root);

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

  it('is held as long as its process lives, also while that is stopped, and is free after a kill', async () => {
    const { child, said } = await contender(await script());
    expect(said).toBe('held');
    await expect(ProfileLock.acquire(profileDir)).rejects.toMatchObject({ pid: child.pid });
    child.kill('SIGSTOP');
    await expect(ProfileLock.acquire(profileDir)).rejects.toMatchObject({ pid: 0 });
    child.kill('SIGKILL');
    await once(child, 'exit');
    await (await ProfileLock.acquire(profileDir)).release();
    expect(await readdir(profileDir)).toEqual([]);
  });

  it('has one holder however many come at a time', async () => {
    const path = await script();
    const all = await Promise.all(Array.from({ length: 8 }, () => contender(path)));
    expect(all.filter(({ said }) => said === 'held')).toHaveLength(1);
    expect(all.filter(({ said }) => said === 'ProfileInUseError')).toHaveLength(7);
    const here = await Promise.allSettled(Array.from({ length: 20 }, () => ProfileLock.acquire(profileDir)));
    expect(here.filter(({ status }) => status === 'fulfilled')).toEqual([]);
  });

  it('has one of twenty in one process', async () => {
    for (let round = 0; round < 5; round++) {
      const all = await Promise.allSettled(Array.from({ length: 20 }, () => ProfileLock.acquire(profileDir)));
      const held = all.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
      expect(held).toHaveLength(1);
      await held[0]!.release();
    }
  });

  it('may lie deeper than a socket’s path may be long', async () => {
    profileDir = join(root, 'a'.repeat(120), '가'.repeat(40));
    const lock = await ProfileLock.acquire(profileDir);
    await expect(ProfileLock.acquire(profileDir)).rejects.toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await readdir(profileDir)).toEqual([]);
  });

  it('is not locked by a file that is called so', async () => {
    await mkdir(profileDir);
    await writeFile(join(profileDir, `lock-${'0'.repeat(16)}.sock`), 'half a');
    await (await ProfileLock.acquire(profileDir)).release();
  });
});
