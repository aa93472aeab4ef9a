import { mkdir, mkdtemp, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutHidden } from '../../src/shared/hiddenText';
import { TransferService } from '../../src/backend/transfers/TransferService';
import { nodePorts } from '../support/transfer/nodePorts';
import { receiveSettings, trustingNobody } from '../support/transfer/featureSession';
import { rawFile, rawFolder, type RawEntry, RawPeer } from '../support/transfer/RawPeer';
import { snapshot } from '../support/transfer/snapshot';

let root: string;
let downloads: string;
let outside: string;
let peer: RawPeer;

/** A home with something to lose in it, and a downloads folder in the middle. */
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'hither-hostile-')));
  downloads = join(root, 'home', 'downloads');
  outside = join(root, 'outside');
  await mkdir(downloads, { recursive: true });
  await mkdir(join(outside, 'folder'), { recursive: true });
  // Shaped like what is sent below, so that nothing but looking closely keeps files out of it.
  await mkdir(join(outside, 'trip', 'sub', 'new'), { recursive: true });
  await mkdir(join(root, 'home', '.ssh'));
  await writeFile(join(root, 'home', '.ssh', 'authorized_keys'), 'mine');
  await writeFile(join(root, 'home', '.bashrc'), 'mine');
  await writeFile(join(outside, 'secret'), 'precious', { mode: 0o600 });
  await writeFile(join(outside, 'folder', 'kept'), 'precious');
  await writeFile(join(downloads, 'mine.txt'), 'mine');
  peer = new RawPeer(
    (events, send) =>
      new TransferService({
        ...nodePorts,
        emit: (name, data) => events.emit(name, data as never),
        ...trustingNobody,
        send,
        settings: () => receiveSettings(downloads),
        reveal: () => Promise.resolve(),
      }),
  );
});
afterEach(async () => {
  await peer.service.close();
  await rm(root, { recursive: true, force: true });
});

const received = (path: string): Promise<string> => readFile(join(downloads, path), 'utf8');
/** What lies around the downloads folder. */
async function around(): Promise<Record<string, string>> {
  const all = await snapshot(root);
  return Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith('home/downloads/')));
}

const hostile: [string, string, string][] = [
  ['climbs', '../evil', 'parent'],
  ['climbs to the keys (LocalSend CVE-2025-27142)', '../.ssh/authorized_keys', 'parent'],
  ['climbs to what the shell starts with', '../../home/.bashrc', 'parent'],
  ['climbs far', `${'../'.repeat(40)}etc/cron.d/evil`, 'parent'],
  ['climbs from the middle', 'safe/../../evil', 'parent'],
  ['stays inside by climbing', 'safe/../evil', 'parent'],
  ['climbs at the end (magic-wormhole)', 'safe/..', 'parent'],
  ['is the folder above (magic-wormhole)', '..', 'parent'],
  ['is the folder itself', '.', 'parent'],
  ['has the folder itself inside', 'safe/./evil', 'parent'],
  ['climbs with backslashes', '..\\..\\evil', 'parent'],
  ['climbs with both', '..\\../evil', 'parent'],
  ['climbs behind a name with a backslash', 'safe\\..\\..\\evil', 'parent'],
  ['is absolute (LocalSend CVE-2025-27142)', '/tmp/evil', 'absolute'],
  ['is absolute with two slashes', '//tmp/evil', 'absolute'],
  ['is on a share', '\\\\server\\share\\evil', 'absolute'],
  ['is a device path', '\\\\?\\C:\\evil', 'absolute'],
  ['is a device', '\\\\.\\PhysicalDrive0', 'absolute'],
  ['is on a drive', 'C:\\Windows\\System32\\evil.dll', 'absolute'],
  ['is on a drive with slashes', 'C:/Windows/System32/evil.dll', 'absolute'],
  ['is a file URL', 'file:///etc/passwd', 'empty'],
  ['ends early', 'photo.jpg\u0000.exe', 'control'],
  ['drives the terminal (croc GHSA-364c-vvqx-446c)', '\u001b]0;owned\u0007\u001b[2Jevil', 'control'],
  ['drives the terminal with one character', 'a\u009b2Jb', 'control'],
  ['has more than one line', 'invoice\nTotal: 0.pdf', 'control'],
  ['returns the carriage', 'evil.exe\rphoto.jpg', 'control'],
  ['deletes what is before it', 'evil\u007f', 'control'],
  ['reads backwards', 'photo\u202egpj.exe', 'control'],
  ['is isolated backwards', 'photo\u2067gpj.exe\u2069', 'control'],
  ['has a zero-width space', 'pass\u200bwd', 'control'],
  ['hides its end in tags', 'a.txt\u{e002e}\u{e0065}\u{e0078}\u{e0065}', 'control'],
  ['is invisible', '\u3164', 'control'],
  ['piles marks up', `e${'\u0301\u0316'.repeat(40)}`, 'control'],
  ['is half a character', 'a\ud83d.txt', 'encoding'],
  ['has no name between slashes', 'safe//evil', 'empty'],
  ['ends in a slash', 'safe/', 'empty'],
  ['is 65 levels deep', Array.from({ length: 65 }, () => 'd').join('/'), 'too-deep'],
];

