import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { TransferService } from '../../src/backend/transfers/TransferService';
import type { FolderCheck } from '../../src/backend/ports';
import { NodeFiles } from '../../src/main/node/files/NodeFiles';
import { type NameRules, WINDOWS_NAMES } from '../../src/shared/transfer/manifest/LocalNames';
import { receiveSettings, trustingNobody } from '../support/transfer/featureSession';
import { nodePorts } from '../support/transfer/nodePorts';
import { rawFile, rawFolder, RawPeer } from '../support/transfer/RawPeer';

/** A disk that takes what Windows does, and no file over 100 bytes; other folders of the test are on a disk that takes anything. */
class NarrowDisk extends NodeFiles {
  override async checkFolder(dir: string): Promise<FolderCheck> {
    const check = await super.checkFolder(dir);
    return dir.endsWith('narrow') ? { ...check, maxFileBytes: 100 } : check;
  }

  override async nameRules(dir: string): Promise<NameRules> {
    return dir.endsWith('narrow') ? WINDOWS_NAMES : super.nameRules(dir);
  }
}

let root: string;
let peer: RawPeer;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hither-disks-'));
  peer = new RawPeer(
    (events, send) =>
      new TransferService({
        ...nodePorts,
        files: new NarrowDisk(null),
        emit: (name, data) => events.emit(name, data as never),
        ...trustingNobody,
        send,
        settings: () => receiveSettings(root),
        reveal: () => Promise.resolve(),
      }),
  );
});
afterEach(async () => {
  await peer.service.close();
  await rm(root, { recursive: true, force: true });
});

const folder = async (name: string): Promise<string> => {
  const dir = join(root, name);
  await mkdir(dir);
  return dir;
};

it('fifty files arrive beside three that the disk can’t name, which are told of before and after', async () => {
  const narrow = await folder('narrow');
  const plain = Array.from({ length: 50 }, (_, n) => `src/file ${n}`);
  const odd = ['src/12:30.png', 'src/Makefile', 'src/makefile', 'src/nul'];
  const entries = [...plain, ...odd].map((path) => rawFile(path));
  const renamed = {
    count: 3,
    examples: [
      { from: 'src/12:30.png', to: 'src/12_30.png' },
      { from: 'src/makefile', to: 'src/makefile (1)' },
      { from: 'src/nul', to: 'src/nul_' },
    ],
  };
  const offer = peer.offer(entries);
  const { transferId } = offer;
  const preview = peer.call('transfers:preview', { transferId, dir: narrow });
  await expect(preview).resolves.toMatchObject({ renamed });
  // Elsewhere they can have their names.
  const wide = await folder('wide');
  await expect(peer.call('transfers:preview', { transferId, dir: wide })).resolves.toMatchObject({
    renamed: { count: 0 },
  });
  expect(await readdir(narrow)).toEqual([]);
  await peer.call('transfers:accept', { transferId, dir: narrow });
  for (const [file, raw] of entries.entries()) await peer.send(transferId, offer.streamNo, file, raw);
  await expect.poll(() => peer.view(transferId)).toMatchObject({ phase: 'done', renamed });
  const names = [...plain.map((path) => path.slice(4)), '12_30.png', 'Makefile', 'makefile (1)', 'nul_'];
  expect((await readdir(join(narrow, 'src'))).sort()).toEqual(names.sort());
});

it('a folder that the disk can’t name has its time under the name it gets', async () => {
  const narrow = await folder('narrow');
  const times = [1_500_000_000_000, 1_400_000_000_000] as const;
  const entries = [rawFolder('a:b', times[0]), rawFile('a:b/c?/x'), rawFolder('a:b/c?', times[1])];
  const { transferId, streamNo } = peer.offer(entries);
  expect(peer.view(transferId)).toMatchObject({ fileCount: 1, folderCount: 0 });
  await peer.call('transfers:accept', { transferId, dir: narrow });
  await peer.send(transferId, streamNo, 1, entries[1]!);
  await expect.poll(() => peer.view(transferId)).toMatchObject({ phase: 'done', renamed: { count: 2 } });
  expect((await stat(join(narrow, 'a_b'))).mtimeMs).toBe(times[0]);
  expect((await stat(join(narrow, 'a_b', 'c_'))).mtimeMs).toBe(times[1]);
});

it('an offer that could not be accepted on one disk has its own names on another', async () => {
  const [narrow, wide] = [await folder('narrow'), await folder('wide')];
  const raw = rawFile('12:30.png');
  const { transferId, streamNo } = peer.offer([raw]);
  await rm(narrow, { recursive: true });
  await expect(peer.call('transfers:accept', { transferId, dir: narrow })).rejects.toMatchObject({
    code: 'folder-missing',
  });
  await peer.call('transfers:accept', { transferId, dir: wide });
  await peer.send(transferId, streamNo, 0, raw);
  await expect.poll(() => peer.view(transferId)?.phase).toBe('done');
  expect(await readdir(wide)).toEqual(['12:30.png']);
});

it('an offer that is accepted keeps its names, whatever is pressed once more', async () => {
  const [narrow, wide] = [await folder('narrow'), await folder('wide')];
  const entries = [rawFile('a:b/1'), rawFile('a:b/2')];
  const { transferId, streamNo } = peer.offer(entries);
  await peer.call('transfers:accept', { transferId, dir: wide });
  await peer.send(transferId, streamNo, 0, entries[0]!);
  await peer.call('transfers:accept', { transferId, dir: narrow });
  await peer.send(transferId, streamNo, 1, entries[1]!);
  await expect.poll(() => peer.view(transferId)).toMatchObject({ phase: 'done', renamed: { count: 0 } });
  expect((await readdir(join(wide, 'a:b'))).sort()).toEqual(['1', '2']);
});

it('a file that is too long for the disk is told of before anything is accepted', async () => {
  const narrow = await folder('narrow');
  const { transferId } = peer.offer([rawFile('small'), rawFile('large', 'x'.repeat(101))]);
  await expect(peer.call('transfers:preview', { transferId, dir: narrow })).rejects.toMatchObject({
    code: 'file-too-large',
    facts: { name: 'large' },
  });
});
