import { describe, expect, it } from 'vitest';
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

describe('what a person hands to the page', () => {
  it('is in name order below a dropped folder, whatever order the browser has', async () => {
    const inner = folderEntry('b', [fileEntry('2'), fileEntry('1')]);
    const items = await itemsOfDrop(dropOf(folderEntry('trip', [fileEntry('c'), inner, fileEntry('a')])));
    expect(items.map(({ path }) => path)).toEqual(['trip/a', 'trip/b/1', 'trip/b/2', 'trip/c']);
  });

  it('is in the order of its paths where a folder was picked', () => {
    const picked = ['trip/z', 'trip/a/b', 'trip/a/a'].map((path) =>
      Object.defineProperty(new File([], 'x'), 'webkitRelativePath', { value: path }),
    );
    expect(itemsOfInput(picked).map(({ path }) => path)).toEqual(['trip/a/a', 'trip/a/b', 'trip/z']);
  });
});