/** Pairs of which the second can't be beside the first on any disk. */
const clashing: [string, RawEntry[], string][] = [
  ['are the same', [rawFile('same'), rawFile('same')], 'collision'],
  ['are a file and a folder', [rawFile('parent'), rawFile('parent/child')], 'clash'],
  ['are a folder and a file', [rawFile('parent/child'), rawFile('parent')], 'clash'],
  ['are a listed folder and a file', [rawFolder('same'), rawFile('same')], 'clash'],
];

/** Pairs that are one file on some disk, and two on this one. */
const twins: [string, string, string][] = [
  ['differ by case', 'README', 'readme'],
  ['lie in folders that differ by case', 'Docs/a', 'docs/b'],
  ['differ by sharp s', 'straße', 'STRASSE'],
  ['differ by the dotless i', 'fıle', 'FILE'],
  ['differ by width', 'ｆｉｌｅ', 'file'],
  ['differ by a joiner', 'कष', 'क\u200dष'],
  ['are the same but for a backslash', 'a/b', 'a\\b'],
];

/** Odd, and somebody's file all the same. */
const legal: string[] = [
  '<img src=x onerror=alert(1)>.png',
  '"><script>alert(document.domain)</script>.svg'.replace('/', '∕'),
  "'; rm -rf ~; echo '",
  '$(touch evil)',
  '`touch evil`',
  '-rf',
  '--help',
  '~',
  '~root',
  '%2e%2e%2fevil',
  '%s%n%x',
  '&lt;b&gt;.txt',
  '.bashrc',
  '.hidden/.very',
  ' leading',
  'a.b.c.tar.gz',
  'mine.txt',
  'name.part',
  'con-sole.txt',
  'com10',
  'LONGFI~1.TXT',
  'desktop.ini',
  '한글 문서.hwp',
  'مستند.pdf',
  'מסמך בעברית.docx',
  '👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿.png',
  'a'.repeat(255),
  '가'.repeat(85),
  `${Array.from({ length: 60 }, () => 'deep').join('/')}/file`,
  'notes.txt:hidden',
  'folder::$INDEX_ALLOCATION',
  'C:evil',
  'evil.',
  'evil. . .',
  '...',
  'evil.exe ',
  'safe /evil',
  'CON',
  'nul.txt',
  'aux/x',
  'dev-disk-by\\x2duuid.swap',
  '__proto__',
  'constructor/prototype',
];

describe('an offer with a name that', () => {
  it.each(hostile)('%s is refused, and left out beside others, which arrive', async (_, path, reason) => {
    const before = await snapshot(root);
    for (const entries of [[rawFile(path)], [rawFolder(path)]]) {
      const { transferId } = peer.offer(entries);
      expect(peer.view(transferId)).toMatchObject({
        phase: 'failed',
        failure: { code: 'hostile-name', facts: { reason } },
      });
      expect(peer.sent.at(-1)).toMatchObject({ type: 'decline', failure: { code: 'hostile-name' } });
      await Promise.resolve(peer.call('transfers:accept', { transferId })).catch(() => undefined);
      expect(peer.view(transferId)?.phase).toBe('failed');
    }
    expect(await snapshot(root)).toEqual(before);
    const view = await peer.transfer([rawFile('good 1'), rawFile(path, 'evil'), rawFile('good 2')]);
    expect(view).toMatchObject({
      phase: 'done',
      ...{ fileCount: 2, rootNames: ['good 1', 'good 2'] },
      leftOut: [{ reason: 'name', count: 1, names: [withoutHidden(path)] }],
      failedCount: 0,
    });
    const added = {
      'home/downloads/good 1': expect.anything() as string,
      'home/downloads/good 2': expect.anything() as string,
    };
    expect(await snapshot(root)).toEqual({ ...before, ...added });
  });
});

describe('of two names that', () => {
  it.each(clashing)('%s the second is left out', async (_, entries) => {
    const before = await around();
    const view = await peer.transfer([rawFile('good.txt'), ...entries]);
    expect(view).toMatchObject({ phase: 'done', leftOut: [{ reason: 'name', count: 1 }] });
    expect(await received('good.txt')).toBe('content of good.txt');
    expect(await around()).toEqual(before);
  });

  it.each(twins)('%s both arrive on this disk', async (_, first, second) => {
    const view = await peer.transfer([rawFile(first, '1'), rawFile(second, '2')]);
    expect(view).toMatchObject({ phase: 'done', leftOut: [], renamed: { count: 0 } });
    expect([await received(first), await received(second)]).toEqual(['1', '2']);
  });

  it.each([
    ['composition', 'é.txt', 'e\u0301.txt', 'é (1).txt'],
    ['composition of Hangul', '한', '\u1112\u1161\u11ab', '한 (1)'],
  ])('differ by %s the second is numbered', async (_, first, second, numbered) => {
    const view = await peer.transfer([rawFile(first, '1'), rawFile(second, '2')]);
    expect(view).toMatchObject({ phase: 'done', renamed: { examples: [{ from: second, to: numbered }] } });
    expect([await received(first), await received(numbered)]).toEqual(['1', '2']);
  });
});

