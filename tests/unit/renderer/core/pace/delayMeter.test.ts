import { describe, expect, it } from 'vitest';
import { DelayMeter } from '../../../../../src/renderer/core/pace/DelayMeter';

/** How far the peer's clock is off, in ms. */
const OFF_MS = -1e6;

/** Asks and hears the answer: `thereMs` there, and `backMs` back. */
function ask(meter: DelayMeter, askedMs: number, thereMs: number, backMs = 40): void {
  meter.asked(askedMs);
  meter.answered({ askedMs, peerMs: askedMs + thereMs + OFF_MS, answeredMs: askedMs + thereMs + backMs });
}

describe('the delay of a link', () => {
  it('is not known before there is an answer', () => {
    const meter = new DelayMeter();
    expect(meter.queueMs(0)).toBeNull();
    meter.asked(0);
    expect(meter.queueMs(100)).toBeNull();
    expect(meter.roundTripMs).toBeNull();
  });

  it('is what a queue adds on the way out, whatever the clocks say', () => {
    const meter = new DelayMeter();
    ask(meter, 0, 40);
    expect(meter.queueMs(90)).toBe(0);
    expect(meter.roundTripMs).toBe(80);
    ask(meter, 1_000, 140);
    expect(meter.queueMs(1_190)).toBe(100);
    expect(meter.roundTripMs).toBe(80);
  });

  it('does not count what waits on the way back', () => {
    const meter = new DelayMeter();
    ask(meter, 0, 40);
    ask(meter, 1_000, 40, 500);
    expect(meter.queueMs(1_600)).toBe(0);
  });

  it('is the least of the last answers: the others waited for a busy machine', () => {
    const meter = new DelayMeter();
    ask(meter, 0, 40);
    for (const [askedMs, thereMs] of [
      [1_000, 120],
      [1_050, 45],
      [1_100, 90],
    ] as const)
      ask(meter, askedMs, thereMs);
    expect(meter.queueMs(1_240)).toBe(5);
  });

  it('counts the time without an answer, from the first question on', () => {
    const meter = new DelayMeter();
    meter.asked(0);
    expect(meter.queueMs(2_000)).toBe(2_000);
    ask(meter, 3_000, 40);
    expect(meter.queueMs(3_200)).toBe(0);
    meter.asked(3_300);
    expect(meter.queueMs(5_080)).toBe(1_920);
  });

  it('learns within two minutes that the path has become longer', () => {
    const meter = new DelayMeter();
    ask(meter, 0, 40);
    for (let askedMs = 1_000; askedMs < 180_000; askedMs += 500) ask(meter, askedMs, 70);
    expect(meter.queueMs(180_000)).toBe(0);
  });

  it('drops times that can not be', () => {
    const meter = new DelayMeter();
    ask(meter, 0, 40);
    meter.answered({ askedMs: 1_000, peerMs: Number.NaN, answeredMs: 1_080 });
    meter.answered({ askedMs: 2_000, peerMs: 0, answeredMs: 1_000 });
    meter.answered({ askedMs: Number.NEGATIVE_INFINITY, peerMs: 0, answeredMs: 1_080 });
    expect(meter.queueMs(100)).toBe(0);
    expect(meter.roundTripMs).toBe(80);
  });

  it('begins anew where the path is another one: a longer one is no queue', () => {
    const meter = new DelayMeter();
    ask(meter, 0, 5);
    meter.reset();
    expect(meter.queueMs(10_000)).toBeNull();
    ask(meter, 10_000, 90);
    expect(meter.queueMs(10_140)).toBe(0);
    expect(meter.roundTripMs).toBe(130);
  });
});
