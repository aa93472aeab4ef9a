import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LocalItem, ReadItems } from '../../../../src/renderer/core/types';
import { type Gather, gatherer } from '../../../../src/renderer/state/gathering';

const items: LocalItem[] = [{ kind: 'folder', path: 'photos' }];
let shown: (number | null)[];
let failed: unknown[];
let gather: Gather;

/** A read that the test tells what it finds and when it is over. */
function aRead() {
  let onFound: (count: number) => void = () => undefined;
  let end: (found: LocalItem[]) => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  const read: ReadItems = (tell) => {
    onFound = tell;
    return new Promise((resolve, reject) => {
      end = resolve;
      fail = reject;
    });
  };
  return {
    read,
    find: (count: number) => onFound(count),
    end: (found: LocalItem[]) => end(found),
    fail: (error: Error) => fail(error),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  shown = [];
  failed = [];
  gather = gatherer(
    (count) => shown.push(count),
    async (work) => {
      try {
        await work();
        return true;
      } catch (error) {
        failed.push(error);
        return false;
      }
    },
  );
});

afterEach(() => {
  vi.useRealTimers();
});

describe('gathering what a person dropped', () => {
  it('is not told of where it is quick, and is done at once', async () => {
    const used: (readonly LocalItem[])[] = [];
    const done = gather(
      () => Promise.resolve(items),
      (found) => void used.push(found),
    );
    await done;
    await vi.advanceTimersByTimeAsync(5_000);
    expect(used).toEqual([items]);
    expect(shown).toEqual([]);
  });

  it('is told of where it takes longer, until what it is for is done as well', async () => {
    const read = aRead();
    let offered: () => void = () => undefined;
    const done = gather(read.read, () => new Promise<void>((resolve) => (offered = resolve)));
    read.find(120);
    expect(shown).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    read.find(200);
    read.find(300);
    expect(shown).toEqual([120]);
    await vi.advanceTimersByTimeAsync(250);
    expect(shown).toEqual([120, 300]);
    read.end(items);
    await vi.advanceTimersByTimeAsync(250);
    expect(shown).toEqual([120, 300, 300]);
    offered();
    await done;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(shown).toEqual([120, 300, 300, null]);
  });

  it('counts all together where there are several', async () => {
    const [one, other] = [aRead(), aRead()];
    const both = [gather(one.read, () => undefined), gather(other.read, () => undefined)];
    one.find(10);
    other.find(5);
    await vi.advanceTimersByTimeAsync(400);
    expect(shown.at(-1)).toBe(15);
    one.end([]);
    await both[0];
    expect(shown.at(-1)).toBe(5);
    other.end([]);
    await both[1];
    expect(shown.at(-1)).toBeNull();
  });

  it('ends where it fails, and the failure is shown', async () => {
    const read = aRead();
    const done = gather(read.read, () => undefined);
    await vi.advanceTimersByTimeAsync(400);
    read.fail(new Error('too many'));
    await done;
    expect(failed).toEqual([new Error('too many')]);
    expect(shown).toEqual([0, null]);
  });
});
