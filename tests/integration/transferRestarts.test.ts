import { randomBytes } from 'node:crypto';
import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestResult } from '../../src/shared/contract/contract';
import { BLOCK_BYTES } from '../../src/shared/transfer/blocks';
import { until } from '../support/transfer/memory';
import { hashesBelow, hashOf, TransferSide } from '../support/transfer/TransferSide';

const SESSIONS = Array.from('123456789', (digit) => digit.repeat(32));
const [ALICE, BOB] = ['a'.repeat(32), 'b'.repeat(32)] as const;

describe('a transfer whose process starts again', () => {
  let root: string;
  let alice: TransferSide;
  let bob: TransferSide;
  let sessions = 0;
  const open_: TransferSide[] = [];

  const start = async (name: 'alice' | 'bob'): Promise<TransferSide> => {
    const side = new TransferSide(join(root, `${name} downloads`), name === 'alice' ? ALICE : BOB, {
      profileDir: join(root, name),
    });
    open_.push(side);
    await side.service.load();
    return side;
  };
  const link = (): void => {
    alice.join(bob, SESSIONS[sessions++]);
    alice.up();
    bob.up();
  };
  /** What is left of a process after its death: nothing that acts. */
  const bury = (side: TransferSide): void => {
    side.twin = null;
    side.endSession();
  };
  const bothDone = () => until(() => [alice, bob].every((side) => side.view()?.phase === 'done'), 10_000);
  /** Sends and stops half way, the links cut. */
  const halfWay = async (path: string, name: string, bytes: number): Promise<void> => {
    link();
    await alice.offer(path, name);
    await until(() => bob.view()?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    await until(() => (bob.view()?.doneBytes ?? 0) >= bytes);
    alice.endSession();
    bob.endSession();
    // What was under way when the links went has come to its end on either side.
    await new Promise((resolve) => setTimeout(resolve, 100));
  };

  beforeEach(async () => {
    sessions = 0;
    root = await mkdtemp(join(tmpdir(), 'hither-restarts-'));
    for (const name of ['alice', 'bob', 'alice downloads', 'bob downloads']) await mkdir(join(root, name));
    alice = await start('alice');
    bob = await start('bob');
  });
  afterEach(async () => {
    for (const side of open_.splice(0)) await side.service.close();
    await rm(root, { recursive: true, force: true });
  });

  it('waits for the same device and goes on with what is on disk, at either side', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(30 * BLOCK_BYTES + 5));
    await halfWay(path, 'big', 10 * BLOCK_BYTES);
    for (const who of ['bob', 'alice'] as const) {
      const old = who === 'bob' ? bob : alice;
      bury(old);
      if (who === 'bob') bob = await start('bob');
      else alice = await start('alice');
    }
    expect(bob.view()).toMatchObject({ phase: 'waiting', direction: 'receive', rootNames: ['big'] });
    expect(alice.view()).toMatchObject({ phase: 'waiting', direction: 'send' });
    link();
    await bothDone();
    expect(alice.blocks.length).toBeLessThanOrEqual(21);
    expect(bob.view()?.lostBlocks).toBe(0);
    expect(await hashesBelow(bob.dir)).toEqual({ big: await hashOf(path) });
    // What was kept of a transfer goes after its end.
    await expect.poll(() => readdir(join(root, 'bob', 'transfers'))).toEqual([]);
  });

  it('finds a byte that was changed in a temporary file, fetches its block again, and says so', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(20 * BLOCK_BYTES));
    await halfWay(path, 'big', 10 * BLOCK_BYTES);
    bury(bob);
    const part = await open(join(bob.dir, 'big.part'), 'r+');
    const { buffer } = await part.read(Buffer.alloc(1), 0, 1, 3 * BLOCK_BYTES + 77);
    await part.write(Buffer.from([(buffer[0] ?? 0) ^ 1]), 0, 1, 3 * BLOCK_BYTES + 77);
    await part.close();
    bob = await start('bob');
    alice.blocks.length = 0;
    link();
    await bothDone();
    expect(alice.blocks).toContain('0:3');
    expect(alice.blocks).not.toContain('0:2');
    expect(bob.view()?.lostBlocks).toBe(1);
    expect(await hashesBelow(bob.dir)).toEqual({ big: await hashOf(path) });
  });

  it.each([
    ['gone', (part: string) => unlink(part), 1],
    ['cut short', (part: string) => truncate(part, 4 * BLOCK_BYTES + 9), 4],
  ])('fetches again what is missing where a temporary file is %s', async (_, damage, from) => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(20 * BLOCK_BYTES));
    await halfWay(path, 'big', 10 * BLOCK_BYTES);
    bury(bob);
    await damage(join(bob.dir, 'big.part'));
    bob = await start('bob');
    alice.blocks.length = 0;
    link();
    await bothDone();
    expect(alice.blocks).toContain(`0:${String(from)}`);
    expect(bob.view()?.lostBlocks).toBeGreaterThanOrEqual(6);
    expect(await hashesBelow(bob.dir)).toEqual({ big: await hashOf(path) });
  });

  it('ignores the torn end of a journal', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(20 * BLOCK_BYTES));
    await halfWay(path, 'big', 10 * BLOCK_BYTES);
    bury(bob);
    const [transfer = ''] = await readdir(join(root, 'bob', 'transfers'));
    const journal = join(root, 'bob', 'transfers', transfer, 'journal');
    await truncate(journal, (await stat(journal)).size - 7);
    await appendFile(journal, Buffer.from([0, 0, 0, 200, 1, 2, 3]));
    bob = await start('bob');
    link();
    await bothDone();
    expect(await hashesBelow(bob.dir)).toEqual({ big: await hashOf(path) });
  });

  it('starts a changed source over, does without one that is gone, and names both', async () => {
    const tree = join(root, 'tree');
    await mkdir(tree);
    for (const name of ['a', 'b', 'c', 'd']) await writeFile(join(tree, name), randomBytes(6 * BLOCK_BYTES));
    await halfWay(tree, 'tree', 8 * BLOCK_BYTES);
    bury(alice);
    await writeFile(join(tree, 'b'), randomBytes(7 * BLOCK_BYTES + 1));
    await unlink(join(tree, 'd'));
    alice = await start('alice');
    link();
    await bothDone();
    for (const side of [alice, bob]) {
      expect(side.view()).toMatchObject({
        restartedFiles: ['tree/b'],
        failedCount: 1,
        failedFiles: [{ path: 'tree/d', failure: { code: 'source-missing' } }],
      });
    }
    expect(await hashesBelow(join(bob.dir, 'tree'))).toEqual(await hashesBelow(tree));
    expect((await readdir(join(bob.dir, 'tree'))).sort()).toEqual(['a', 'b', 'c']);
  });

  it('stays paused until the person goes on, and can be cancelled without the other device', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(30 * BLOCK_BYTES));
    await halfWay(path, 'big', 5 * BLOCK_BYTES);
    bob.call('transfers:pauseAll', {});
    // The pause is on the disk by then: nothing tells when.
    await new Promise((resolve) => setTimeout(resolve, 50));
    bury(bob);
    bob = await start('bob');
    expect(bob.view()).toMatchObject({ phase: 'paused', pausedBy: 'me' });
    link();
    await until(() => alice.view()?.phase === 'paused');
    expect(alice.view()?.pausedBy).toBe('peer');
    bob.endSession();
    alice.endSession();
    bob.call('transfers:cancelAll', {});
    await until(() => bob.view()?.phase === 'cancelled');
    await expect.poll(() => readdir(bob.dir)).toEqual([]);
    bury(bob);
    bob = await start('bob');
    link();
    await until(() => alice.view()?.phase === 'cancelled');
    expect(alice.view()?.endedBy).toBe('peer');
  });

  it('fails with words where the files were a page’s, and tells the receiver', async () => {
    link();
    const items = [{ kind: 'page-file', sourceId: 's', path: 'photo', sizeBytes: 9_000_000, modifiedMs: 1 }];
    await alice.call('transfers:offer', { sessionId: alice.sessionId, items });
    await until(() => bob.view()?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    alice.endSession();
    bob.endSession();
    bury(alice);
    alice = await start('alice');
    expect(alice.view()).toMatchObject({ phase: 'failed', failure: { code: 'page-gone' } });
    link();
    await until(() => bob.view()?.phase === 'failed');
    expect(bob.view()?.failure?.code).toBe('page-gone');
  });

  it('is remembered when it is over, found by name, and offered again from its paths', async () => {
    const path = join(root, 'Holiday.txt');
    await writeFile(path, 'hello');
    link();
    await alice.offer(path, 'Holiday.txt');
    await until(() => bob.view()?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    await bothDone();
    // The history is on the disk by then: nothing tells when.
    await new Promise((resolve) => setTimeout(resolve, 100));
    bury(alice);
    alice = await start('alice');
    const search = (query: string) =>
      alice.call('transfers:history', { query, from: 0, count: 10 }) as RequestResult<'transfers:history'>;
    expect(search('holi')).toMatchObject({ total: 1, transfers: [{ phase: 'done', canRetry: true }] });
    expect(search('nothing')).toMatchObject({ total: 0 });
    link();
    await alice.call('transfers:retry', { transferId: alice.view()?.transferId });
    await until(() => bob.view()?.phase === 'incoming');
    await alice.call('transfers:clear', {});
    expect(search('')).toMatchObject({ total: 0 });
  });

  it('keeps times, the right to run, empty folders and files, long names and depth, and names what it left out', async () => {
    const tree = join(root, 'tree');
    const deep = join(tree, ...Array.from({ length: 40 }, (_, depth) => `d${String(depth)}`));
    const long = `${'가'.repeat(84)}.sh`;
    await mkdir(deep, { recursive: true });
    await mkdir(join(tree, 'empty folder'));
    await writeFile(join(deep, long), '#!/bin/sh\n');
    await chmod(join(deep, long), 0o755);
    await writeFile(join(tree, 'empty'), '');
    await writeFile(join(tree, 'plain'), 'x');
    await utimes(join(tree, 'plain'), 1_000_000, 1_000_000);
    await symlink('/etc/passwd', join(tree, 'link'));
    link();
    await alice.offer(tree, 'tree');
    await until(() => bob.view()?.phase === 'incoming');
    expect(alice.view()).toMatchObject({
      leftOut: [{ reason: 'link', count: 1, names: ['tree/link'] }],
    });
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    await bothDone();
    const received = (path: string) => stat(path.replace(tree, join(bob.dir, 'tree')));
    expect((await received(join(deep, long))).mode & 0o777).toBe(0o755);
    expect((await received(join(tree, 'plain'))).mode & 0o111).toBe(0);
    expect((await received(join(tree, 'plain'))).mtimeMs).toBe(1_000_000_000);
    expect((await received(join(tree, 'empty folder'))).isDirectory()).toBe(true);
    expect((await received(join(tree, 'empty'))).size).toBe(0);
    expect(await readFile(join(bob.dir, 'tree', 'plain'), 'utf8')).toBe('x');
    expect(await readdir(join(bob.dir, 'tree'))).not.toContain('link');
  });
});
