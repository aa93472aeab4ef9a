import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderSink } from '../../../../src/main/files/FolderSink';
import { recoverParts } from '../../../../src/main/files/recoverParts';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';
import { sha256 } from '../../../support/transfer/memory';

const MODIFIED_MS = 1_732_500_000_123;
const file = (path: string): ManifestEntry => ({ kind: 'file', path, sizeBytes: 3, modifiedMs: MODIFIED_MS });

describe('what a kill left of small files', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'hither-recover-'));
    await mkdir(join(dir, 'trip (1)'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function put(path: string, text: string, modifiedMs = MODIFIED_MS): Promise<void> {
    await writeFile(join(dir, path), text);
    await utimes(join(dir, path), modifiedMs / 1000, modifiedMs / 1000);
  }

  it('is removed where it is as it was to become, in a folder of the transfer, and nowhere else', async () => {
    await put('trip (1)/a.part', 'abc');
    await put('trip (1)/longer.part', 'abcd');
    await put('trip (1)/older.part', 'abc', MODIFIED_MS - 1000);
    await put('trip (1)/recorded.part', 'abc');
    await put('trip (1)/done.part', 'abc');
    await put('elsewhere.part', 'abc');
    await put('victim', 'abc');
    await symlink(join(dir, 'victim'), join(dir, 'trip (1)', 'link.part'));
    const names = [
      'trip/a',
      'trip/longer',
      'trip/older',
      'trip/recorded',
      'trip/done',
      'elsewhere',
      'trip/link',
    ];
    const entries = names.map(file);
    const notes = {
      folders: new Map([['trip', 'trip (1)']]),
      parts: new Map([[3, 'recorded.part']]),
      namings: new Map(),
    };
    const sink = new FolderSink(dir, entries, { earlier: notes });
    const found = await recoverParts(
      sink,
      { dir, entries, complete: new Set([4]), blocks: new Map(), notes },
      sha256,
    );
    expect(found).toEqual({ complete: [4], blocks: new Map(), lostBlocks: 0 });
    expect((await readdir(dir)).sort()).toEqual(['elsewhere.part', 'trip (1)', 'victim']);
    expect((await readdir(join(dir, 'trip (1)'))).sort()).toEqual([
      'done.part',
      'link.part',
      'longer.part',
      'older.part',
      'recorded.part',
    ]);
  });
});
