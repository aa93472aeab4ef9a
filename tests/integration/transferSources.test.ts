import { randomBytes } from 'node:crypto';
import { utimesSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/shared/transfer/blocks';
import { until } from '../support/transfer/memory';
import { hashesBelow, hashOf, TransferSide } from '../support/transfer/TransferSide';

describe('a transfer whose sources change while they are sent', () => {
  let root: string;
  let alice: TransferSide;
  let bob: TransferSide;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-sources-'));
    for (const name of ['alice', 'bob', 'downloads']) await mkdir(join(root, name));
    alice = new TransferSide(root, 'a'.repeat(32), { profileDir: join(root, 'alice') });
    bob = new TransferSide(join(root, 'downloads'), 'b'.repeat(32), { profileDir: join(root, 'bob') });
    alice.join(bob);
    alice.up();
    bob.up();
  });
  afterEach(async () => {
    for (const side of [alice, bob]) await side.service.close();
    await rm(root, { recursive: true, force: true });
  });
  const bothDone = () => until(() => [alice, bob].every((side) => side.view()?.phase === 'done'), 10_000);

  it('starts a file over that changes while it is sent, does without one that goes, and names both', async () => {
    const tree = join(root, 'tree');
    await mkdir(tree);
    for (const name of ['a', 'b', 'c', 'd'])
      await writeFile(join(tree, name), randomBytes(12 * BLOCK_BYTES + 5));
    await alice.offer(tree, 'tree');
    await until(() => bob.view()?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    await until(() => (bob.view()?.doneBytes ?? 0) >= 2 * BLOCK_BYTES);
    await writeFile(join(tree, 'c'), randomBytes(13 * BLOCK_BYTES + 1));
    await unlink(join(tree, 'd'));
    await bothDone();
    for (const side of [alice, bob]) {
      expect(side.view()).toMatchObject({
        restartedFiles: ['tree/c'],
        failedCount: 1,
        failedFiles: [{ path: 'tree/d', failure: { code: 'source-missing' } }],
        totalBytes: 3 * (12 * BLOCK_BYTES + 5) + 13 * BLOCK_BYTES + 1,
      });
    }
    expect(alice.blocks.filter((block) => block.startsWith('0:')).length).toBeLessThan(30);
    expect(await hashesBelow(join(bob.dir, 'tree'))).toEqual(await hashesBelow(tree));
  });

  it('sends no mixture of a file that is written to after its first blocks have gone', async () => {
    const path = join(root, 'big');
    await writeFile(path, randomBytes(30 * BLOCK_BYTES + 5));
    await alice.offer(path, 'big');
    await until(() => bob.view()?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    await until(() => (bob.view()?.doneBytes ?? 0) >= 5 * BLOCK_BYTES);
    const file = await open(path, 'r+');
    await file.write(randomBytes(100), 0, 100, 0);
    await file.close();
    await bothDone();
    expect(bob.view()?.restartedFiles).toEqual(['big']);
    expect(await hashesBelow(bob.dir)).toEqual({ big: await hashOf(path) });
  });

  it('fails where a source changes without end', async () => {
    const path = join(root, 'log');
    await writeFile(path, randomBytes(9 * BLOCK_BYTES));
    await alice.offer(path, 'log');
    await until(() => bob.view()?.phase === 'incoming');
    let times = 0;
    alice.events.on('lanes:sendBlock', () => utimesSync(path, 1, ++times));
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    await until(() => bob.view()?.phase === 'failed', 20_000);
    expect(alice.view()?.failure?.code).toBe('source-changed');
    await expect.poll(() => readdir(bob.dir)).toEqual([]);
  }, 30_000);
});
