import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkSources } from '../../../../../src/main/node/files/checkSources';
import { NodeFiles } from '../../../../../src/main/node/files/NodeFiles';
import { random } from '../../../../../src/main/node/random';
import type { WalkedEntry } from '../../../../../src/backend/ports';
import { MAX_ENTRIES } from '../../../../../src/shared/protocol/transfer';

import { SourceFiles } from '../../../../../src/main/node/files/SourceFiles';
import { walk } from '../../../../../src/main/node/files/walk';
import { manifestOf } from '../../../../../src/backend/transfers/sending/manifestOf';
import { measure } from '../../../../../src/backend/transfers/sending/measure';
import { PathTokens } from '../../../../../src/backend/transfers/sending/PathTokens';
import { testFileThread } from '../../../../support/transfer/testFileThread';

const files = new NodeFiles(null);

describe('files to be sent', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-source-'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  const read = (sources: SourceFiles, index: number, offset: number, length: number): Promise<Uint8Array> => {
    const source = sources.block(index, offset, length);
    if (source.kind !== 'bytes') throw new Error('expected bytes');
    return source.read();
  };

  it('are found in the natural order of their names', async () => {
    for (const name of ['IMG_10.jpg', 'IMG_2.jpg', 'IMG_1.jpg']) await writeFile(join(dir, name), name);
    const { entries } = await walk(dir, 'root');
    const files = entries.filter(({ entry }) => entry.kind === 'file');
    expect(files.map(({ entry }) => entry.path)).toEqual(
      ['1', '2', '10'].map((number) => `root/IMG_${number}.jpg`),
    );
  });

  it('are found in folders, with empty folders, and without links that lead elsewhere', async () => {
    await mkdir(join(dir, 'sub', 'empty'), { recursive: true });
    await writeFile(join(dir, 'b'), 'bb');
    await writeFile(join(dir, 'sub', 'a'), 'a');
    await symlink('/etc', join(dir, 'sub', 'etc'));
    await mkdir(join(dir, 'links'));
    await symlink('../sub', join(dir, 'links', 'sub'));
    const [old, older] = [new Date('2019-05-06T07:08:09Z'), new Date('1965-01-01T00:00:00Z')];
    await utimes(join(dir, 'sub', 'empty'), older, older);
    await utimes(join(dir, 'sub'), old, old);
    const { entries: found, leftOut } = await walk(dir, 'root');
    expect(leftOut).toEqual([
      { reason: 'link', path: 'root/links/sub' },
      { reason: 'link', path: 'root/sub/etc' },
    ]);
    expect(found.map(({ entry, isImplied }) => [entry.kind, entry.path, entry.sizeBytes, isImplied])).toEqual(
      [
        ['folder', 'root', 0, true],
        ['file', 'root/b', 2, false],
        ['folder', 'root/links', 0, false],
        ['folder', 'root/sub', 0, true],
        ['file', 'root/sub/a', 1, false],
        ['folder', 'root/sub/empty', 0, false],
      ],
    );
    expect(found[3]?.entry.modifiedMs).toBe(old.getTime());
    expect(found[5]?.entry.modifiedMs).toBe(older.getTime());
  });

  it('are read where they are, also those from before 1970', async () => {
    const path = join(dir, 'old');
    await writeFile(path, 'hello');
    await utimes(path, new Date(-157_766_400_000), new Date(-157_766_400_000));
    const { entries: found } = await walk(path, 'old');
    const entries = found.map(({ entry }) => entry);
    expect(entries).toMatchObject([{ modifiedMs: -157_766_400_000 }]);
    for (const thread of [null, testFileThread]) {
      const sources = new SourceFiles(entries, [{ kind: 'path', absolutePath: path }], thread);
      expect(Buffer.from(await read(sources, 0, 0, 5)).toString()).toBe('hello');
      sources.close();
    }
    expect(await checkSources(entries, [path])).toEqual({ changed: [], failed: [] });
  });

  it('are read where they are', async () => {
    await writeFile(join(dir, 'a'), 'hello');
    const { entries: found } = await walk(join(dir, 'a'), 'a');
    const sources = new SourceFiles(
      found.map(({ entry }) => entry),
      found.map(({ absolutePath }) => ({ kind: 'path', absolutePath })),
    );
    expect(Buffer.from(await read(sources, 0, 1, 3)).toString()).toBe('ell');
    sources.close();
  });

  it.each([
    ['vanished', (path: string) => unlink(path), 'source-missing'],
    ['was cut', (path: string) => truncate(path, 2), 'source-changed'],
    ['was rewritten', (path: string) => writeFile(path, 'other bytes'), 'source-changed'],
  ])('say so when one %s since it was offered', async (_, change, code) => {
    const path = join(dir, 'a');
    await writeFile(path, 'hello');
    const { entries: found } = await walk(path, 'a');
    await change(path);
    for (const thread of [null, testFileThread]) {
      const sources = new SourceFiles(
        found.map(({ entry }) => entry),
        found.map(({ absolutePath }) => ({ kind: 'path', absolutePath })),
        thread,
      );
      await expect(read(sources, 0, 0, 5)).rejects.toMatchObject({ code, facts: { name: 'a' } });
    }
  });

  it('are named by tokens that nobody can make up', async () => {
    await writeFile(join(dir, 'a'), 'hello');
    const tokens = new PathTokens(files, random);
    const token = tokens.register(join(dir, 'a'));
    const { entries, origins } = await manifestOf(
      [{ kind: 'path-token', token, path: 'renamed' }],
      tokens,
      files,
    );
    expect(entries[0]).toMatchObject({ path: 'renamed', sizeBytes: 5 });
    expect(origins[0]).toEqual({ kind: 'path', absolutePath: join(dir, 'a') });
    expect(await measure({ token, path: 'a' }, tokens, files)).toEqual({ fileCount: 1, totalBytes: 5 });
    const madeUp = [{ kind: 'path-token' as const, token: '0'.repeat(32), path: 'a' }];
    await expect(manifestOf(madeUp, tokens, files)).rejects.toMatchObject({ code: 'unknown-source' });
    expect(() => tokens.register('relative')).toThrow(expect.objectContaining({ code: 'bad-request' }));
  });

  const manifest = (...paths: string[]) => {
    const items = paths.map((path, n) => ({
      kind: 'page-file' as const,
      sourceId: `${n}`,
      path,
      sizeBytes: n,
      modifiedMs: 0,
    }));
    return manifestOf(items, new PathTokens(files, random), files);
  };

  it('are left out where no receiver would take their names, and the others go', async () => {
    expect(await manifest('a', 'a/../b', 'photo\u202egpj.exe', 'b')).toMatchObject({
      entries: [{ path: 'a' }, { path: 'b' }],
      origins: [{ sourceId: '0' }, { sourceId: '3' }],
      leftOut: [{ reason: 'name', count: 2, names: ['a/../b', 'photogpj.exe'] }],
    });
    await expect(manifest('../b')).rejects.toMatchObject({ code: 'all-left-out', facts: { name: '../b' } });
    await expect(manifest()).rejects.toMatchObject({ code: 'nothing-to-send' });
  });

  it('are left out where the page could not read them', async () => {
    const items = [
      { kind: 'page-file' as const, sourceId: 's', path: 'trip/a', sizeBytes: 1, modifiedMs: 0 },
      { kind: 'left-out' as const, reason: 'unreadable' as const, path: 'trip/secret' },
      { kind: 'left-out' as const, reason: 'name' as const, path: 'trip/' },
    ];
    expect(await manifestOf(items, new PathTokens(files, random), files)).toMatchObject({
      entries: [{ path: 'trip/a' }],
      leftOut: [
        { reason: 'unreadable', count: 1, names: ['trip/secret'] },
        { reason: 'name', count: 1, names: ['trip/'] },
      ],
    });
  });

  it('are numbered where two have one path, as of two folders', async () => {
    const { entries, leftOut } = await manifest('a.txt', 'a.txt', 'a', 'a/b', 'A.txt');
    expect(entries.map(({ path }) => path)).toEqual(['a.txt', 'a (1).txt', 'a', 'A.txt']);
    expect(leftOut).toEqual([{ reason: 'name', count: 1, names: ['a/b'] }]);
    // A name that climbs is none to be numbered.
    expect((await manifest('a', '..', 'b/', 'b/..')).entries).toHaveLength(1);
  });

  it('are together where two folders have one path, which is listed once', async () => {
    for (const place of ['one', 'two']) {
      await mkdir(join(dir, place, 'trip', 'none'), { recursive: true });
      await writeFile(join(dir, place, 'trip', 'a'), place);
    }
    const tokens = new PathTokens(files, random);
    const items = ['one', 'two'].map((place) => ({
      kind: 'path-token' as const,
      token: tokens.register(join(dir, place, 'trip')),
      path: 'trip',
    }));
    const { entries, origins, leftOut } = await manifestOf(items, tokens, files);
    expect(entries.map(({ path }) => path)).toEqual(['trip', 'trip/a', 'trip/none', 'trip/a (1)']);
    expect(origins.map(({ kind }) => kind)).toEqual(['none', 'path', 'none', 'path']);
    expect(leftOut).toEqual([]);
  });

  it('go without their folders’ times where an offer has no room for these, and not at all where it has none for them', async () => {
    const walked = (fileCount: number, name: string) => ({
      walk: () => {
        const file = (index: number): WalkedEntry => ({
          entry: { kind: 'file', path: `t/${name}${String(index)}`, sizeBytes: 1 },
          absolutePath: `/${String(index)}`,
          isImplied: false,
        });
        const folder: WalkedEntry = {
          entry: { kind: 'folder', path: 't', sizeBytes: 0, modifiedMs: 1 },
          absolutePath: '/t',
          isImplied: true,
        };
        return Promise.resolve({
          entries: [folder, ...Array.from({ length: fileCount }, (_, index) => file(index))],
          leftOut: [],
        });
      },
    });
    const chosen = [{ kind: 'path' as const, path: '/t', name: 't' }];
    const made = (fileCount: number, name = '') =>
      manifestOf(chosen, new PathTokens(files, random), walked(fileCount, name));
    expect((await made(1)).entries).toMatchObject([{ kind: 'folder', modifiedMs: 1 }, { kind: 'file' }]);
    const full = await made(MAX_ENTRIES);
    expect([full.entries.length, full.origins.length]).toEqual([MAX_ENTRIES, MAX_ENTRIES]);
    expect(full.entries[0]?.kind).toBe('file');
    await expect(made(MAX_ENTRIES + 1)).rejects.toMatchObject({ code: 'too-many-entries' });
    const long = 'n'.repeat(4_090);
    await expect(made(4_200, long)).rejects.toMatchObject({ code: 'too-many-entries' });
  }, 30_000);

  it('are left out by name where they are no plain files, and the others go', async () => {
    await writeFile(join(dir, 'good'), 'good');
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    await writeFile(
      Buffer.concat([Buffer.from(`${dir}/caf`), Buffer.from([0xe9]), Buffer.from('.txt')]),
      'latin',
    );
    const { entries, leftOut } = await walk(dir, 'root');
    expect(entries.map(({ entry }) => entry.path)).toEqual(['root', 'root/good']);
    expect(leftOut).toEqual([
      { reason: 'name', path: 'root/caf\ufffd.txt' },
      { reason: 'special', path: 'root/pipe' },
    ]);
  });

  it.runIf(process.platform === 'linux')(
    'are left out where they say that they are empty and are not',
    async () => {
      expect(await walk('/proc/self/status', 'status')).toEqual({
        entries: [],
        leftOut: [{ reason: 'sizeless', path: 'status' }],
      });
      await writeFile(join(dir, 'empty'), '');
      expect((await walk(dir, 'root')).entries).toMatchObject([
        { entry: { path: 'root' } },
        { entry: { path: 'root/empty', sizeBytes: 0 } },
      ]);
    },
  );

  it.skipIf(process.getuid?.() === 0)(
    'are left out where they can’t be read, and the others go',
    async () => {
      await mkdir(join(dir, 'locked'));
      await writeFile(join(dir, 'good'), 'good');
      await chmod(join(dir, 'locked'), 0);
      expect(await walk(dir, 'root')).toMatchObject({
        entries: [{ entry: { path: 'root' } }, { entry: { path: 'root/good' } }],
        leftOut: [{ reason: 'unreadable', path: 'root/locked' }],
      });
      await expect(walk(join(dir, 'locked'), 'locked')).rejects.toMatchObject({ code: 'source-unreadable' });
      await chmod(join(dir, 'locked'), 0o700);
    },
  );
});
