import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pacer } from '../../../../src/shared/transfer/sending/Pacer';

/** Sends pieces, as the pacer wants them, for as long as the test goes on. */
function sending(pacer: Pacer) {
  const state = { sentBytes: 0, isOn: true };
  const run = async (): Promise<void> => {
    while (state.isOn) {
      const bytes = Math.min(pacer.pieceBytes, 256 * 1024);
      await pacer.pass(bytes);
      state.sentBytes += bytes;
    }
  };
  return { state, run };
}

describe('Pacer', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('has nobody wait without a speed', () => {
    const pacer = new Pacer();
    expect(pacer.pieceBytes).toBe(Number.POSITIVE_INFINITY);
    expect(pacer.pass(1e9)).toBeNull();
    expect(pacer.pass(1e9)).toBeNull();
    expect(pacer.passedBytes).toBe(2e9);
  });

  it.each([16_384, 100_000, 3e6, 100e6])(
    'keeps all who send together to %d bytes a second',
    async (speed) => {
      const pacer = new Pacer();
      pacer.setSpeed(speed);
      const all = [sending(pacer), sending(pacer), sending(pacer)];
      for (const { run } of all) void run();
      await vi.advanceTimersByTimeAsync(10_000);
      const sent = all.reduce((sum, { state }) => sum + state.sentBytes, 0);
      expect(sent / 10 / speed).toBeGreaterThan(0.95);
      expect(sent / 10 / speed).toBeLessThan(1.05);
      expect(pacer.passedBytes).toBeGreaterThanOrEqual(sent);
      for (const { state } of all) expect(state.sentBytes).toBeGreaterThan(sent / 4);
      for (const { state } of all) state.isOn = false;
    },
  );

  it('cuts pieces that last 20 ms, and none that are very small or large', () => {
    const pacer = new Pacer();
    const pieces = [1_000, 1_000_000, 1e9].map((speed) => {
      pacer.setSpeed(speed);
      return pacer.pieceBytes;
    });
    expect(pieces).toEqual([2_048, 20_000, 262_144]);
  });

  it('follows a change of the speed at once, while somebody waits', async () => {
    const pacer = new Pacer();
    pacer.setSpeed(1_000);
    let passed = 0;
    const pass = async (): Promise<void> => {
      await pacer.pass(10_000);
      passed++;
    };
    void pass();
    void pass();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(passed).toBe(1);
    // Ten seconds were due for the first; a thousandth of that is left.
    pacer.setSpeed(1_000_000);
    await vi.advanceTimersByTimeAsync(20);
    expect(passed).toBe(2);
    pacer.setSpeed(1_000);
    void pass();
    void pass();
    pacer.setSpeed(null);
    await vi.advanceTimersByTimeAsync(0);
    expect(passed).toBe(4);
  });

  it('makes up for little of the time in which nothing was sent', async () => {
    const pacer = new Pacer();
    pacer.setSpeed(100_000);
    await vi.advanceTimersByTimeAsync(60_000);
    const { state, run } = sending(pacer);
    void run();
    await vi.advanceTimersByTimeAsync(100);
    expect(state.sentBytes).toBeLessThan(20_000);
    state.isOn = false;
  });
});
