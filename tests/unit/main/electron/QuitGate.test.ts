import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { QuitGate } from '../../../../src/main/electron/quit/QuitGate';

describe('QuitGate', () => {
  let quits = 0;
  let closes = 0;
  let troubles: unknown[] = [];

  beforeEach(() => {
    vi.useFakeTimers();
    quits = 0;
    closes = 0;
    troubles = [];
  });

  afterEach(() => vi.useRealTimers());

  const create = (close: () => Promise<void>) =>
    new QuitGate(
      () => {
        closes++;
        return close();
      },
      () => quits++,
      (error) => troubles.push(error),
    );

  /** Whether the app would quit now. */
  const passes = (gate: QuitGate): boolean => {
    let isPrevented = false;
    gate.onBeforeQuit({ preventDefault: () => (isPrevented = true) });
    return !isPrevented;
  };

  it('holds the quit back until the backend has closed, then quits by itself', async () => {
    let finish = () => {};
    const gate = create(() => new Promise<void>((resolve) => (finish = resolve)));
    expect(gate.isQuitting).toBe(false);
    expect(passes(gate)).toBe(false);
    expect(gate.isQuitting).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(quits).toBe(0);
    finish();
    await vi.advanceTimersByTimeAsync(0);
    expect(quits).toBe(1);
    expect(passes(gate)).toBe(true);
  });

  it('closes once, however often quitting is asked for meanwhile', async () => {
    const gate = create(() => new Promise(() => undefined));
    expect([passes(gate), passes(gate)]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(100);
    expect(closes).toBe(1);
  });

  it('quits all the same when closing fails, and says why', async () => {
    const gate = create(() => Promise.reject(new Error('disk')));
    passes(gate);
    await vi.advanceTimersByTimeAsync(0);
    expect(quits).toBe(1);
    expect(troubles).toEqual([new Error('disk')]);
  });

  it('quits all the same when closing hangs for five seconds', async () => {
    const gate = create(() => new Promise(() => undefined));
    passes(gate);
    await vi.advanceTimersByTimeAsync(4_999);
    expect(quits).toBe(0);
    await vi.advanceTimersByTimeAsync(1);
    expect(quits).toBe(1);
    expect(troubles).toHaveLength(1);
  });
});
