import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProfileLock } from '../../../../../src/main/node/storage/ProfileLock';
import { formatInviteLink, MAX_INVITE } from '../../../../../src/shared/identity/invite';
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
    for (let round = 0; round < 60; round++) {
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

describe('a link that is handed to the holder of a profile', () => {
  const secret = new Uint8Array(16).fill(7);
  const link = formatInviteLink({
    relayUrl: 'https://relay.example.org',
    secret,
    inviter: secret,
    expiresMs: 60_000,
  });
  /** What the holder says to whatever is written on its socket, and what it was given meanwhile. */
  async function say(text: string): Promise<{ answer: string; opened: string[] }> {
    const opened: string[] = [];
    const lock = await ProfileLock.acquire(profileDir, (each) => {
      opened.push(each);
      return 'page';
    });
    const [name = ''] = await readdir(profileDir);
    const socket = connect(join(profileDir, name));
    let answer = '';
    socket
      .on('error', () => undefined)
      .setEncoding('utf8')
      .on('data', (chunk) => (answer += String(chunk)));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    for (const half of [text.slice(0, 9), text.slice(9)]) {
      socket.write(half);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await closed;
    await lock.release();
    return { answer, opened };
  }

  it('is opened there, and who sees it is told', async () => {
    const opened: string[] = [];
    const lock = await ProfileLock.acquire(profileDir, (each) => {
      opened.push(each);
      return 'nobody';
    });
    expect(await ProfileLock.handOver(profileDir, link)).toEqual({ pid: process.pid, handedTo: 'nobody' });
    expect(opened).toEqual([link]);
    await expect(ProfileLock.acquire(profileDir)).rejects.toMatchObject({ pid: process.pid });
    await lock.release();
    expect(await ProfileLock.handOver(profileDir, link)).toBeNull();
  });

  it('finds nobody where the holder takes none, or is stopped', async () => {
    const lock = await ProfileLock.acquire(profileDir);
    expect(await ProfileLock.handOver(profileDir, link)).toBeNull();
    await lock.release();
    const { child } = await contender(await script());
    child.kill('SIGSTOP');
    expect(await ProfileLock.handOver(profileDir, link)).toBeNull();
  });

  it('may come in pieces', async () => {
    const { answer, opened } = await say(`${JSON.stringify({ link })}\n`);
    expect(JSON.parse(answer)).toEqual({ pid: process.pid, isHolder: true, handedTo: 'page' });
    expect(opened).toEqual([link]);
  });

  it.each([
    ['is none', JSON.stringify({ link: 'https://relay.example.org/#AQ' })],
    ['is a spoken code', JSON.stringify({ link: '7-ripe-lantern' })],
    ['is too long', JSON.stringify({ link: link.padEnd(MAX_INVITE + 1) })],
    ['is no text', JSON.stringify({ link: [link] })],
    ['is no JSON', '{"link":'],
  ])('is not opened where it %s', async (_what, text) => {
    const { answer, opened } = await say(`${text}\n`);
    expect(JSON.parse(answer)).toEqual({ pid: process.pid, isHolder: true });
    expect(opened).toEqual([]);
  });

  it('is not read where it has no end, and waited for no longer than two seconds', async () => {
    const begun = performance.now();
    expect((await say(`{${'x'.repeat(10_000)}`)).answer).toBe('');
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect((await say('{"link":')).answer).toBe('');
  });

  it.skipIf(process.platform === 'win32')(
    'comes from the same account alone, whatever the folder allows',
    async () => {
      await mkdir(profileDir, { mode: 0o777 });
      const umask = process.umask(0);
      const lock = await ProfileLock.acquire(profileDir);
      process.umask(umask);
      const [name = ''] = await readdir(profileDir);
      expect((await stat(join(profileDir, name))).mode & 0o777).toBe(0o600);
      await lock.release();
    },
  );
});
