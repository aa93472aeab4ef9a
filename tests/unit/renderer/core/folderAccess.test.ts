import { describe, expect, it } from 'vitest';
import { folderAccessOf } from '../../../../src/renderer/core/files/folderAccess';
import { PageFiles } from '../../../../src/renderer/core/files/PageFiles';
import type { FolderAccess, LocalItem } from '../../../../src/renderer/core/types';

const fileHandle = (name: string, getFile = () => Promise.resolve(new File(['abc'], name))) => ({
  name,
  kind: 'file',
  getFile,
});

const folderHandle = (name: string, children: readonly object[], end: Error | null = null) => ({
  name,
  kind: 'directory',
  async *values() {
    await Promise.resolve();
    yield* children;
    if (end) throw end;
  },
});

const browserWith = (dialog: () => Promise<object>, visibilityState: DocumentVisibilityState = 'visible') =>
  folderAccessOf(null, {
    showDirectoryPicker: dialog as () => Promise<FileSystemDirectoryHandle>,
    document: { visibilityState },
  });

async function chosenIn(folders: FolderAccess): Promise<LocalItem[] | null> {
  if (folders.kind === 'input') throw new Error('nothing to choose by');
  const read = await folders.choose();
  return read && read(() => undefined);
}

describe('a folder that is chosen in a browser’s dialog', () => {
  it('is walked in name order, with empty folders, and without what can’t be read', async () => {
    const refuse = () => Promise.reject(new DOMException('', 'NotReadableError'));
    const trip = folderHandle('trip', [
      fileHandle('z'),
      folderHandle('locked', [], new DOMException('', 'NotAllowedError')),
      folderHandle('b', [fileHandle('2'), fileHandle('1'), folderHandle('none', [])]),
      fileHandle('secret', refuse),
      fileHandle('', refuse),
      fileHandle('a'),
    ]);
    const items = await chosenIn(browserWith(() => Promise.resolve(trip)));
    expect(items?.map((item) => [item.kind, item.path, 'reason' in item ? item.reason : null])).toEqual([
      ['left-out', 'trip/', 'name'],
      ['file', 'trip/a', null],
      ['file', 'trip/b/1', null],
      ['file', 'trip/b/2', null],
      ['folder', 'trip/b/none', null],
      ['left-out', 'trip/locked', 'unreadable'],
      ['left-out', 'trip/secret', 'unreadable'],
      ['file', 'trip/z', null],
    ]);
    const gone = folderHandle('gone', [], new DOMException('', 'NotFoundError'));
    await expect(chosenIn(browserWith(() => Promise.resolve(gone)))).rejects.toMatchObject({
      code: 'source-unreadable',
      facts: { name: 'gone' },
    });
  });

  it('is asked for dozens of files at a time, and no more', async () => {
    let open = 0;
    let most = 0;
    const names = Array.from({ length: 200 }, (_, index) => String(1000 + index));
    const asked = (name: string) =>
      fileHandle(name, async () => {
        most = Math.max(most, ++open);
        await new Promise((resolve) => setTimeout(resolve));
        open--;
        return new File([], name);
      });
    const items = await chosenIn(
      browserWith(() => Promise.resolve(folderHandle('trip', [...names].reverse().map(asked)))),
    );
    expect(items?.map(({ path }) => path)).toEqual(names.map((name) => `trip/${name}`));
    expect(most).toBe(64);
  });

  it('is none where the person cancels, and a failure where the browser refuses', async () => {
    const failing = (name: string) => browserWith(() => Promise.reject(new DOMException('', name)));
    expect(await chosenIn(failing('AbortError'))).toBeNull();
    for (const name of ['SecurityError', 'NotAllowedError'])
      await expect(chosenIn(failing(name))).rejects.toMatchObject({ code: 'folder-not-opened' });
    // The dialog covers the window, and the browser closes it at once.
    const covered = browserWith(() => Promise.reject(new DOMException('', 'AbortError')), 'hidden');
    await expect(chosenIn(covered)).rejects.toMatchObject({ code: 'folder-not-opened' });
  });

  it('needs an input where the browser has no dialog', () => {
    expect(folderAccessOf(null, { document: { visibilityState: 'visible' } })).toEqual({ kind: 'input' });
  });
});

describe('folders that are chosen in the desktop app', () => {
  const desktop = (...names: string[]) =>
    folderAccessOf(
      {
        registerFile: () => Promise.resolve('dropped'),
        chooseFolders: () => Promise.resolve(names.map((name) => ({ token: `token of ${name}`, name }))),
      },
      {
        showDirectoryPicker: () => Promise.reject(new Error('not this one')),
        document: { visibilityState: 'visible' },
      },
    );

  it('are offered by their tokens, as what is dropped is', async () => {
    const items = await chosenIn(desktop('사진', 'docs'));
    const files = new PageFiles(() => Promise.resolve(null));
    expect(await files.offerItems(items ?? [])).toEqual({
      offer: [
        { kind: 'path-token', token: 'token of 사진', path: '사진' },
        { kind: 'path-token', token: 'token of docs', path: 'docs' },
      ],
      sourceIds: [],
    });
    const folders = desktop();
    expect(folders.kind === 'path' && (await folders.register(new File([], 'x')))).toBe('dropped');
  });

  it('are none where the person cancels', async () => {
    expect(await chosenIn(desktop())).toBeNull();
  });
});
