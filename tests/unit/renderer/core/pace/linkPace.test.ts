import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LinkPace } from '../../../../../src/renderer/core/pace/LinkPace';
import { LinkProbe } from '../../../../../src/renderer/core/pace/LinkProbe';
import { DelayMeter } from '../../../../../src/renderer/core/pace/DelayMeter';
import { Pacer } from '../../../../../src/shared/transfer/sending/Pacer';
import { FakeProbeChannel } from '../../../../support/FakeProbeChannel';
import { RecordingBackend } from '../../../../support/RecordingBackend';

const SESSION = '1'.repeat(32);

/** The pace of a link whose peer answers after `wayMs` there and as much back, and what its backend has sent. */
function linkOf() {
  const state = { wayMs: 5, backendBytes: 0 };
  const backend = new RecordingBackend({ 'lanes:pace': () => ({ sentBytes: state.backendBytes }) });
  const [here, there] = FakeProbeChannel.pair();
  new LinkProbe(there, new DelayMeter());
  for (const [from, to] of [
    [here, there],
    [there, here],
  ] as const)
    from.send = (data: unknown) =>
      setTimeout(() => to.receive((data as Uint8Array).slice().buffer), state.wayMs);
  const pacer = new Pacer();
  const mediaStats = vi.fn(() => Promise.resolve(null));
  const link = { probeChannel: here, mediaStats };
  const pace = new LinkPace({ backend, sessionId: SESSION, link, pacer });
  const told = () => backend.argsOf('lanes:pace').map(({ bytesPerSecond }) => bytesPerSecond);
  return { state, pacer, pace, told, mediaStats };
}

/** Lets time go by, in which the backend's lane sends as fast as it may. */
async function sendFor(link: ReturnType<typeof linkOf>, ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 10) {
    link.state.backendBytes += Math.min(link.told().at(-1) ?? 1e6, 1e6) / 100;
    await vi.advanceTimersByTimeAsync(10);
  }
}

describe('the pace of a link', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('asks nobody anything while no media run', async () => {
    const { pacer, told, mediaStats } = linkOf();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told()).toEqual([]);
    expect(mediaStats).not.toHaveBeenCalled();
    expect(pacer.pieceBytes).toBe(Number.POSITIVE_INFINITY);
  });

  it('holds the lanes of page and backend back alike, and lets them go at once when media end', async () => {
    const link = linkOf();
    const { pacer, pace, told } = link;
    pace.setMedia(true);
    await sendFor(link, 1_000);
    expect(told().at(-1)).toBeGreaterThan(128 * 1024);
    expect(pacer.pieceBytes).toBeLessThan(100_000);
    pace.setMedia(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(told().at(-1)).toBeNull();
    expect(pacer.pieceBytes).toBe(Number.POSITIVE_INFINITY);
    const words = told().length;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told()).toHaveLength(words);
  });

  it('grows with what the backend has sent, and gives way to a queue', async () => {
    const link = linkOf();
    const { pace, told, state } = link;
    pace.setMedia(true);
    await sendFor(link, 4_000);
    expect(told().at(-1)).toBeGreaterThan(800_000);
    state.wayMs = 150;
    await sendFor(link, 1_000);
    expect(told().at(-1)).toBe(16 * 1024);
    pace.close();
  });

  it('asks the peer and the browser less often while no files move', async () => {
    const { pace, told } = linkOf();
    pace.setMedia(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told().length).toBeLessThan(30);
    pace.close();
  });

  it('ends with its link, whatever is said to it after that', async () => {
    const { pace, told } = linkOf();
    pace.setMedia(true);
    await vi.advanceTimersByTimeAsync(100);
    pace.close();
    pace.setMedia(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(told().at(-1)).toBeNull();
    expect(told().length).toBeLessThan(4);
  });

  it('goes on where the session is over for the backend', async () => {
    const { pace, pacer } = linkOf();
    const silent = new LinkPace({
      backend: new RecordingBackend({ 'lanes:pace': () => Promise.reject(new Error('unknown-session')) }),
      sessionId: SESSION,
      link: { probeChannel: FakeProbeChannel.pair()[0], mediaStats: () => Promise.resolve(null) },
      pacer,
    });
    silent.setMedia(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(pacer.pieceBytes).toBeLessThan(10_000);
    silent.close();
    pace.close();
  });
});
