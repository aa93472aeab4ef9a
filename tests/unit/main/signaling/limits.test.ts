import { describe, expect, it } from 'vitest';
import { StrangerCap } from '../../../../src/main/signaling/StrangerCap';
import { TokenBucket } from '../../../../src/main/signaling/TokenBucket';

describe('a token bucket', () => {
  it('allows its burst, then its rate, and never saves up more than the burst', () => {
    let nowMs = 0;
    const bucket = new TokenBucket(10, 3, () => nowMs);
    const taken = () => [...Array(5).keys()].filter(() => bucket.take()).length;
    expect(taken()).toBe(3);
    expect(bucket.waitMs).toBe(100);
    nowMs += 100;
    expect(taken()).toBe(1);
    nowMs += 60_000;
    expect(taken()).toBe(3);
  });

  it('is refilled by the time it says', () => {
    let nowMs = 0;
    const bucket = new TokenBucket(3, 1, () => nowMs);
    bucket.take();
    expect(bucket.take()).toBe(false);
    nowMs += bucket.waitMs - 1;
    expect(bucket.take()).toBe(false);
    nowMs += 1;
    expect(bucket.take()).toBe(true);
  });
});

describe('a cap on strangers', () => {
  it('counts in all and by address', () => {
    const cap = new StrangerCap(3, 2);
    const leave = cap.enter('a');
    expect(cap.enter('a')).not.toBeNull();
    expect(cap.enter('a')).toBeNull();
    expect(cap.enter('b')).not.toBeNull();
    expect(cap.enter('c')).toBeNull();
    leave?.();
    expect(cap.enter('c')).not.toBeNull();
  });

  it('takes each stranger back once', () => {
    const cap = new StrangerCap(2, 2);
    const leave = cap.enter('a');
    cap.enter('a');
    leave?.();
    leave?.();
    expect(cap.enter('a')).not.toBeNull();
    expect(cap.enter('a')).toBeNull();
  });
});
