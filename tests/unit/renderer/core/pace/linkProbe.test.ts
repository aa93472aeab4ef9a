import { describe, expect, it } from 'vitest';
import { DelayMeter } from '../../../../../src/renderer/core/pace/DelayMeter';
import { LinkProbe } from '../../../../../src/renderer/core/pace/LinkProbe';
import { decodeProbe, encodeProbe } from '../../../../../src/shared/protocol/probe';
import { FakeProbeChannel } from '../../../../support/FakeProbeChannel';

/** Two ends of a channel, whose clocks the test sets. */
function pair() {
  const clocks = { a: 1_000, b: -5_000 };
  const channels = FakeProbeChannel.pair();
  const meter = new DelayMeter();
  const probe = new LinkProbe(channels[0], meter, () => clocks.a);
  const answering = new LinkProbe(channels[1], new DelayMeter(), () => clocks.b);
  return { clocks, channels, meter, probe, answering };
}

describe('the probe of a link', () => {
  it('measures the way out with the clocks of both sides', () => {
    const { clocks, channels, meter, probe } = pair();
    for (const wayMs of [40, 75]) {
      probe.ask();
      clocks.b += wayMs;
      channels[0].deliver();
      clocks.a += wayMs + 30;
      channels[1].deliver();
      clocks.b += 30;
    }
    expect(meter.queueMs(clocks.a)).toBe(0);
    clocks.a += 300;
    clocks.b += 300;
    probe.ask();
    clocks.b += 90;
    channels[0].deliver();
    clocks.a += 120;
    channels[1].deliver();
    expect(meter.queueMs(clocks.a)).toBe(50);
    expect(meter.roundTripMs).toBe(70);
  });

  it('ignores what is no message of it', () => {
    const { channels, meter } = pair();
    for (const data of [
      'text',
      new ArrayBuffer(0),
      new ArrayBuffer(9),
      new Uint8Array(17).fill(255).buffer,
      7,
    ])
      channels[1].receive(data);
    expect(channels[1].sent).toEqual([]);
    expect(meter.roundTripMs).toBeNull();
  });

  it('answers no more than an honest peer asks', () => {
    const { channels } = pair();
    const question = encodeProbe({ type: 'ask', askedMs: 1 }).buffer;
    for (let i = 0; i < 10_000; i++) channels[1].receive(question);
    expect(channels[1].sent).toHaveLength(80);
  });

  it('sends nothing into a channel that is not open, or is held up', () => {
    const { channels, probe } = pair();
    channels[0].bufferedAmount = 1_000;
    probe.ask();
    channels[0].bufferedAmount = 0;
    channels[0].readyState = 'closing';
    probe.ask();
    expect(channels[0].sent).toEqual([]);
  });

  it('is silent once it is closed', () => {
    const { channels, answering } = pair();
    answering.close();
    channels[1].receive(encodeProbe({ type: 'ask', askedMs: 1 }).buffer);
    expect(channels[1].sent).toEqual([]);
  });
});

describe('messages of a probe', () => {
  it('are read as they were written', () => {
    const ask = { type: 'ask', askedMs: 12.5 } as const;
    const answer = { type: 'answer', askedMs: 12.5, cameMs: -7e9 } as const;
    expect(decodeProbe(encodeProbe(ask).buffer)).toEqual(ask);
    expect(decodeProbe(encodeProbe(answer).buffer)).toEqual(answer);
  });

  it('have times that are numbers', () => {
    const bytes = encodeProbe({ type: 'answer', askedMs: Number.NaN, cameMs: 1 });
    expect(decodeProbe(bytes.buffer)).toBeNull();
    expect(decodeProbe(encodeProbe({ type: 'ask', askedMs: Number.POSITIVE_INFINITY }).buffer)).toBeNull();
  });
});
