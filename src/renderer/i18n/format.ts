import type { Locale } from './locale';

/** Sizes, speeds and times in the words of one language. */
export interface Format {
  /** `12.3 MB`; decimal units, as file managers on most systems count. */
  bytes(sizeBytes: number): string;
  /** `24 MB/s` */
  speed(bytesPerSecond: number): string;
  /** `1.2 Mbit/s`, as networks count. */
  bitrate(bitsPerSecond: number): string;
  /** `10 sec`, `2 min`, `1 hr 5 min`: at most two units, rounded. */
  duration(seconds: number): string;
  /** `14:05`, with the date when it is not today's. */
  time(timeMs: number, nowMs: number): string;
  /** A whole number with separators. */
  count(value: number): string;
  /** A percentage without decimals, of a fraction from 0 to 1. */
  percent(fraction: number): string;
  /** `0.4 ms`, `12 ms`: with a decimal below ten. */
  milliseconds(ms: number): string;
  /** `0.4%`, `12%`: a percentage with a decimal below ten, of a fraction from 0 to 1. */
  finePercent(fraction: number): string;
  /** `A, B, and C`, in Korean `A, B, C`; each name keeps to its own direction of writing. */
  list(names: readonly string[]): string;
}

const UNITS = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

/**
 * The formats of a language; make one per language and keep it. `Intl` objects are costly to build, so each is built at
 * its first use: the page's first picture needs none.
 */
export function createFormat(locale: Locale): Format {
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  const plain = lazily(() => new Intl.NumberFormat(locale));
  const percentage = lazily(
    () => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }),
  );
  const finer = lazily(() => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }));
  const conjunction = lazily(() => new Intl.ListFormat(locale, { type: 'conjunction' }));
  const joined = (names: string[]) => (locale === 'ko' ? names.join(', ') : conjunction().format(names));
  const clock = lazily(() => new Intl.DateTimeFormat(locale, time));
  const calendar = lazily(() => new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', ...time }));
  const size = (sizeBytes: number, per: string): string => {
    const { value, unit } = scaled(sizeBytes);
    const unitDisplay = unit === 'byte' && per === '' ? 'long' : 'short';
    return withUnit(locale, value, `${unit}${per}`, unitDisplay);
  };
  return {
    bytes: (sizeBytes) => size(sizeBytes, ''),
    speed: (bytesPerSecond) => size(Math.max(bytesPerSecond, 1000), '-per-second'),
    bitrate: (bitsPerSecond) => bitrate(locale, bitsPerSecond),
    duration: (seconds) => duration(locale, seconds),
    time: (timeMs, nowMs) => (isSameDay(timeMs, nowMs) ? clock() : calendar()).format(timeMs),
    count: (value) => plain().format(value),
    milliseconds: (ms) => withUnit(locale, ms < 10 ? ms : Math.round(ms), 'millisecond', 'short'),
    finePercent: (fraction) => finer().format(fraction < 0.1 ? fraction : Math.round(fraction * 100) / 100),
    percent: (fraction) => percentage().format(fraction),
    list: (names) => (names.length < 2 ? names.join('') : joined(names.map(isolated))),
  };
}

/** Between the marks that Unicode has for text of unknown direction. */
function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** A size in the largest unit that leaves at least one before the decimal point. */
function scaled(sizeBytes: number): { value: number; unit: string } {
  let value = Math.max(0, sizeBytes);
  let unit = 'byte';
  for (const next of UNITS) {
    // 999,500 would read "1,000 kB" after rounding.
    if (value < (unit === 'byte' ? 1000 : 999.5)) break;
    value /= 1000;
    unit = next;
  }
  return { value, unit };
}

function withUnit(locale: Locale, value: number, unit: string, unitDisplay: 'short' | 'long'): string {
  const digits = value < 100 && !unit.startsWith('byte') && !unit.startsWith('kilo') ? 1 : 0;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay,
    maximumFractionDigits: digits,
  }).format(value);
}

/** `Intl` has no bits a second in short that people would know: both languages write them alike. */
function bitrate(locale: Locale, bitsPerSecond: number): string {
  const isMega = bitsPerSecond >= 999_500;
  const value = bitsPerSecond / (isMega ? 1e6 : 1e3);
  const digits = isMega && value < 100 ? 1 : 0;
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  return `${number}${locale === 'ko' ? '' : ' '}${isMega ? 'Mbit/s' : 'kbit/s'}`;
}

function duration(locale: Locale, seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  const inUnit = (value: number, unit: string) => withUnit(locale, value, unit, 'short');
  if (whole < 60) return inUnit(whole, 'second');
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return inUnit(minutes, 'minute');
  const hours = inUnit(Math.floor(minutes / 60), 'hour');
  return minutes % 60 === 0 ? hours : `${hours} ${inUnit(minutes % 60, 'minute')}`;
}

function isSameDay(aMs: number, bMs: number): boolean {
  return new Date(aMs).toDateString() === new Date(bMs).toDateString();
}
