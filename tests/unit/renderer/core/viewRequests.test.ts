import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ViewRequests } from '../../../../src/renderer/core/session/ViewRequests';

function requests(isSharing = false, shareUnasked: () => Promise<boolean> | null = () => null) {
  const sent: string[] = [];
  const one = new ViewRequests({
    send: ({ type }) => sent.push(type),
    isSharing: () => isSharing,
    shareUnasked,
    onChange: () => undefined,
    now: Date.now,
  });
  return { one, sent };
}

describe('asking to see a screen', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks once, and again no sooner than ten seconds later', () => {
    const { one, sent } = requests();
    one.ask();
    one.ask();
    expect(one.mine).toBe('waiting');
    vi.advanceTimersByTime(2_000);
    one.handleTheirShare();
    expect(one.mine).toBe('resting');
    one.ask();
    expect(sent).toEqual(['view-request']);
    vi.advanceTimersByTime(8_000);
    expect(one.mine).toBe('ready');
    one.ask();
    expect(sent).toHaveLength(2);
  });

  it('shows a "not now" for ten seconds, however late it came', () => {
    const { one } = requests();
    one.ask();
    vi.advanceTimersByTime(60_000);
    expect(one.mine).toBe('waiting');
    one.handleDeclined();
    expect(one.mine).toBe('declined');
    vi.advanceTimersByTime(9_999);
    expect(one.mine).toBe('declined');
    vi.advanceTimersByTime(1);
    expect(one.mine).toBe('ready');
  });

  it('an answer that nobody waits for means nothing', () => {
    const { one } = requests();
    one.handleDeclined();
    one.handleTheirShare();
    expect(one.mine).toBe('ready');
  });

  it('does not wait for an answer that was lost with the link', () => {
    const { one } = requests();
    one.ask();
    one.reset();
    expect(one.mine).toBe('resting');
    vi.advanceTimersByTime(10_000);
    expect(one.mine).toBe('ready');
  });
});

describe('being asked for the screen', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('is one question at a time, and no more than one in ten seconds, however often the peer asks', () => {
    const { one } = requests();
    const askedMs: number[] = [];
    const beganMs = Date.now();
    for (let ms = 0; ms < 95_000; ms += 100) {
      one.handleRequest();
      vi.advanceTimersByTime(100);
      if (!one.isTheirsOpen) continue;
      askedMs.push(Math.floor((Date.now() - beganMs) / 1_000));
      one.decline();
    }
    expect(askedMs).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });

  it('is answered by "not now" once, or by a share', () => {
    const { one, sent } = requests();
    one.handleRequest();
    vi.advanceTimersByTime(0);
    one.decline();
    one.decline();
    expect(sent).toEqual(['view-declined']);
    one.handleRequest();
    vi.advanceTimersByTime(10_000);
    expect(one.isTheirsOpen).toBe(true);
    one.handleOwnShare();
    expect(one.isTheirsOpen).toBe(false);
    expect(sent).toEqual(['view-declined']);
  });

  it('needs no answer where a share begins by itself, and is put to the person where it does not', async () => {
    const unasked = requests(false, () => Promise.resolve(true)).one;
    unasked.handleRequest();
    await vi.advanceTimersByTimeAsync(0);
    expect(unasked.isTheirsOpen).toBe(false);
    const failed = requests(false, () => Promise.resolve(false)).one;
    failed.handleRequest();
    await vi.advanceTimersByTimeAsync(0);
    expect(failed.isTheirsOpen).toBe(true);
  });

  it('is forgotten when the link goes while a share was to begin', async () => {
    let fail: (began: boolean) => void = () => undefined;
    const { one } = requests(false, () => new Promise((resolve) => (fail = resolve)));
    one.handleRequest();
    await vi.advanceTimersByTimeAsync(0);
    one.reset();
    fail(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(one.isTheirsOpen).toBe(false);
  });

  it('is no question while this side shares, and none after the session', () => {
    const { one } = requests(true);
    one.handleRequest();
    vi.advanceTimersByTime(20_000);
    expect(one.isTheirsOpen).toBe(false);
    const over = requests().one;
    over.handleRequest();
    over.end();
    vi.advanceTimersByTime(20_000);
    expect(over.isTheirsOpen).toBe(false);
  });
});
