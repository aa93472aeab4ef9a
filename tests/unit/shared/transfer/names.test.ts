import { describe, expect, it } from 'vitest';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';
import {
  LocalNames,
  type NameRules,
  WINDOWS_NAMES,
} from '../../../../src/shared/transfer/manifest/LocalNames';
import { impliedFolders, ManifestCheck, rootsOf } from '../../../../src/shared/transfer/manifest/names';
import { ANY_NAMES } from '../../../support/transfer/anyNames';

const file = (path: string): ManifestEntry => ({ kind: 'file', path, sizeBytes: 1 });
const folder = (path: string): ManifestEntry => ({ kind: 'folder', path, sizeBytes: 0 });

/** What the last one is refused for. */
function faultOf(...entries: ManifestEntry[]): unknown {
  const check = new ManifestCheck();
  return entries.map((entry) => check.faultOf(entry)).at(-1);
}

describe('an entry of a manifest', () => {
  it.each([
    ['../evil', 'parent'],
    ['a/../../evil', 'parent'],
    ['a/./b', 'parent'],
    ['..\\evil', 'parent'],
    ['a\\..\\..\\evil', 'parent'],
    ['/etc/passwd', 'absolute'],
    ['\\\\server\\share', 'absolute'],
    ['C:/windows/system32', 'absolute'],
    ['c:\\windows', 'absolute'],
    ['a//b', 'empty'],
    ['a/', 'empty'],
    ['bell\u0007', 'control'],
    ['line\nfeed', 'control'],
    ['nul\u0000byte', 'control'],
    ['photo\u202egpj.exe', 'control'],
    ['zero\u200bwidth', 'control'],
    ['lone\ud800surrogate', 'encoding'],
    [Array.from({ length: 65 }, () => 'd').join('/'), 'too-deep'],
  ])('%j is left out as %s', (path, reason) => {
    expect(faultOf(file(path))).toBe(reason);
  });

  it.each([
    'plain.txt',
    '한글 이름.pdf',
    'family 👨‍👩‍👧‍👦 and flag 🇰🇷.png',
    'deep/nested/tree/with.many.dots.tar.gz',
    '12:30.png',
    'what?',
    'dot.',
    'nul.txt',
    'dev-disk-by\\x2duuid.swap',
    'a'.repeat(400),
  ])('%j is good on some disk', (path) => {
    expect(faultOf(file(path))).toBeNull();
  });

  it('is left out where another has its path, or a folder or file is in its place', () => {
    expect(faultOf(file('a'), file('a'))).toBe('collision');
    expect(faultOf(file('a'), file('a/b'))).toBe('clash');
    expect(faultOf(file('a/b'), file('a'))).toBe('clash');
    expect(faultOf(folder('a'), file('a/b'))).toBeNull();
    expect(faultOf(file('a/b'), folder('a'))).toBeNull();
    expect(faultOf(folder('a'), folder('a'))).toBe('collision');
    expect(faultOf(file('a'), folder('a'))).toBe('clash');
    expect(faultOf(folder('a'), file('a'))).toBe('clash');
    expect(faultOf(file('Makefile'), file('makefile'))).toBeNull();
  });

  it('that is left out is in nobody’s way', () => {
    expect(faultOf(file('a/../b'), file('a'))).toBeNull();
    expect(faultOf(file('a'), file('a/b/c'), file('a/b'))).toBe('clash');
    expect(faultOf(file('x/y'), file('x'), folder('x'))).toBeNull();
  });

  it('tells of the folders that it is in', () => {
    const entries = [
      folder('a'),
      file('a/b/c/x'),
      folder('a/b'),
      folder('a/d'),
      folder('ab'),
      folder('a/b/c'),
    ];
    expect([...impliedFolders(entries)].map((index) => entries[index]?.path).sort()).toEqual([
      'a',
      'a/b',
      'a/b/c',
    ]);
  });

  it('is shown by its top-level names', () => {
    const entries = [file('a/1'), file('a/2'), file('b'), file('c')];
    expect(rootsOf(entries, 2)).toEqual({ names: ['a', 'b'], count: 3, isFolder: false });
    expect(rootsOf(entries.slice(0, 2), 2)).toEqual({ names: ['a'], count: 1, isFolder: true });
    expect(rootsOf(entries.slice(2, 3), 2)).toEqual({ names: ['b'], count: 1, isFolder: false });
  });
});

describe('the names on a disk', () => {
  const named = (rules: NameRules, ...paths: string[]) => {
    const names = new LocalNames(rules);
    return { paths: paths.map((path) => names.pathOf(path)), renamings: names.renamings };
  };

  it('are those that were sent, where the disk takes nearly anything', () => {
    const paths = ['12:30.png', 'Makefile', 'makefile', 'dot.', 'nul', 'a\\b', 'e/x', 'E/x', 'a'.repeat(255)];
    expect(named(ANY_NAMES, ...paths)).toEqual({ paths, renamings: [] });
  });

  it('are composed, which is no renaming: macOS sends Korean in pieces', () => {
    const { paths, renamings } = named(ANY_NAMES, '사진/한글'.normalize('NFD'));
    expect(paths).toEqual(['사진/한글']);
    expect(renamings).toEqual([]);
  });

  it.each([
    ['12:30.png', '12_30.png'],
    ['a<b>"c|d?e*f\\g', 'a_b__c_d_e_f_g'],
    ['dot.', 'dot_'],
    ['dots. . ', 'dots____'],
    ['nul', 'nul_'],
    ['COM1.tar.gz', 'COM1_.tar.gz'],
    ['com\u00b9', 'com\u00b9_'],
    ['LPT9 .txt', 'LPT9_ .txt'],
    ['aux/con.d/x', 'aux_/con_.d/x'],
    ['console.log', 'console.log'],
    ['com10.txt', 'com10.txt'],
  ])('are others where the disk takes what Windows does: %j is %j', (sent, local) => {
    const { paths, renamings } = named(WINDOWS_NAMES, sent);
    expect(paths).toEqual([local]);
    expect(renamings.length > 0).toBe(sent !== local);
  });

  it('are numbered where the disk can’t tell them apart', () => {
    const { paths, renamings } = named(WINDOWS_NAMES, 'Makefile', 'makefile', 'MAKEFILE', 'a?.txt', 'a*.txt');
    expect(paths).toEqual(['Makefile', 'makefile (1)', 'MAKEFILE (2)', 'a_.txt', 'a_ (1).txt']);
    expect(renamings[0]).toEqual({ from: 'makefile', to: 'makefile (1)' });
  });

  it('keep what is in one folder together, and what is in two apart', () => {
    const { paths, renamings } = named(WINDOWS_NAMES, 'Docs/a', 'docs/a', 'Docs/b', 'docs/b', 'Docs/B');
    expect(paths).toEqual(['Docs/a', 'docs (1)/a', 'Docs/b', 'docs (1)/b', 'Docs/B (1)']);
    expect(renamings).toEqual([
      { from: 'docs', to: 'docs (1)' },
      { from: 'Docs/B', to: 'Docs/B (1)' },
    ]);
  });

  it('are as long as the disk takes, with room for a number where that is little', () => {
    const [long, other] = named(
      { ...ANY_NAMES, maxBytes: 143 },
      `${'가'.repeat(80)}.txt`,
      `${'가'.repeat(81)}.txt`,
    ).paths;
    for (const name of [long!, other!]) expect(Buffer.byteLength(name)).toBeLessThanOrEqual(143 - 16);
    expect(long).toMatch(/^가+\.txt$/);
    expect(other).toMatch(/^가+ \(1\)\.txt$/);
  });
});
