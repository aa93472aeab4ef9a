import { describe, expect, it } from 'vitest';
import { byNeighbour } from '../../../../src/shared/network/countAs';
import { networkOf } from '../../../../src/shared/network/networkOf';
import { AddressBudget } from '../../../../src/shared/network/AddressBudget';
import { AddressCap } from '../../../../src/shared/network/AddressCap';
import { TokenBucket } from '../../../../src/shared/TokenBucket';

describe('a token bucket', () => {
  it('allows its burst, then its rate, and never saves up more than the burst', () => {
    let nowMs = 0;
    const bucket = new TokenBucket(10, 3, () => nowMs);
    const taken = () => [...Array(5).keys()].filter(() => bucket.consume()).length;
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
    bucket.consume();
    expect(bucket.consume()).toBe(false);
    nowMs += bucket.waitMs - 1;
    expect(bucket.consume()).toBe(false);
    nowMs += 1;
    expect(bucket.consume()).toBe(true);
  });
});

describe('what counts as one caller', () => {
  it.each([
    ['192.168.0.1', '192.168.0.1'],
    ['fe80::1', 'fe80:0:0:0'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:DB8:0001:2::', '2001:db8:1:2'],
    ['::1', '0:0:0:0'],
  ])('%s is %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('a cap by address', () => {
  it('counts in all and by address', () => {
    const cap = new AddressCap(3, 2);
    const leave = cap.enter('a', false);
    expect(cap.enter('a', false)).not.toBeNull();
    expect(cap.enter('a', false)).toBeNull();
    expect(cap.enter('b', false)).not.toBeNull();
    expect(cap.enter('c', false)).toBeNull();
    leave?.();
    expect(cap.enter('c', false)).not.toBeNull();
  });

  it('keeps nobody out whose session lives, however many others come, and has a limit for its address', () => {
    const cap = new AddressCap(1, 2);
    cap.enter('a', false);
    expect(cap.enter('b', false)).toBeNull();
    expect(cap.enter('b', true)).not.toBeNull();
    expect(cap.enter('b', true)).not.toBeNull();
    expect(cap.enter('b', true)).toBeNull();
  });

  it('takes a /64 of IPv6 for one address', () => {
    const cap = new AddressCap(9, 1);
    expect(cap.enter('2001:db8:0:1::1', false)).not.toBeNull();
    expect(cap.enter('2001:db8::1:ffff:ffff:ffff:ffff', false)).toBeNull();
    expect(cap.enter('2001:db8:0:2::1', false)).not.toBeNull();
  });

  it('takes each one back once', () => {
    const cap = new AddressCap(2, 2);
    const leave = cap.enter('a', false);
    cap.enter('a', false);
    leave?.();
    leave?.();
    expect(cap.enter('a', false)).not.toBeNull();
    expect(cap.enter('a', false)).toBeNull();
  });
});

describe('a budget by address', () => {
  const limits = { perSecond: 2, burst: 4, perAddressPerSecond: 1, burstPerAddress: 3 };

  it('is spent by address and in all, and fills again', () => {
    let nowMs = 0;
    const budget = new AddressBudget(limits, { now: () => nowMs });
    const taken = (address: string, isKnown = false) =>
      [...Array(5).keys()].filter(() => budget.consume(address, isKnown)).length;
    expect(taken('a')).toBe(3);
    expect(taken('b')).toBe(1);
    expect(taken('c')).toBe(0);
    nowMs += 1_000;
    expect(taken('a')).toBe(1);
    expect(taken('d')).toBe(1);
  });

  it('leaves an address with a session its own share, whatever others do', () => {
    const budget = new AddressBudget(limits, { now: () => 0 });
    for (let n = 0; n < 5_000; n++) budget.consume(`10.0.${n >> 8}.${n & 255}`, false);
    expect(budget.consume('z', false)).toBe(false);
    expect([1, 2, 3, 4].map(() => budget.consume('y', true))).toEqual([true, true, true, false]);
  });

  it('without a total lets nobody use up what others need', () => {
    const budget = new AddressBudget({ perAddressPerSecond: 1, burstPerAddress: 2 }, { now: () => 0 });
    for (let n = 0; n < 500; n++) budget.consume('a');
    expect(['b', 'b', 'b'].map((address) => budget.consume(address))).toEqual([true, true, false]);
  });
});

describe('neighbours by IPv6', () => {
  const own = ['fe80::1', '2001:db8:0:1::1', '192.0.2.1'];
  const countAs = byNeighbour(() => own);

  it('each count alone, and all of them three times as much; those of another network are one', () => {
    const cap = new AddressCap(100, 2, countAs);
    const entered = (...addresses: string[]) => addresses.filter((each) => cap.enter(each) !== null).length;
    for (const network of ['fe80::', '2001:db8:0:1::']) {
      expect(entered(`${network}a`, `${network}a`, `${network}a`)).toBe(2);
      expect(entered(`${network}b`, `${network}b`, `${network}c`, `${network}c`)).toBe(4);
      expect(entered(`${network}d`)).toBe(0);
      expect(cap.enter(`${network}d`, true)).not.toBeNull();
    }
    expect(entered('2001:db8:0:2::a', '2001:db8:0:2::b', '2001:db8:0:2::c')).toBe(2);
    expect(entered('192.0.2.7', '192.0.2.7', '192.0.2.7', '192.0.2.8')).toBe(3);
  });

  it('leave nothing behind when they go, also where the network is no longer this machine’s', () => {
    let [addresses, nowMs]: [string[], number] = [['2001:db8:0:1::1'], 0];
    const cap = new AddressCap(
      100,
      1,
      byNeighbour(
        () => addresses,
        () => nowMs,
      ),
    );
    const leaves = ['a', 'b', 'c'].map((each) => cap.enter(`2001:db8:0:1::${each}`));
    expect(cap.enter('2001:db8:0:1::d')).toBeNull();
    addresses = [];
    nowMs = 10_000;
    for (const leave of leaves) leave?.();
    expect(cap.enter('2001:db8:0:1::e')).not.toBeNull();
    expect(cap.enter('2001:db8:0:1::f')).toBeNull();
  });

  it('each have a budget of their own, and all of them one that is wider', () => {
    const budget = new AddressBudget(
      { perAddressPerSecond: 1, burstPerAddress: 2 },
      { now: () => 0, countAs },
    );
    const taken = (address: string, isKnown = false) =>
      [...Array(9).keys()].filter(() => budget.consume(address, isKnown)).length;
    expect([taken('fe80::a'), taken('fe80::b'), taken('fe80::c'), taken('fe80::d')]).toEqual([2, 2, 2, 0]);
    expect(taken('fe80::e', true)).toBe(2);
    expect(taken('2001:db8:9::1') + taken('2001:db8:9::2')).toBe(2);
  });
});
