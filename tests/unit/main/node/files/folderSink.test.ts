import {
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rename,
  rm,
  rmdir,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FolderSink } from '../../../../../src/main/node/files/sink/FolderSink';
import type { ManifestEntry } from '../../../../../src/shared/protocol/transfer';
import type { SinkFile } from '../../../../../src/shared/transfer/ports';
import { testFileThread } from '../../../../support/transfer/testFileThread';

const file = (path: string, sizeBytes = 3): ManifestEntry => ({ kind: 'file', path, sizeBytes });
const MIB = 1024 * 1024;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function receive(sink: FolderSink, index: number, text: string): Promise<SinkFile> {
  const opened = await sink.open(index);
  await opened.write(0, bytes(text));
  await opened.finish();
  await opened.commit();
  return opened;
}

describe.each([
  ['by itself', null],
  ['by the thread for files', testFileThread],
])('a folder that files are received into, each %s,', (_how, thread) => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-sink-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('shows a file under a temporary name until it is committed', async () => {
    const sink = new FolderSink(dir, [file('a.txt')], { thread });
    await sink.prepare();
    const opened = await sink.open(0);
    await opened.write(0, bytes('abc'));
    expect(await readdir(dir)).toEqual(['a.txt.part']);
    await opened.finish();
    await opened.commit();
    expect(await readdir(dir)).toEqual(['a.txt']);
    expect(await readFile(join(dir, 'a.txt'), 'utf8')).toBe('abc');
    expect(sink.revealPath).toBe(join(dir, 'a.txt'));
  });

  it.each([
    ['small', [[0, 1000]], 0],
    ['large', [[0, MIB]], 1],
    ['large, and its tail came after a flush,', [[0, MIB], 'flush', [MIB, 1000]], 2],
  ] as const)('that is %s is flushed where it is worth it', async (_, steps, flushes) => {
    const probe = await open(join(dir, 'probe'), 'w');
    const datasync = vi.spyOn(Object.getPrototypeOf(probe) as typeof probe, 'datasync');
    await probe.close();
    try {
      const sink = new FolderSink(dir, [file('a.bin', 2 * MIB)], { thread });
      const opened = await sink.open(0);
      for (const step of steps) {
        if (step === 'flush') await sink.sync();
        else await opened.write(step[0], new Uint8Array(step[1]));
      }
      await opened.finish();
      expect(datasync).toHaveBeenCalledTimes(flushes);
    } finally {
      datasync.mockRestore();
    }
  });

  it('never overwrites: names are numbered before the extension', async () => {
    await writeFile(join(dir, 'photo.tar.gz'), 'mine');
    await writeFile(join(dir, 'photo.tar (1).gz'), 'mine, too');
    await receive(new FolderSink(dir, [file('photo.tar.gz')], { thread }), 0, 'new');
    expect((await readdir(dir)).sort()).toEqual(['photo.tar (1).gz', 'photo.tar (2).gz', 'photo.tar.gz']);
    expect(await readFile(join(dir, 'photo.tar.gz'), 'utf8')).toBe('mine');
    expect(await readFile(join(dir, 'photo.tar (2).gz'), 'utf8')).toBe('new');
  });

  it('puts a folder beside one of the same name, whole', async () => {
    await mkdir(join(dir, 'trip'));
    await writeFile(join(dir, 'trip', 'a'), 'mine');
    const sink = new FolderSink(
      dir,
      [file('trip/a'), file('trip/deep/er/b'), { ...file('trip/none', 0), kind: 'folder' }],
      { thread },
    );
    await receive(sink, 0, 'new');
    await receive(sink, 1, 'new');
    await sink.makeFolder(2);
    expect(await readFile(join(dir, 'trip', 'a'), 'utf8')).toBe('mine');
    expect((await readdir(join(dir, 'trip (1)'))).sort()).toEqual(['a', 'deep', 'none']);
    expect(await readFile(join(dir, 'trip (1)', 'deep', 'er', 'b'), 'utf8')).toBe('new');
    expect(sink.revealPath).toBe(join(dir, 'trip (1)'));
  });

  it('gives folders their times when all is in place, as far as the disk takes them', async () => {
    await mkdir(join(dir, 'trip'));
    const outside = await mkdtemp(join(tmpdir(), 'hither-outside-'));
    const before = (await stat(outside)).mtimeMs;
    const folder = (path: string, modifiedMs?: number): ManifestEntry => {
      const entry: ManifestEntry = { ...file(path, 0), kind: 'folder' };
      return modifiedMs === undefined ? entry : { ...entry, modifiedMs };
    };
    const times = { trip: 1_500_000_000_000, 'trip/old': -157_766_400_000, 'trip/deep': 1_400_000_000_000 };
    const entries = [
      ...Object.entries(times).map(([path, modifiedMs]) => folder(path, modifiedMs)),
      ...[folder('trip/far', 8.64e15), folder('trip/now'), folder('trip/link', 1), folder('never made', 1)],
      file('trip/deep/a'),
    ];
    const sink = new FolderSink(dir, entries, { thread });
    for (const index of [0, 1, 2, 3, 4, 5]) await sink.makeFolder(index);
    await receive(sink, 7, 'new');
    await rmdir(join(dir, 'trip (1)', 'link'));
    await symlink(outside, join(dir, 'trip (1)', 'link'));
    await sink.dateFolders();
    for (const [path, modifiedMs] of Object.entries(times))
      expect((await stat(join(dir, path.replace('trip', 'trip (1)')))).mtimeMs).toBe(modifiedMs);
    expect((await stat(join(dir, 'trip'))).mtimeMs).toBeGreaterThan(times.trip);
    expect((await stat(outside)).mtimeMs).toBe(before);
    expect((await readdir(dir)).sort()).toEqual(['trip', 'trip (1)']);
    await rm(outside, { recursive: true });
  });

  it('does not write through a link that waits under the temporary name', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'hither-outside-'));
    await writeFile(join(outside, 'victim'), 'precious');
    await symlink(join(outside, 'victim'), join(dir, 'a.txt.part'));
    await symlink(join(outside, 'victim'), join(dir, 'a.txt'));
    await receive(new FolderSink(dir, [file('a.txt')], { thread }), 0, 'new');
    expect(await readFile(join(outside, 'victim'), 'utf8')).toBe('precious');
    expect(await readFile(join(dir, 'a (1).txt'), 'utf8')).toBe('new');
    await rm(outside, { recursive: true });
  });

  it('does not go through a link planted in a folder of its own', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'hither-outside-'));
    const sink = new FolderSink(dir, [file('trip/a'), file('trip/sub/b')], { thread });
    await receive(sink, 0, 'new');
    await symlink(outside, join(dir, 'trip', 'sub'));
    await expect(receive(sink, 1, 'new')).rejects.toMatchObject({ name: 'HitherError' });
    expect(await readdir(outside)).toEqual([]);
    await rm(outside, { recursive: true });
  });

  it('keeps what is complete and removes the rest when it is abandoned', async () => {
    const sink = new FolderSink(dir, [file('trip/done'), file('trip/sub/half'), file('other/half')], {
      thread,
    });
    await receive(sink, 0, 'new');
    await (await sink.open(1)).write(0, bytes('n'));
    await sink.open(2);
    await sink.abandon();
    expect(await readdir(dir)).toEqual(['trip']);
    expect(await readdir(join(dir, 'trip'))).toEqual(['done']);
  });

  it('says before anything is sent when there is no folder or no room', async () => {
    await expect(new FolderSink(join(dir, 'gone'), [file('a')], { thread }).prepare()).rejects.toMatchObject({
      code: 'folder-missing',
    });
    const sizeBytes = 2 ** 52;
    await expect(new FolderSink(dir, [file('a', sizeBytes)], { thread }).prepare()).rejects.toMatchObject({
      code: 'disk-full',
      facts: { neededBytes: sizeBytes },
    });
  });

  it('does not name a file in a folder that a link took the place of', async () => {
    const outside = await mkdtemp(join(tmpdir(), 'hither-outside-'));
    const sink = new FolderSink(dir, [file('trip/a')], { thread });
    const opened = await sink.open(0);
    await opened.write(0, bytes('new'));
    await opened.finish();
    await rename(join(dir, 'trip'), join(dir, 'moved'));
    await writeFile(join(outside, 'a.part'), 'planted');
    await symlink(outside, join(dir, 'trip'));
    await expect(opened.commit()).rejects.toMatchObject({ code: 'folder-missing' });
    expect(await readdir(outside)).toEqual(['a.part']);
    await sink.abandon();
    expect(await readdir(outside)).toEqual(['a.part']);
    await rm(outside, { recursive: true });
  });

  it('makes an empty file, and one that may be run', async () => {
    const sink = new FolderSink(dir, [file('empty', 0), { ...file('tool'), isExecutable: true }], { thread });
    const empty = await sink.open(0);
    await empty.finish();
    await empty.commit();
    await receive(sink, 1, 'run');
    expect(await readFile(join(dir, 'empty'), 'utf8')).toBe('');
    expect((await stat(join(dir, 'empty'))).mode & 0o111).toBe(0);
    expect((await stat(join(dir, 'tool'))).mode & 0o111).toBe(0o111);
  });

  it('keeps the time of the last change', async () => {
    const sink = new FolderSink(dir, [{ ...file('a'), modifiedMs: 1_234_567_000 }], { thread });
    await receive(sink, 0, 'new');
    expect((await stat(join(dir, 'a'))).mtimeMs).toBe(1_234_567_000);
  });

  it('takes names of 255 bytes, also where a number is added', async () => {
    const name = `${'가'.repeat(83)}.txt`;
    await receive(new FolderSink(dir, [file(name)], { thread }), 0, '1');
    await receive(new FolderSink(dir, [file(name)], { thread }), 0, '2');
    const names = await readdir(dir);
    expect(names).toHaveLength(2);
    expect(names.every((each) => each.endsWith('.txt') && Buffer.byteLength(each) <= 255)).toBe(true);
  });

  it('numbers a long name whose last dot begins no extension', async () => {
    const name = `1. ${'가'.repeat(84)}`;
    for (const text of ['1', '2', '3']) await receive(new FolderSink(dir, [file(name)], { thread }), 0, text);
    const names = (await readdir(dir)).sort();
    expect(names.map((each) => Buffer.byteLength(each) <= 255)).toEqual([true, true, true]);
    expect(names.filter((each) => / \([12]\)$/.test(each))).toHaveLength(2);
  });

  it.each([-157_766_400_123, 0, 8.64e15])('keeps a file whatever its time is (%s ms)', async (modifiedMs) => {
    await receive(new FolderSink(dir, [{ ...file('old'), modifiedMs }], { thread }), 0, 'old');
    const { mtimeMs } = await stat(join(dir, 'old'));
    expect(await readFile(join(dir, 'old'), 'utf8')).toBe('old');
    // Disks hold fewer years than a manifest may name.
    if (modifiedMs <= 0) expect(Math.floor(mtimeMs)).toBe(modifiedMs);
  });

  it('notes a temporary file before it is there, so that a kill leaves none that nobody knows of', async () => {
    const noted: string[][] = [];
    const notes = {
      folder: () => undefined,
      part: async (_: number, name: string) => {
        noted.push([name, ...(await readdir(dir))]);
      },
      naming: () => Promise.resolve(),
      wrote: () => undefined,
    };
    await writeFile(join(dir, 'a.part'), 'mine');
    const opened = await new FolderSink(dir, [file('a')], { thread, notes }).open(0);
    await opened.write(0, bytes('abc'));
    expect(noted).toEqual([['a (1).part', 'a.part']]);
    expect((await readdir(dir)).sort()).toEqual(['a (1).part', 'a.part']);
    await opened.finish();
  });

  it.each(['../evil', 'a/../../evil', '..', 'a//b'])(
    'takes nothing that leads out of it (%s)',
    async (path) => {
      const inner = join(dir, 'inner');
      await mkdir(inner);
      const sink = new FolderSink(inner, [file(path)], { thread });
      await expect(sink.open(0)).rejects.toMatchObject({ code: 'hostile-name' });
      if (sink.whole.accepts(0))
        await expect(sink.whole.put(0, bytes('abc'))).rejects.toMatchObject({ code: 'hostile-name' });
      expect(await readdir(dir)).toEqual(['inner']);
      expect(await readdir(inner)).toEqual([]);
    },
  );
});
