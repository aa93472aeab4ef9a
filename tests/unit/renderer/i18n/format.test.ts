import { describe, expect, it } from 'vitest';
import { createFormat } from '../../../../src/renderer/i18n/format';

const english = createFormat('en');
const korean = createFormat('ko');
/** `Intl` puts narrow no-break spaces into some forms. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 kB'],
    [12_300_000, '12.3 MB'],
    [300_000_000, '300 MB'],
    [999_960_000, '1 GB'],
    [8.2e9, '8.2 GB'],
    [5e15, '5 PB'],
  ])('writes %d bytes as %s', (bytes, words) => {
    expect(plain(english.bytes(bytes))).toBe(words);
  });

  it('writes them the Korean way in Korean', () => {
    expect(korean.bytes(5)).toBe('5바이트');
    expect(plain(korean.bytes(12_300_000))).toBe('12.3MB');
  });

  it('never writes a thousand of a unit that has a larger one', () => {
    for (const bytes of [999_999, 999_499_999, 999_500_000, 999_999_999_999]) {
      expect(english.bytes(bytes)).not.toMatch(/1,?000/);
    }
  });
});

describe('speeds', () => {
  it('writes the unit per second', () => {
    expect(plain(english.speed(24e6))).toBe('24 MB/s');
    expect(plain(korean.speed(1.5e6))).toBe('1.5MB/s');
  });
});

describe('lists', () => {
  it('puts names together as the language does, each in its own direction', () => {
    expect([english.list([]), english.list(['Kim']), korean.list(['김'])]).toEqual(['', 'Kim', '김']);
    expect(english.list(['A', 'B', 'C'])).toBe('\u2068A\u2069, \u2068B\u2069, and \u2068C\u2069');
    expect(korean.list(['A', 'B'])).toBe('\u2068A\u2069, \u2068B\u2069');
  });
});

describe('durations', () => {
  it.each([
    [0.2, '1 sec'],
    [59.4, '59 sec'],
    [60, '1 min'],
    [3599, '1 hr'],
    [3900, '1 hr 5 min'],
    [90_000, '25 hr'],
  ])('writes %d seconds as %s', (seconds, words) => {
    expect(plain(english.duration(seconds))).toBe(words);
  });

  it('writes them in Korean', () => {
    expect(plain(korean.duration(3900))).toBe('1시간 5분');
  });
});
