import { link, mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderSink } from '../../../../../src/main/node/files/sink/FolderSink';
import type { ManifestEntry } from '../../../../../src/shared/protocol/transfer';
import type { RecoveredProgress } from '../../../../../src/shared/transfer/receiving/ReceiveProgress';
import { sha256 } from '../../../../support/transfer/memory';

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

  /** @param claimed files that the journal says were about to be written, each with three bytes */
  async function recover(
    names: readonly string[],
    claimed: Record<string, string>,
    recorded: Record<string, string> = {},
  ): Promise<RecoveredProgress> {
    const entries = names.map(file);
    const indexed = <T>(what: Record<string, string>, value: (text: string) => T): Map<number, T> =>
      new Map(Object.entries(what).map(([name, text]) => [names.indexOf(name), value(text)]));
    const notes = {
      folders: new Map([['trip', 'trip (1)']]),
      parts: indexed(recorded, (name) => name),
      namings: new Map(),
    };
    const blocks = indexed(claimed, (text) => [sha256(Buffer.from(text))]);
    const complete = new Set([names.indexOf('trip/done')]);
    const sink = new FolderSink(dir, entries, { earlier: notes });
    return sink.recover({ complete, blocks, notes }, sha256);
  }

  it('is removed where it was claimed, in a folder of the transfer, and nowhere else', async () => {
    await put('trip (1)/a.part', 'abc');
    await put('trip (1)/half.part', 'a', MODIFIED_MS + 1000);
    await put('trip (1)/longer.part', 'abcd');
    await put('trip (1)/unclaimed.part', 'abc');
    await put('trip (1)/recorded.part', 'abc');
    await put('trip (1)/done.part', 'abc');
    await put('trip (1)/sent.part', 'abc');
    await put('elsewhere.part', 'abc');
    await put('victim', 'abc');
    await symlink(join(dir, 'victim'), join(dir, 'trip (1)', 'link.part'));
    const all = ['a', 'half', 'longer', 'unclaimed', 'recorded', 'done', 'link', 'sent', 'sent.part'];
    const claimed = all.filter((name) => name !== 'unclaimed').map((name) => [`trip/${name}`, 'xyz']);
    const found = await recover(
      [...all.map((name) => `trip/${name}`), 'elsewhere'],
      Object.fromEntries([...claimed, ['elsewhere', 'xyz']]) as Record<string, string>,
      { 'trip/recorded': 'recorded.part' },
    );
    expect(found.complete).toEqual([5]);
    expect((await readdir(dir)).sort()).toEqual(['elsewhere.part', 'trip (1)', 'victim']);
    expect((await readdir(join(dir, 'trip (1)'))).sort()).toEqual([
      'done.part',
      'link.part',
      'longer.part',
      'recorded.part',
      'sent.part',
      'unclaimed.part',
    ]);
  });

  it('goes where the transfer is cancelled before anybody looked, with the folder if nothing else is in it', async () => {
    for (const name of ['a.part', 'done.part', 'done']) await put(`trip (1)/${name}`, 'abc');
    const notes = { folders: new Map([['trip', 'trip (1)']]), parts: new Map(), namings: new Map() };
    const abandon = (): Promise<void> =>
      new FolderSink(dir, ['trip/a', 'trip/done'].map(file), { earlier: notes }).abandon();
    await abandon();
    expect((await readdir(join(dir, 'trip (1)'))).sort()).toEqual(['done', 'done.part']);
    for (const name of ['done.part', 'done']) await rm(join(dir, 'trip (1)', name));
    await put('trip (1)/a.part', 'abc');
    await abandon();
    expect(await readdir(dir)).toEqual([]);
  });

  it('is complete where it got its name, and only if it is what was claimed', async () => {
    await put('trip (1)/named', 'abc');
    await put('trip (1)/linked', 'abc');
    await link(join(dir, 'trip (1)/linked'), join(dir, 'trip (1)/linked.part'));
    await put('trip (1)/other', 'xyz');
    await put('trip (1)/longer', 'abcd');
    await put('trip (1)/unclaimed', 'abc');
    await put('victim', 'abc');
    await symlink(join(dir, 'victim'), join(dir, 'trip (1)', 'planted'));
    const names = ['named', 'linked', 'other', 'longer', 'planted', 'gone', 'unclaimed', 'done'];
    const claimed = names.slice(0, -2).map((name) => [`trip/${name}`, 'abc']);
    const found = await recover(
      names.map((name) => `trip/${name}`),
      Object.fromEntries(claimed) as Record<string, string>,
    );
    expect(found).toEqual({ complete: [7, 0, 1], blocks: new Map(), lostBlocks: 0 });
    expect(await readdir(join(dir, 'trip (1)'))).not.toContain('linked.part');
    expect((await readdir(join(dir, 'trip (1)'))).length).toBe(6);
  });
});
