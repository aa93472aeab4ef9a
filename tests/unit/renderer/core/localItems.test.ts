import { describe, expect, it } from 'vitest';
import { MAX_ENTRIES } from '../../../../src/shared/protocol/transfer';
import { MAX_OFFER_TEXT } from '../../../../src/shared/transfer/manifest/offer';
import { itemsOfDrop, itemsOfInput } from '../../../../src/renderer/core/files/localItems';

const fileEntry = (name: string) => ({
  name,
  isFile: true,
  file: (resolve: (file: File) => void) => resolve(new File([], name)),
});

/** A folder that gives its children in two batches, as browsers do. */
const folderEntry = (name: string, children: readonly object[]) => ({
  name,
  isFile: false,
  createReader: () => {
    const batches = [children.slice(0, 2), children.slice(2), []];
    return { readEntries: (resolve: (batch: readonly object[]) => void) => resolve(batches.shift() ?? []) };
  },
});

const dropOf = (...entries: object[]) =>
  ({
    items: entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => entry })),
    types: ['Files'],
  }) as unknown as DataTransfer;

const droppedInBrowser = (transfer: DataTransfer) => itemsOfDrop(transfer, { kind: 'input' });

/** Keeps the thread busy for so many ms. */
function spend(ms: number): number {
  const endMs = performance.now() + ms;
  while (performance.now() < endMs);
  return 1;
}

describe('what a person hands to the page', () => {
  it('is in name order below a dropped folder, whatever order the browser has', async () => {
    const inner = folderEntry('b', [fileEntry('IMG_10'), fileEntry('IMG_2')]);
    const items = await droppedInBrowser(
      dropOf(folderEntry('trip', [fileEntry('c'), inner, fileEntry('a')])),
    );
    expect(items.map(({ path }) => path)).toEqual(['trip/a', 'trip/b/IMG_2', 'trip/b/IMG_10', 'trip/c']);
  });

  it('goes without what can’t be read of a dropped folder, which is named', async () => {
    const refuse = (_: unknown, reject: (error: Error) => void) => reject(new Error('NotReadableError'));
    const locked = { name: 'locked', isFile: false, createReader: () => ({ readEntries: refuse }) };
    const secret = { name: 'secret', isFile: true, file: refuse };
    const noText = { name: '', isFile: true, file: refuse };
    const inner = folderEntry('inner', [secret]);
    const trip = folderEntry('trip', [locked, fileEntry('a'), inner, noText, fileEntry('z')]);
    expect((await droppedInBrowser(dropOf(trip))).map(({ kind, path }) => [kind, path])).toEqual([
      ['left-out', 'trip/'],
      ['file', 'trip/a'],
      ['left-out', 'trip/inner/secret'],
      ['left-out', 'trip/locked'],
      ['file', 'trip/z'],
    ]);
    for (const chosen of [locked, secret])
      await expect(droppedInBrowser(dropOf(chosen))).rejects.toMatchObject({ code: 'source-unreadable' });
  });

  it('is asked for dozens at a time below a dropped folder, and no more', async () => {
    let open = 0;
    let most = 0;
    const asked = (name: string) => ({
      name,
      isFile: true,
      file: (take: (file: File) => void) => {
        most = Math.max(most, ++open);
        setTimeout(() => {
          open--;
          take(new File([], name));
        });
      },
    });
    const names = Array.from({ length: 200 }, (_, index) => String(1000 + index));
    const items = await droppedInBrowser(dropOf(folderEntry('trip', [...names].reverse().map(asked))));
    expect(items.map(({ path }) => path)).toEqual(names.map((name) => `trip/${name}`));
    expect(most).toBe(64);
  });

  it('is a path for each dropped folder in the desktop app, and is walked where one has none', async () => {
    const asked: string[] = [];
    const folders = {
      kind: 'path' as const,
      choose: () => Promise.resolve(null),
      register: (folder: File) => {
        asked.push(folder.name);
        return Promise.resolve(folder.name === 'trip' ? 'token' : null);
      },
    };
    const dropped = ['trip', 'virtual'].map((name) => ({
      kind: 'file',
      webkitGetAsEntry: () => ({ ...folderEntry(name, [fileEntry('a')]), isDirectory: true }),
      getAsFile: () => new File([], name),
    }));
    const file = { kind: 'file', webkitGetAsEntry: () => fileEntry('b'), getAsFile: () => null };
    const transfer = { items: [...dropped, file], types: ['Files'] } as unknown as DataTransfer;
    expect(await itemsOfDrop(transfer, folders)).toMatchObject([
      { kind: 'path', token: 'token', path: 'trip' },
      { kind: 'file', path: 'virtual/a' },
      { kind: 'file', path: 'b' },
    ]);
    expect(asked).toEqual(['trip', 'virtual']);
  });

  const pickedAs = (path: string): File =>
    Object.defineProperty(new File(['abc'], 'x'), 'webkitRelativePath', { value: path });

  it('is in the order of its paths where a folder was picked', async () => {
    const items = await itemsOfInput(['trip/z', 'trip/a/b', 'trip/a/a'].map(pickedAs));
    expect(items.map(({ path }) => path)).toEqual(['trip/a/a', 'trip/a/b', 'trip/z']);
    expect(items.map((item) => item.kind === 'file' && item.sizeBytes)).toEqual([3, 3, 3]);
  });

  it('is told of while it is read, and leaves the page time for other things', async () => {
    // As a browser's, each file's size takes its time.
    const slow = (path: string): File =>
      Object.defineProperty(pickedAs(path), 'size', { get: () => spend(20) });
    const counts: number[] = [];
    let turns = 0;
    const other = setInterval(() => turns++, 1);
    const items = await itemsOfInput(
      Array.from({ length: 40 }, (_, index) => slow(`trip/${String(index)}`)),
      (count) => counts.push(count),
    );
    clearInterval(other);
    expect(items).toHaveLength(40);
    expect(counts).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(turns).toBeGreaterThanOrEqual(8);
  });

  it('is refused as soon as it is more than an offer can have', async () => {
    const file = pickedAs('one');
    const endless = Array.from({ length: MAX_ENTRIES + 1 }, () => file);
    await expect(itemsOfInput(endless)).rejects.toMatchObject({
      code: 'too-many-entries',
      facts: { limit: MAX_ENTRIES },
    });
    expect(await itemsOfInput(endless.slice(1))).toHaveLength(MAX_ENTRIES);
    const long = Array.from({ length: 5_000 }, () => pickedAs('a'.repeat(MAX_OFFER_TEXT / 4_096)));
    await expect(itemsOfInput(long)).rejects.toMatchObject({ code: 'too-many-entries' });
    expect(await itemsOfInput(long.slice(0, 4_096))).toHaveLength(4_096);
  });
});
