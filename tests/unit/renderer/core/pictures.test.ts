import { describe, expect, it } from 'vitest';
import { PageFiles } from '../../../../src/renderer/core/files/PageFiles';
import { pictureOf } from '../../../../src/renderer/core/files/pictures';
import type { LocalItem } from '../../../../src/renderer/core/types';
import { HitherError } from '../../../../src/shared/errors';
import { MAX_PICTURE_BYTES } from '../../../../src/shared/pictures';
import { pictureBytes } from '../../../support/pictureBytes';
import { RecordingBackend } from '../../../support/RecordingBackend';

const transferId = '1'.repeat(32);

/** A PNG that says it is so large. */
function png(width: number, height: number): Uint8Array<ArrayBuffer> {
  const bytes = pictureBytes.png.slice();
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

const pageFiles = () => new PageFiles(() => Promise.resolve(null));
const received = (bytes: Uint8Array<ArrayBuffer>) =>
  pictureOf(new RecordingBackend({ 'transfers:picture': () => ({ bytes }) }), pageFiles(), transferId);
const item = (name: string, bytes: Uint8Array<ArrayBuffer>): LocalItem => {
  const file = new File([bytes], name);
  return { kind: 'file', file, path: name, sizeBytes: file.size };
};

describe('a picture that is shown', () => {
  it('goes by its bytes', async () => {
    for (const [kind, bytes] of Object.entries(pictureBytes))
      expect((await received(bytes))?.type).toBe(`image/${kind}`);
    expect(await received(new TextEncoder().encode('<svg width="10" height="10"></svg>'))).toBeNull();
    expect(await received(new TextEncoder().encode('no picture'))).toBeNull();
    expect(await received(new Uint8Array())).toBeNull();
  });

  it('is none that would fill memory, however small its file is', async () => {
    expect(await received(png(8_000, 8_000))).not.toBeNull();
    expect(await received(png(8_001, 8_000))).toBeNull();
    expect(await received(png(4_000_000_000, 4_000_000_000))).toBeNull();
    expect(await received(png(0, 100))).toBeNull();
  });

  it('is not there where the backend has none', async () => {
    const refuse = () => {
      throw new HitherError('not-allowed');
    };
    expect(
      await pictureOf(new RecordingBackend({ 'transfers:picture': refuse }), pageFiles(), transferId),
    ).toBeNull();
  });

  it('is this page’s own where it sent one by itself, also when that is over', async () => {
    const backend = new RecordingBackend({});
    const files = pageFiles();
    const small = item('a.PNG', png(10, 10));
    files.keepPicture(transferId, [small]);
    files.keepOnly([]);
    expect((await pictureOf(backend, files, transferId))?.type).toBe('image/png');
    expect(backend.asked).toEqual([]);
    for (const items of [
      [],
      [small, small],
      [item('a.txt', png(10, 10))],
      [{ kind: 'folder', path: 'a.png' } as const],
    ]) {
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
