import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LocalMedia } from '../../../../src/renderer/core/media/LocalMedia';
import { ViewRequests } from '../../../../src/renderer/core/share/ViewRequests';
import type { TrustPermissions } from '../../../../src/shared/contract/trust';
import { ViewRequestMessage } from '../../../../src/shared/protocol/viewRequests';

const share = { stream: {} as MediaStream, label: '', mute: 'none' as const };

interface Options {
  isSharing?: boolean;
  isLinked?: () => boolean;
  isLinkExpected?: () => boolean;
  viewScreen?: TrustPermissions['viewScreen'];
  captureUnasked?: () => Promise<void>;
}

function requests(options: Options = {}) {
  const { isSharing = false, isLinked = () => true, viewScreen = 'ask' } = options;
  const sent: string[] = [];
  const started: string[] = [];
  let theyShare: () => void = () => undefined;
  let weShare: () => void = () => undefined;
  const one = new ViewRequests({
    sessionId: '1'.repeat(32),
    send: (message) => sent.push(ViewRequestMessage.parse(message).type),
    permissions: () => ({ connect: 'ask', sendFiles: 'ask', viewScreen }),
    isLinked,
    isLinkExpected: options.isLinkExpected ?? (() => true),
    captureUnasked: options.captureUnasked ?? (() => Promise.reject(new Error('no screen'))),
    media: new LocalMedia(),
    tracks: {
      view: { localShare: isSharing ? share : null },
      publish: (source, hasSound) => started.push(hasSound === false ? `${source} without sound` : source),
      onScreens: ({ ours, theirs }) => {
        weShare = ours;
        theyShare = theirs;
      },
    },
    onChange: () => undefined,
    monotonicMs: () => performance.now(),
  });
  const theyAsk = (): void => one.handle({ type: 'view-request' });
  const theyDecline = (reason: 'not-now' | 'no-screen' = 'not-now'): void =>
    one.handle({ type: 'view-declined', reason });
  return { one, sent, started, theyAsk, theyDecline, theyShare: () => theyShare(), weShare: () => weShare() };
}