describe('a name that no disk is long enough for', () => {
  it.each(['a'.repeat(256), `${'가'.repeat(86)}.txt`, `${'\u0958'.repeat(42)}xxxxx`])(
    '%j is shortened',
    async (path) => {
      const view = await peer.transfer([rawFile(path, 'long')]);
      const [renamed] = view.renamed.examples;
      expect(view).toMatchObject({ phase: 'done', renamed: { count: 1 } });
      expect(Buffer.byteLength(renamed!.to)).toBeLessThanOrEqual(255);
      expect(await received(renamed!.to)).toBe('long');
    },
  );
});

describe('a legal name arrives whole, and nothing else changes', () => {
  it.each(legal)('%j', async (path) => {
    const before = await around();
    expect((await peer.transfer([rawFile(path, 'mine, new')])).phase).toBe('done');
    const where = path === 'mine.txt' ? 'mine (1).txt' : path;
    expect(await received(where)).toBe('mine, new');
    expect(await received('mine.txt')).toBe('mine');
    expect(await around()).toEqual(before);
  });

  it('all of them together', async () => {
    const before = await around();
    const all = legal
      .map((path) => rawFile(`all/${path}`))
      .filter(({ entry }) => entry.path.split('/').length < 60);
    expect((await peer.transfer(all)).phase).toBe('done');
    for (const { entry } of all) expect(await received(entry.path)).toBe(`content of ${entry.path}`);
    expect(await around()).toEqual(before);
  });
});

describe('a link that was planted in the downloads folder', () => {
  it.each<[string, string, string, string, string]>([
    ['under the name of a file', 'a.txt', '../../outside/secret', 'a.txt', 'a (1).txt'],
    ['under its temporary name', 'a.txt.part', '../../outside/secret', 'a.txt', 'a.txt'],
    ['to nowhere, under the name of a file', 'a.txt', '../../outside/made', 'a.txt', 'a (1).txt'],
    ['to nowhere, under its temporary name', 'a.txt.part', '../../outside/made', 'a.txt', 'a.txt'],
    ['to itself', 'a.txt', 'a.txt', 'a.txt', 'a (1).txt'],
    ['under the name of a folder', 'trip', '../../outside/folder', 'trip/kept', 'trip (1)/kept'],
    ['to nowhere, under the name of a folder', 'trip', '../../outside/made', 'trip/kept', 'trip (1)/kept'],
    ['to the folder above', 'trip', '..', 'trip/.bashrc', 'trip (1)/.bashrc'],
  ])('%s is not written through', async (_, name, target, path, where) => {
    await symlink(target, join(downloads, name));
    const before = await around();
    expect((await peer.transfer([rawFile(path, 'new')])).phase).toBe('done');
    expect(await received(where)).toBe('new');
    expect(await around()).toEqual(before);
  });

  it('may be the folder that the person chose: it is theirs', async () => {
    await rename(downloads, join(root, 'real'));
    await symlink(join(root, 'real'), downloads);
    expect((await peer.transfer([rawFile('trip/a.txt', 'new')])).phase).toBe('done');
    expect(await readFile(join(root, 'real', 'trip', 'a.txt'), 'utf8')).toBe('new');
  });
});

describe('a link that is put in place while files arrive', () => {
  /** Swaps what is at a path for a link after the first file. */
  const swap =
    (path: string, target: string) =>
    async (file: number): Promise<void> => {
      if (file !== 0) return;
      await rename(join(downloads, path), join(downloads, 'moved')).catch(() => undefined);
      await symlink(target, join(downloads, path));
    };

  it.each<[string, string, string[]]>([
    ['of a new folder', 'trip', ['trip/first', 'trip/kept']],
    ['of a folder below it', 'trip/sub', ['trip/sub/first', 'trip/sub/kept']],
    ['of a folder above', 'trip', ['trip/sub/first', 'trip/sub/kept']],
    ['of a folder that others will lie in', 'trip/sub', ['trip/sub/first', 'trip/sub/new/kept']],
    ['of a folder that has yet to be made', 'trip/sub/new', ['trip/sub/first', 'trip/sub/new/kept']],
  ])('instead %s is not written through', async (_, path, paths) => {
    const before = await around();
    const view = await peer.transfer(
      paths.map((each) => rawFile(each, 'evil')),
      swap(path, join(outside, path)),
    );
    expect(view).toMatchObject({ phase: 'failed', failure: { code: 'folder-missing' } });
    expect(await around()).toEqual(before);
  });

  it('instead of a file is not written through', async () => {
    const before = await around();
    const entries = [rawFile('trip/first'), rawFile('trip/kept', 'new')];
    const view = await peer.transfer(entries, swap('trip/kept', join(outside, 'secret')));
    expect(view.phase).toBe('done');
    expect(await received('trip/kept (1)')).toBe('new');
    expect(await around()).toEqual(before);
  });
});
