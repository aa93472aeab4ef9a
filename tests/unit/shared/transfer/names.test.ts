import { describe, expect, it } from 'vitest';
import { HitherError } from '../../../../src/shared/errors';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';
import { checkedManifest, rootNames } from '../../../../src/shared/transfer/manifest/names';

const file = (path: string): ManifestEntry => ({ kind: 'file', path, sizeBytes: 1 });
const folder = (path: string): ManifestEntry => ({ kind: 'folder', path, sizeBytes: 0 });

function faultOf(...entries: ManifestEntry[]): unknown {
  try {
    checkedManifest(entries);
    return null;
  } catch (error) {
    if (error instanceof HitherError && error.code === 'hostile-name') return error.facts['reason'];
    throw error;
  }
}

describe('a received manifest', () => {
  it.each([
    ['../evil', 'parent'],
    ['a/../../evil', 'parent'],
    ['a/./b', 'parent'],
    ['..\\evil', 'parent'],
    ['/etc/passwd', 'absolute'],
    ['\\\\server\\share', 'absolute'],
    ['C:/windows/system32', 'colon'],
    ['C:evil', 'colon'],
    ['file.txt:stream', 'colon'],
    ['a//b', 'empty'],
    ['a/', 'empty'],
    ['bell\u0007', 'control'],
    ['escape\u001b[2J', 'control'],
    ['line\nfeed', 'control'],
    ['nul\u0000byte', 'control'],
    ['photo\u202egpj.exe', 'control'],
    ['zero\u200bwidth', 'control'],
    ['isolate\u2066x', 'control'],
    ['\ufeffbom', 'control'],
    ['lone\ud800surrogate', 'encoding'],
    ['dot.', 'trailing'],
    ['space ', 'trailing'],
    ['folder./x', 'trailing'],
    ['CON', 'reserved'],
    ['nul.txt', 'reserved'],
    ['aux.tar.gz', 'reserved'],
    ['COM1', 'reserved'],
    ['com\u00b9.log', 'reserved'],
    ['LPT\u00b3', 'reserved'],
    ['conin$', 'reserved'],
    ['sub/prn/x', 'reserved'],
    ['a'.repeat(256), 'too-long'],
    ['가'.repeat(86), 'too-long'],
    [Array.from({ length: 65 }, () => 'd').join('/'), 'too-deep'],
  ])('refuses %j as %s', (path, reason) => {
    expect(faultOf(file(path))).toBe(reason);
  });

  it.each([
    'plain.txt',
    '한글 이름.pdf',
    'family 👨‍👩‍👧‍👦 and flag 🇰🇷.png',
    'deep/nested/tree/with.many.dots.tar.gz',
    '.hidden',
    ' leading space',
    'console.log',
    'com10.txt',
    'question?.txt',
    'a'.repeat(255),
    '가'.repeat(85),
  ])('accepts %j', (path) => {
    expect(faultOf(file(path))).toBeNull();
  });

  it('refuses names that are one file on a case-insensitive disk', () => {
    expect(faultOf(file('Readme.md'), file('README.md'))).toBe('collision');
    expect(faultOf(file('Docs/a'), file('docs/b'))).toBe('collision');
    expect(faultOf(file('straße'), file('STRASSE'))).toBe('collision');
  });

  it('refuses names that differ only by composition', () => {
    expect(faultOf(file('é.txt'), file('e\u0301.txt'))).toBe('collision');
    expect(faultOf(file('한'), file('\u1112\u1161\u11ab'))).toBe('collision');
  });

  it('refuses the same path twice, and a file where a folder is', () => {
    expect(faultOf(file('a'), file('a'))).toBe('collision');
    expect(faultOf(file('a'), file('a/b'))).toBe('clash');
    expect(faultOf(file('a/b'), file('A'))).toBe('clash');
    expect(faultOf(folder('a'), file('a/b'))).toBeNull();
  });

  it('gives paths back composed and with forward slashes', () => {
    expect(checkedManifest([file('e\u0301\\x')])[0]?.path).toBe('é/x');
  });

  it('is shown by its top-level names', () => {
    expect(rootNames([file('a/1'), file('a/2'), file('b'), file('c')], 2)).toEqual(['a', 'b']);
  });
});