describe('asking to see a screen', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks once, and again no sooner than ten seconds later', () => {
    const { one, sent, theyShare } = requests();
    one.ask();
    one.ask();
    expect(one.mine).toBe('waiting');
    vi.advanceTimersByTime(2_000);
    theyShare();
    expect(one.mine).toBe('resting');
    one.ask();
    expect(sent).toEqual(['view-request']);
    vi.advanceTimersByTime(8_000);
    expect(one.mine).toBe('ready');
    one.ask();
    expect(sent).toHaveLength(2);
  });

  it('shows a "not now" for ten seconds, however late it came', () => {
    const { one, theyDecline } = requests();
    one.ask();
    vi.advanceTimersByTime(60_000);
    expect(one.mine).toBe('waiting');
    theyDecline();
    expect(one.mine).toBe('declined');
    vi.advanceTimersByTime(9_999);
    expect(one.mine).toBe('declined');
    vi.advanceTimersByTime(1);
    expect(one.mine).toBe('ready');
  });

  it('says so where nobody is there who could show a screen', () => {
    const { one, theyDecline } = requests();
    one.ask();
    theyDecline('no-screen');
    expect(one.mine).toBe('no-screen');
    vi.advanceTimersByTime(10_000);
    expect(one.mine).toBe('ready');
  });

  it('an answer that nobody waits for means nothing', () => {
    const { one, theyDecline, theyShare } = requests();
    theyDecline();
    theyShare();
    expect(one.mine).toBe('ready');
  });

  it('does not wait for an answer that was lost with the link', () => {
    const { one } = requests();
    one.ask();
    one.unlinked();
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

  it('is one question at a time, and no more than one in ten seconds, however often the peer asks', async () => {
    const { one, theyAsk } = requests();
    const askedMs: number[] = [];
    const beganMs = Date.now();
    for (let ms = 0; ms < 95_000; ms += 100) {
      theyAsk();
      await vi.advanceTimersByTimeAsync(100);
      if (!one.isTheirsOpen) continue;
      askedMs.push(Math.floor((Date.now() - beganMs) / 1_000));
      one.decline();
    }
    expect(askedMs).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });

  it('is answered by "not now" once, or by a share', async () => {
    const { one, sent, theyAsk, weShare } = requests();
    theyAsk();
    await vi.advanceTimersByTimeAsync(0);
    one.decline();
    one.decline();
    expect(sent).toEqual(['view-declined']);
    theyAsk();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(one.isTheirsOpen).toBe(true);
    weShare();
    expect(one.isTheirsOpen).toBe(false);
    expect(sent).toEqual(['view-declined']);
  });

  it('needs no answer where a share begins by itself, and is put to the person where it does not', async () => {
    const unasked = requests({ viewScreen: 'allow', captureUnasked: () => Promise.resolve() });
    unasked.theyAsk();
    await vi.advanceTimersByTimeAsync(0);
    expect(unasked.one.isTheirsOpen).toBe(false);
    expect(unasked.started).toEqual(['screen without sound']);
    const failed = requests({ viewScreen: 'allow' });
    failed.theyAsk();
    await vi.advanceTimersByTimeAsync(0);
    expect(failed.one.isTheirsOpen).toBe(true);
  });

  it('begins no share by itself without standing consent, nor while the session is not connected', async () => {
    for (const options of [{ viewScreen: 'ask' }, { viewScreen: 'allow', isLinked: () => false }] as const) {
      const captureUnasked = vi.fn(() => Promise.resolve());
      const { one, started, theyAsk } = requests({ ...options, captureUnasked });
      theyAsk();
      await vi.advanceTimersByTimeAsync(0);
      expect(captureUnasked).not.toHaveBeenCalled();
      expect(started).toEqual([]);
      expect(one.isTheirsOpen).toBe(true);
    }
  });

  it('begins no share where the session broke while the capture began', async () => {
    let isConnected = true;
    const captureUnasked = (): Promise<void> => {
      isConnected = false;
      return Promise.resolve();
    };
    const { one, started, theyAsk } = requests({
      ...{ viewScreen: 'allow', captureUnasked },
      isLinked: () => isConnected,
    });
    theyAsk();
    await vi.advanceTimersByTimeAsync(0);
    expect(started).toEqual([]);
    expect(one.isTheirsOpen).toBe(true);
  });

  it('is forgotten when the link goes while a share was to begin', async () => {
    let fail: (error: Error) => void = () => undefined;
    const captureUnasked = (): Promise<void> => new Promise((_, reject) => (fail = reject));
    const { one, theyAsk } = requests({ viewScreen: 'allow', captureUnasked });
    theyAsk();
    await vi.advanceTimersByTimeAsync(0);
    one.unlinked();
    fail(new Error('no screen'));
    await vi.advanceTimersByTimeAsync(0);
    expect(one.isTheirsOpen).toBe(false);
  });

  it('is answered with no screen, and captures nothing, where no link is to be expected', async () => {
    const captureUnasked = vi.fn(() => Promise.resolve());
    const none = { isLinked: () => false, isLinkExpected: () => false };
    const { one, sent, theyAsk } = requests({ ...none, viewScreen: 'allow', captureUnasked });
    theyAsk();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(['view-declined']);
    expect(one.isTheirsOpen).toBe(false);
    expect(captureUnasked).not.toHaveBeenCalled();
  });

  it('is no question while this side shares, and none after the session', async () => {
    const { one, theyAsk } = requests({ isSharing: true });
    theyAsk();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(one.isTheirsOpen).toBe(false);
    const over = requests();
    over.theyAsk();
    over.one.end();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(over.one.isTheirsOpen).toBe(false);
  });
});
