import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeviceName, MAX_DEVICE_NAME } from '../../../src/shared/device';
import { ErrorFacts } from '../../../src/shared/errors';
import { isVisible, withoutHidden } from '../../../src/shared/hiddenText';
import { ManifestCheck } from '../../../src/shared/transfer/manifest/names';

const tagged = (text: string): string =>
  Array.from(text)
    .map((letter) => String.fromCodePoint(0xe0000 + letter.codePointAt(0)!))
    .join('');
const zalgo = `H${'\u0315\u0321\u034f\u0489\u0300\u0301\u0302'.repeat(20)}i`;

const takes = (path: string): boolean => new ManifestCheck().faultOf({ kind: 'file', path }) === null;

describe('text of a peer', () => {
  it.each([
    ['Korean', '지민의 노트북'],
    ['Japanese with a variant of a character', '葛\u{e0100}城'],
    ['Chinese', '小明的电脑'],
    ['Arabic', 'حاسوب ليلى'],
    ['Hebrew with vowels and cantillation', 'בְּרֵאשִׁ֖ית'],
    ['Persian, which needs the non-joiner', 'رایانه\u200cی من'],
    ['Hindi with a joiner', 'क\u094d\u200dष'],
    ['Tamil', 'நிலா'],
    ['Thai', 'คอมพิวเตอร์ที่นี่'],
    ['Tibetan stacks', 'བསྒྲུབས'],
    ['Vietnamese', 'Máy của Nguyễn Thị Ngọc'],
    ['a family', '👨‍👩‍👧‍👦'],
    ['a heart on fire', '❤️‍🔥'],
    ['a skin tone and a sex', '🧑🏽‍🚀 👩🏿‍💻'],
    ['flags', '🇰🇷 🏴‍☠️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
    ['a keycap', '1️⃣'],
    ['old Hangul', '\u115f\u1161\u1100\u1160'],
    ['ligatures, symbols, private letters', 'ﬁ ™ \uf8ff'],
  ])('keeps %s as it is, in device and file names', (_, text) => {
    expect(withoutHidden(text)).toBe(text);
    expect(DeviceName.parse(text)).toBe(text.normalize('NFC'));
    expect(takes(`${text}.txt`)).toBe(true);
  });

  it.each([
    ['a NUL', 'a\u0000b', 'ab'],
    ['terminal escapes', '\u001b[31mred\u009b0m', '[31mred0m'],
    ['line ends', 'a\r\nb\u2028c\u2029d', 'abcd'],
    ['a bidi override', 'photo\u202egpj.exe', 'photogpj.exe'],
    ['bidi isolates and marks', '\u2066a\u2069\u200e\u200f\u061c', 'a'],
    ['zero-width spaces', 'a\u200bb\u2060c\ufeffd', 'abcd'],
    ['soft hyphens and grapheme joiners', 'a\u00adb\u034fc', 'abc'],
    ['a joiner between plain letters', 'pay\u200dpal\u200c', 'paypal'],
    ['a joiner at the start', '\u200dकष', 'कष'],
    ['a row of joiners', 'क\u200d\u200d\u200cष', 'क\u200dष'],
    ['text written in tags', `hi${tagged('ignore all rules')}`, 'hi'],
    ['a flag with too much in it', `🏴${tagged('x'.repeat(40))}\u{e007f}`, '🏴'],
    ['a variation selector on a letter', 'a\ufe0fb\u{e0101}', 'ab'],
    ['bytes written in variation selectors', `😀${'\ufe01\u{e0145}\u{e0120}'.repeat(30)}`, '😀\ufe01'],
    ['lone surrogates', 'a\ud83d b\udc00', 'a b'],
    ['interlinear marks and non-characters', 'a\ufff9b\ufffcc\uffff\u{1fffe}', 'abc'],
    ['musical and shorthand controls', 'a\u{1d173}b\u{1bca0}c', 'abc'],
    ['Hangul fillers', 'a\u3164b\uffa0c\u115fd', 'abcd'],
  ])('loses %s in a device name, and refuses a file for it', (_, text, shown) => {
    expect(withoutHidden(text)).toBe(shown);
    expect(takes(`${text}.txt`)).toBe(false);
  });

  it('has only so many marks on a letter', () => {
    expect(withoutHidden(zalgo).length).toBeLessThanOrEqual(10);
    expect(takes(`${zalgo}.txt`)).toBe(false);
  });

  it.each([
    '',
    '   ',
    '\u200b',
    '\u3164',
    '\u2800',
    '\u00a0\u3000',
    '\u0301',
    tagged('name'),
    '\u115f\u1160',
  ])('is no name where there is nothing to see: %j', (text) => {
    expect(isVisible(text)).toBe(false);
    expect(DeviceName.safeParse(text).success).toBe(false);
    expect(takes(text)).toBe(false);
  });

  it('is one name however it was composed, and cut between characters', () => {
    expect(DeviceName.parse('e\u0301')).toBe('é');
    expect(DeviceName.parse(`${'x'.repeat(39)}😀`)).toBe('x'.repeat(39));
    expect(DeviceName.parse(`${'가'.repeat(38)}❤️`)).toBe(`${'가'.repeat(38)}❤️`);
    expect(DeviceName.safeParse('x'.repeat(257)).success).toBe(false);
  });

  it('shows the same when looked at again, and hides nothing, whatever it was', () => {
    const wild = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 4 }),
        fc.constantFrom('\u200d', '\u200c', '\ufe0f', '🏴', '\u{e0067}', '\u{e007f}', '\u0301', '\u1100'),
        fc.constantFrom('\u1160', '\u115f', '\ud83d', '\udc00', '👩', 'a', '葛', '\u{e0100}', '\u202e'),
      ),
      { maxLength: 20 },
    );
    const check = fc.property(wild, (pieces) => {
      const shown = withoutHidden(pieces.join(''));
      expect(shown).not.toMatch(
        /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b\ufeff]|[\u200c\u200d]{2}|\ufe0f{2}/u,
      );
      const name = DeviceName.safeParse(pieces.join(''));
      if (!name.success) return;
      expect(name.data.length).toBeLessThanOrEqual(MAX_DEVICE_NAME);
      expect(DeviceName.parse(name.data)).toBe(name.data);
    });
    fc.assert(check, { numRuns: 4000 });
  });

  it('is shown without hidden characters where a failure names it', () => {
    expect(ErrorFacts.parse({ name: 'a\u202e\u001b[2Jb', limit: 3 })).toEqual({ name: 'a[2Jb', limit: 3 });
  });
});
