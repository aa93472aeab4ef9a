import { describe, expect, it } from 'vitest';
import { PaceControl, type PaceSample } from '../../../../../src/renderer/core/pace/PaceControl';
import { type LineMoment, type LineOptions, SimulatedLine } from '../../../../support/SimulatedLine';

const KB = 1_000;
/** What files may always have, in bytes a second. */
const LEAST = 16 * 1024;
/** 3 Mbit/s and 80 ms, of which a screen takes 0.8 Mbit/s. */
const NARROW: LineOptions = { speed: 375 * KB, delayMs: 40, mediaSpeed: () => 100 * KB };
const ESTIMATE = { estimate: 330 * KB, isOfPath: true, speed: 100 * KB, isShort: false };

const mean = (moments: readonly LineMoment[]): number =>
  moments.reduce((sum, { allowed }) => sum + allowed, 0) / moments.length;
const longestQueueMs = (moments: readonly LineMoment[]): number =>
  Math.max(...moments.map(({ queueMs }) => queueMs));
const sortedQueues = (moments: readonly LineMoment[]): number[] =>
  moments.map(({ queueMs }) => queueMs).sort((a, b) => a - b);

const SAMPLE: PaceSample = {
  nowMs: 0,
  hasMedia: true,
  queueMs: 0,
  roundTripMs: 80,
  sentBytes: 0,
  media: { estimate: null, isOfPath: false, speed: 0, isShort: false },
};

describe('the pace of files', () => {
  it('has no limit while no media run, and has none again at once when they end', () => {
    const line = new SimulatedLine(NARROW);
    line.run(1_000, { hasMedia: false });
    expect(line.control.bytesPerSecond).toBeNull();
    line.run(5_000);
    expect(line.control.bytesPerSecond).not.toBeNull();
    line.run(100, { hasMedia: false });
    expect(line.control.bytesPerSecond).toBeNull();
  });

  it.each([
    ['where the browser tells what the line carries', { ...NARROW, media: () => ESTIMATE }],
    ['where it tells nothing', NARROW],
    ['of 20 Mbit/s', { speed: 2_500 * KB, delayMs: 15, mediaSpeed: () => 500 * KB }],
    ['with a round trip of 200 ms', { speed: 1_250 * KB, delayMs: 100, mediaSpeed: () => 300 * KB }],
  ] as [string, LineOptions][])(
    'takes most of what media leave on a line %s, without a queue that lasts',
    (_, options) => {
      const line = new SimulatedLine(options);
      const all = line.run(40_000);
      const later = all.filter(({ nowMs }) => nowMs > 10_000);
      expect(mean(later)).toBeGreaterThan(0.7 * (options.speed - options.mediaSpeed(0)));
      // Where media only come, what waits is only the word of them.
      const isPatient = options.media === undefined;
      expect(sortedQueues(later)[Math.floor(later.length * 0.95)]).toBeLessThan(isPatient ? 110 : 30);
      expect(longestQueueMs(all)).toBeLessThan(isPatient ? 400 : 100);
    },
  );

  it('begins below what the browser thinks is there, and gets near it with small steps', () => {
    const line = new SimulatedLine({ ...NARROW, media: () => ESTIMATE });
    const begin = line.run(8_000).filter(({ nowMs }) => nowMs >= 100);
    expect(begin[0]?.allowed).toBe(115 * KB);
    expect(longestQueueMs(begin)).toBeLessThan(100);
  });

  it('gives way when media need more, and takes it back when they need less', () => {
    const isBusy = (nowMs: number): boolean => nowMs >= 20_000 && nowMs < 30_000;
    const line = new SimulatedLine({
      ...NARROW,
      mediaSpeed: (nowMs) => (isBusy(nowMs) ? 300 * KB : 100 * KB),
      media: (nowMs) => ({ ...ESTIMATE, speed: isBusy(nowMs) ? 300 * KB : 100 * KB }),
    });
    line.run(20_000);
    const busy = line.run(10_000);
    expect(longestQueueMs(busy)).toBeLessThan(350);
    expect(mean(busy.slice(-100))).toBeLessThan(75 * KB);
    expect(sortedQueues(busy.slice(-100))[50]).toBeLessThan(30);
    const after = line.run(25_000);
    expect(mean(after.slice(-100))).toBeGreaterThan(180 * KB);
  });

  it('leaves files a little, whatever media take', () => {
    const line = new SimulatedLine({ ...NARROW, mediaSpeed: () => 400 * KB });
    for (const { allowed } of line.run(20_000)) expect(allowed).toBeGreaterThanOrEqual(LEAST);
    expect(line.control.bytesPerSecond).toBe(LEAST);
  });

  it('reaches a fast network’s speed within seconds', () => {
    const line = new SimulatedLine({ speed: 110_000 * KB, delayMs: 0.2, mediaSpeed: () => 1_000 * KB });
    const all = line.run(30_000);
    expect(all.findIndex(({ allowed }, index) => index > 0 && allowed > 50_000 * KB)).toBeLessThan(100);
    expect(mean(all.slice(200))).toBeGreaterThan(70_000 * KB);
  });

  it('shrinks to the least while media send all they may and would send more', () => {
    const line = new SimulatedLine({
      ...NARROW,
      media: (nowMs) => ({ estimate: 120 * KB, isOfPath: true, speed: 115 * KB, isShort: nowMs > 5_000 }),
    });
    line.run(5_000);
    line.run(10_000);
    expect(line.control.bytesPerSecond).toBe(LEAST);
  });

  it('does not let a file that is slow by itself find it boundless', () => {
    const control = new PaceControl();
    for (let nowMs = 0; nowMs < 60_000; nowMs += 50)
      control.update({ ...SAMPLE, nowMs, sentBytes: nowMs * 200 });
    expect(control.bytesPerSecond).toBeLessThan(500 * KB);
  });

  it('begins anew for a file that comes after a while', () => {
    const line = new SimulatedLine(NARROW);
    line.run(20_000);
    expect(line.control.bytesPerSecond).toBeGreaterThan(150 * KB);
    line.run(3_000, { hasFile: false });
    expect(line.control.bytesPerSecond).toBe(128 * 1024);
  });

  it('grows slower and slower where nobody knows how long the queue is', () => {
    const control = new PaceControl();
    for (let nowMs = 0; nowMs < 30_000; nowMs += 50)
      control.update({ ...SAMPLE, nowMs, queueMs: null, sentBytes: nowMs * 10 });
    expect(control.bytesPerSecond).toBe(LEAST);
  });

  it.each([
    ['NaN', Number.NaN],
    ['endless', Number.POSITIVE_INFINITY],
    ['negative', -1e9],
    ['huge', 1e300],
  ])('stays a number, no lower than the least, of what is %s', (_, garbage) => {
    const control = new PaceControl();
    for (let nowMs = 0; nowMs < 20_000; nowMs += 50) {
      control.update({
        ...SAMPLE,
        nowMs,
        queueMs: garbage,
        roundTripMs: garbage,
        sentBytes: nowMs % 200 === 0 ? garbage : nowMs,
        media: { estimate: garbage, isOfPath: nowMs % 200 === 0, speed: garbage, isShort: nowMs % 3 === 0 },
      });
      expect(control.bytesPerSecond).toBeGreaterThanOrEqual(LEAST);
      expect(Number.isFinite(control.bytesPerSecond)).toBe(true);
    }
  });
});
