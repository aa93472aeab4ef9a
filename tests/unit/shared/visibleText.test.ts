import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutHidden } from '../../../src/shared/hiddenText';
import { visiblePieces } from '../../../src/shared/visibleText';
import { isWebLink } from '../../../src/shared/webLink';

describe('visiblePieces', () => {
  it('keeps plain text of any script as it is', () => {
    for (const text of [
      'hello\n\tworld',
      '안녕하세요 ㅎㅎ',
      '👩‍👩‍👧 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️',
      'می‌خواهم',
      '<script>alert(1)</script>',
    ])
      expect(visiblePieces(text)).toEqual([{ kind: 'text', text }]);
    expect(visiblePieces('a\r\nb')).toEqual([{ kind: 'text', text: 'a\nb' }]);
  });

  it('shows what would hide as its code', () => {
    expect(visiblePieces('a\u202egpj.exe\u0000\u001b[31m')).toEqual([
      { kind: 'text', text: 'a' },
      { kind: 'hidden', code: 'U+202E' },
      { kind: 'text', text: 'gpj.exe' },
      { kind: 'hidden', code: 'U+0000' },
      { kind: 'hidden', code: 'U+001B' },
      { kind: 'text', text: '[31m' },
    ]);
    expect(visiblePieces('a\u200bb')[1]).toEqual({ kind: 'hidden', code: 'U+200B' });
    expect(visiblePieces('a\nb\tc\r\n')).toEqual([{ kind: 'text', text: 'a\nb\tc\n' }]);
  });

  it('finds web addresses, without the full stop behind them', () => {
    const links = (text: string) =>
      visiblePieces(text).flatMap((piece) => (piece.kind === 'link' ? [piece.text] : []));
    expect(links('see https://example.org/a?b=c#d. And (http://x.test:8080/)!')).toEqual([
      'https://example.org/a?b=c#d',
      'http://x.test:8080/',
    ]);
    expect(links('https://한국.kr/경로 ok')).toEqual(['https://한국.kr/경로']);
    for (const text of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'ftp://example.org/',
      'https://bank.example@evil.example/',
      'https://user:pass@evil.example/',
      'data:text/html,x',
      'https://',
    ])
      expect(links(text)).toEqual([]);
    expect(links('https://good.example\u202e/moc.live')).toEqual(['https://good.example']);
  });

  it('loses nothing, whatever comes', () => {
    const unit = fc.oneof(
      fc.constantFrom(
        '\u202e',
        '\u200d',
        '\u0000',
        '\ud800',
        '\u0301',
        '\n',
        '\t',
        'https://a.bc/',
        '👩',
        ' ',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 40 }), (parts) => {
        const text = parts.join('').replace(/\r\n?/g, '\n');
        const pieces = visiblePieces(text);
        const back = pieces.map((piece) =>
          piece.kind === 'hidden'
            ? String.fromCodePoint(Number.parseInt(piece.code.slice(2), 16))
            : piece.text,
        );
        expect(back.join('')).toBe(text);
        for (const piece of pieces) {
          if (piece.kind === 'link') expect(isWebLink(piece.text)).toBe(true);
          if (piece.kind !== 'hidden')
            for (const line of piece.text.split(/[\n\t]/)) expect(safe(line)).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('takes 64 KiB of the worst in the blink of an eye', () => {
    for (const text of [
      'https://'.repeat(8192),
      '\u202e'.repeat(65_536),
      'a\u0301'.repeat(32_768),
      'http://a.'.repeat(7000),
    ]) {
      const from = performance.now();
      visiblePieces(text);
      expect(performance.now() - from).toBeLessThan(1500);
    }
  });
});

/** A piece on its own may begin with a joiner whose letter stands in the piece before; controls and turns may not be there. */
function safe(line: string): boolean {
  return (
    !/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f]/u.test(line) &&
    withoutHidden(line).length <= line.length
  );
}
