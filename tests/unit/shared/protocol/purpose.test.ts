import { describe, expect, it } from 'vitest';
import { FilesPurpose, keepsPurpose, purposeOf } from '../../../../src/shared/protocol/purpose';
import type { ManifestEntry } from '../../../../src/shared/protocol/transfer';

const file = (path: string, sizeBytes = 10): ManifestEntry => ({ kind: 'file', path, sizeBytes });

/** What a file is called in a request. */
const nameOf = (path: string): string => purposeOf([file(path)])?.names[0] ?? '';

describe('what is said of files before they are offered', () => {
  it('names the first five at the top, counts all, and tells a folder from a file', () => {
    expect(purposeOf([file('report.pdf', 2_400_000)])).toEqual({
      ...{ fileCount: 1, totalBytes: 2_400_000, names: ['report.pdf'] },
    });
    expect(purposeOf([file('사진/1.jpg'), file('사진/2.jpg')])).toMatchObject({
      ...{ fileCount: 2, totalBytes: 20, names: ['사진/'] },
    });
    expect(purposeOf([{ kind: 'folder', path: 'empty', sizeBytes: 0 }])).toMatchObject({
      fileCount: 0,
      names: ['empty/'],
    });
    const twelve = Array.from({ length: 12 }, (_, n) => file(`${n}.txt`));
    expect(purposeOf(twelve)).toMatchObject({
      fileCount: 12,
      names: ['0', '1', '2', '3', '4'].map((n) => `${n}.txt`),
    });
    expect(purposeOf([])).toBeNull();
  });

  it('has names without what hides in them, and long ones with their ending', () => {
    expect(nameOf('invoice\u202efdp.exe')).toBe('invoicefdp.exe');
    const long = nameOf(`${'가'.repeat(300)}.pdf`);
    expect(long).toHaveLength(120);
    expect(long).toMatch(/…가+\.pdf$/);
    expect(nameOf(long)).toBe(long);
    expect(FilesPurpose.parse({ fileCount: 1, totalBytes: 1, names: ['a\u0000b'] }).names).toEqual(['ab']);
  });

  it.each<[string, object]>([
    ['no names', { names: [] }],
    ['six names', { names: ['1', '2', '3', '4', '5', '6'] }],
    ['a name that shows nothing', { names: ['\u200b'] }],
    ['a name beyond all length', { names: ['x'.repeat(10_000)] }],
    ['less than no bytes', { totalBytes: -1 }],
    ['more files than an offer has', { fileCount: 100_001 }],
    ['text for a number', { totalBytes: '5' }],
  ])('makes no sense with %s', (_, wrong) => {
    const fine = { fileCount: 1, totalBytes: 1, names: ['a'] };
    expect(FilesPurpose.safeParse(fine).success).toBe(true);
    expect(FilesPurpose.safeParse({ ...fine, ...wrong }).success).toBe(false);
  });
});

describe('an offer', () => {
  const named = purposeOf([file('a.txt', 10), file('b.txt', 10)])!;

  it('is what was said of it with the same names, and no more files and bytes', () => {
    expect(keepsPurpose([file('a.txt', 10), file('b.txt', 10)], named)).toBe(true);
    expect(keepsPurpose([file('a.txt', 1), file('b.txt', 1)], named)).toBe(true);
  });

  it.each<[string, ManifestEntry[]]>([
    ['has another name', [file('a.txt'), file('b.exe')]],
    ['lacks a name', [file('a.txt')]],
    ['has a file more', [file('a.txt'), file('b.txt'), file('c.txt', 0)]],
    ['has a byte more', [file('a.txt', 10), file('b.txt', 11)]],
    ['has a folder in place of a file', [file('a.txt/evil', 1), file('b.txt', 1)]],
    ['is empty', []],
  ])('is something else where it %s', (_, entries) => {
    expect(keepsPurpose(entries, named)).toBe(false);
  });

  it('of one name is no folder where a file was named', () => {
    expect(keepsPurpose([file('a.txt/evil', 1)], purposeOf([file('a.txt')])!)).toBe(false);
  });
});
