import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_BYTES } from '../../src/shared/transfer/blocks';
import { Tmpfs } from '../support/lab/Tmpfs';
import { until } from '../support/transfer/memory';
import { hashesBelow, hashOf, TransferSide } from '../support/transfer/TransferSide';

const SMALL_FILES = 3000;
const PAGE_BYTES = 4096;
const canMount = process.platform === 'linux' && process.getuid?.() === 0;

/** 16 MB that take 26 MB of a disk, as nearly all of them take two pages and hardly fill the second one. */
async function writeSmallFiles(dir: string): Promise<void> {
  for (let group = 0; group < 7; group++)
    await mkdir(join(dir, `group ${String(group)}`), { recursive: true });
  await Promise.all(
    Array.from({ length: SMALL_FILES }, (_, index) => {
      const sizeBytes = index % 100 === 0 ? 57_000 : index % 50 === 1 ? 0 : PAGE_BYTES + 1 + (index % 1500);
      const path = join(dir, `group ${String(index % 7)}`, `file ${String(index)}`);
      return writeFile(path, randomBytes(sizeBytes));
    }),
  );
}

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
    bob = new TransferSide(disk.dir, 'b'.repeat(32), { diskLooks: { firstMs: 50, longestMs: 200 } });
    alice.join(bob);
    alice.up();
    bob.up();
  });
  afterEach(async () => {
    for (const side of [alice, bob]) await side.service.close();
    await disk.unmount();
    await rm(root, { recursive: true, force: true });
  });

  const doneFiles = (): number => bob.view()?.doneFiles ?? 0;

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
    // After a few looks at the disk, which has not grown.
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(bob.view()?.phase).toBe('paused');
    await disk.resize(80 * BLOCK_BYTES);
    await until(() => alice.view()?.phase === 'done' && bob.view()?.phase === 'done', 10_000);
    expect((await hashesBelow(disk.dir))['big']).toBe(await hashOf(path));
  });

  it('leaves nothing wrong of thousands of small files, however often it fills, and all arrive in the end', async () => {
    await writeSmallFiles(join(alice.dir, 'small'));
    const sent = await hashesBelow(alice.dir);
    await disk.resize(17 * BLOCK_BYTES + PAGE_BYTES);
    await alice.offer(join(alice.dir, 'small'), 'small');
    await until(() => bob.view()?.phase === 'incoming');
    await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
    let before = 0;
    // The second time it has room for what is missing by its length, which is all that can be known, and yet not enough.
    for (const blocks of [17, 23]) {
      // One page more than an even number, so that what does not fit is written in part.
      await disk.resize(blocks * BLOCK_BYTES + PAGE_BYTES);
      await until(() => doneFiles() > before && alice.view()?.phase === 'paused', 10_000);
      expect(bob.view()).toMatchObject({ pausedBy: 'me', failure: { code: 'disk-full' }, canRetry: true });
      expect(alice.view()).toMatchObject({ pausedBy: 'peer', failure: { code: 'disk-full' } });
      // After a few looks at the disk, which has not grown.
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(bob.view()?.phase).toBe('paused');
      before = doneFiles();
      const named = Object.entries(await hashesBelow(disk.dir)).filter(([path]) => !path.endsWith('.part'));
      expect(named.length).toBeGreaterThanOrEqual(before);
      expect(sent).toMatchObject(Object.fromEntries(named));
    }
    expect(before).toBeLessThan(SMALL_FILES);
    await disk.resize(400 * BLOCK_BYTES);
    await until(() => alice.view()?.phase === 'done' && bob.view()?.phase === 'done', 10_000);
    expect(await hashesBelow(disk.dir)).toEqual(sent);
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

describe.skipIf(!canMount)('a profile on a disk that is full (needs root on Linux)', () => {
  it('costs what a restart would need, and no transfer', async () => {
    const root = await mkdtemp(join(tmpdir(), 'hither-profile-'));
    const disk = await Tmpfs.mount(join(root, 'profile'), 16 * PAGE_BYTES);
    await writeFile(join(disk.dir, 'somebody else’s'), randomBytes(64 * PAGE_BYTES)).catch(() => undefined);
    for (const name of ['alice', 'bob']) await mkdir(join(root, name));
    const [alice, bob] = (['alice', 'bob'] as const).map(
      (name) => new TransferSide(join(root, name), name[0]!.repeat(32), { profileDir: disk.dir }),
    ) as [TransferSide, TransferSide];
    try {
      alice.join(bob);
      alice.up();
      bob.up();
      for (let file = 0; file < 50; file++)
        await writeFile(join(alice.dir, `file ${String(file)}`), randomBytes(100_000));
      await alice.offer(alice.dir, 'all');
      await until(() => bob.view()?.phase === 'incoming');
      await bob.call('transfers:accept', { transferId: bob.view()?.transferId });
      await until(() => alice.view()?.phase === 'done' && bob.view()?.phase === 'done', 10_000);
      expect(await hashesBelow(join(bob.dir, 'all'))).toEqual(await hashesBelow(alice.dir));
    } finally {
      for (const side of [alice, bob]) await side.service.close();
      await disk.unmount();
      await rm(root, { recursive: true, force: true });
    }
  });
});
