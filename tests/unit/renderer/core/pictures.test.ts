import { describe, expect, it } from 'vitest';
import { PageFiles } from '../../../../src/renderer/core/files/PageFiles';
import { Pictures } from '../../../../src/renderer/core/files/Pictures';
import type { LocalItem } from '../../../../src/renderer/core/types';
import { HitherError } from '../../../../src/shared/errors';
import { MAX_PICTURE_BYTES } from '../../../../src/shared/pictures';
import { pictureBytes } from '../../../support/pictureBytes';
import { RecordingBackend } from '../../../support/RecordingBackend';

const transferId = '1'.repeat(32);
const received = { transferId, direction: 'receive' } as const;
const sent = { transferId, direction: 'send' } as const;

/** A PNG that says it is so large. */
function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = pictureBytes.png.slice();
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

const pageFiles = () => new PageFiles(() => Promise.resolve(null));
const asItIs = (picture: Blob) => Promise.resolve(picture);
const item = (name: string, bytes: Uint8Array<ArrayBuffer>): LocalItem => {
  const file = new File([bytes], name);
  return { kind: 'file', file, path: name, sizeBytes: file.size };
};
const picturesOf = (
  bytes: () => Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>,
  shrink = asItIs,
) => {
  const backend = new RecordingBackend({ 'transfers:picture': async () => ({ bytes: await bytes() }) });
  return { backend, pictures: new Pictures(backend, pageFiles(), shrink) };
};
const wholeOf = (bytes: Uint8Array<ArrayBuffer>) => picturesOf(() => bytes).pictures.whole(received);

describe('a picture that is shown', () => {
  it('is none that would fill memory, however small its file is', async () => {
    expect((await wholeOf(png(8_000, 8_000)))?.type).toBe('image/png');
    for (const [width, height] of [
      [8_001, 8_000],
      [4_000_000_000, 4_000_000_000],
      [0, 100],
    ] as const)
      expect(await wholeOf(png(width, height))).toBeNull();
    expect(await wholeOf(new TextEncoder().encode('words'))).toBeNull();
  });

  it('is none that a thumbnail would blow up', async () => {
    expect(await wholeOf(png(5_000, 100))).not.toBeNull();
    for (const [width, height] of [
      [5_001, 100],
      [100, 5_001],
      [64_000_000, 1],
    ] as const)
      expect(await wholeOf(png(width, height))).toBeNull();
  });

  it('is not there where the backend has none', async () => {
    const { pictures } = picturesOf(() => {
      throw new HitherError('not-allowed');
    });
    expect(await pictures.thumbnail(received)).toBeNull();
  });

  it('is read and drawn one at a time, and once', async () => {
    let atWork = 0;
    let most = 0;
    const { backend, pictures } = picturesOf(
      async () => {
        most = Math.max(most, ++atWork);
        await new Promise((resolve) => setTimeout(resolve, 2));
        return png(10, 10);
      },
      (picture) => {
        atWork--;
        return Promise.resolve(picture);
      },
    );
    const ids = Array.from({ length: 20 }, (_, n) => String(n).padStart(32, '0'));
    const ask = () => Promise.all(ids.map((id) => pictures.thumbnail({ ...received, transferId: id })));
    expect((await ask()).every((thumbnail) => thumbnail !== null)).toBe(true);
    expect(most).toBe(1);
    await ask();
    expect(backend.asked).toHaveLength(20);
  });

  it('goes on after one that can’t be drawn', async () => {
    let count = 0;
    const { pictures } = picturesOf(
      () => png(10, 10),
      (picture) =>
        count++ === 0 ? Promise.reject(new Error('InvalidStateError')) : Promise.resolve(picture),
    );
    expect(await pictures.thumbnail(received)).toBeNull();
    expect(await pictures.thumbnail(received)).not.toBeNull();
  });

  it('is this page’s own where it sent one by itself, also when that is over', async () => {
    const backend = new RecordingBackend({});
    const files = pageFiles();
    const pictures = new Pictures(backend, files, asItIs);
    expect(await pictures.whole(sent), 'of another page').toBeNull();
    const small = item('a.PNG', png(10, 10));
    files.keepPicture(transferId, [small]);
    files.keepOnly([]);
    expect((await pictures.whole(sent))?.type).toBe('image/png');
    expect(backend.asked).toEqual([]);
    const folder = { kind: 'folder', path: 'a.png' } as const;
    for (const items of [[], [small, small], [item('a.txt', png(10, 10))], [folder]]) {
      const others = pageFiles();
      others.keepPicture(transferId, items);
      expect(others.pictureOf(transferId)).toBeNull();
    }
    const large = pageFiles();
    large.keepPicture(transferId, [item('a.png', new Uint8Array(MAX_PICTURE_BYTES + 1))]);
    expect(large.pictureOf(transferId)).toBeNull();
  });

  it('is kept for the last fifty', () => {
    const files = pageFiles();
    for (let n = 0; n < 51; n++) files.keepPicture(String(n), [item('a.png', png(1, 1))]);
    expect([files.pictureOf('0'), files.pictureOf('1')?.name]).toEqual([null, 'a.png']);
  });
});
