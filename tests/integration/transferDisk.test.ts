import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/shared/transfer/blocks';
import { Tmpfs } from '../support/lab/Tmpfs';
import { until } from '../support/transfer/memory';
import { hashesBelow, hashOf, TransferSide } from '../support/transfer/TransferSide';

const run = promisify(execFile);
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!canMount)('a disk that fills while files arrive (needs root on Linux)', () => {
  let root: string;
  let disk: Tmpfs;
  let alice: TransferSide;
  let bob: TransferSide;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hither-disk-'));
    disk = await Tmpfs.mount(join(root, 'disk'), 40 * BLOCK_BYTES);
    await mkdir(join(root, 'alice'));
    alice = new TransferSide(join(root, 'alice'), 'a'.repeat(32));
    bob = new TransferSide(disk.dir, 'b'.repeat(32), { diskLookMs: { first: 50, longest: 200 } });
    alice.join(bob);
    alice.up();
    bob.up();
  });
  afterEach(async () => {
    for (const side of [alice, bob]) await side.service.close();
    await disk.unmount();
    await rm(root, { recursive: true, force: true });
  });

  /** Sends 30 MiB while somebody else fills the disk. */
  const untilFull = async (path: string): Promise<void> => {
    await writeFile(path, randomBytes(30 * BLOCK_BYTES));
    await alice.offer(path, 'big');
    await until(() => bob.view()?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    await until(() => (bob.view()?.doneBytes ?? 0) > BLOCK_BYTES);
    await writeFile(join(disk.dir, 'somebody else’s'), randomBytes(24 * BLOCK_BYTES)).catch(() => undefined);
    await until(() => alice.view()?.phase === 'paused', 10_000);
  };

  it('pauses the transfer on both sides, and it goes on by itself when the disk has grown', async () => {
    const path = join(root, 'big');
    await untilFull(path);
    expect(bob.view()).toMatchObject({ pausedBy: 'me', failure: { code: 'disk-full' }, canRetry: true });
    expect(alice.view()).toMatchObject({ pausedBy: 'peer', failure: { code: 'disk-full' } });
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(bob.view()?.phase).toBe('paused');
    await run('mount', ['-o', `remount,size=${String(80 * BLOCK_BYTES)}`, disk.dir]);
    await until(() => alice.view()?.phase === 'done' && bob.view()?.phase === 'done', 10_000);
    expect((await hashesBelow(disk.dir))['big']).toBe(await hashOf(path));
  });

  it('is tried again at once when the person says so', async () => {
    const path = join(root, 'big');
    await untilFull(path);
    await rm(join(disk.dir, 'somebody else’s'));
    await bob.call('transfers:retry', { transferId: bob.view()?.transferId });
    await until(() => bob.view()?.phase === 'done', 10_000);
    expect(await hashesBelow(disk.dir)).toEqual({ big: await hashOf(path) });
  });
});
