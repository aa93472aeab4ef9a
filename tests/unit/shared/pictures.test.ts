import { describe, expect, it } from 'vitest';
import { hasPictureName, pictureHeadOf } from '../../../src/shared/pictures';
import { pictureBytes } from '../../support/pictureBytes';

const { jpeg, png } = pictureBytes;
/** Where the frame of the sample begins. */
const FRAME = 28;

function inserted(bytes: Uint8Array, at: number, ...more: number[]): Uint8Array {
  return Uint8Array.of(...bytes.subarray(0, at), ...more, ...bytes.subarray(at));
}

describe('the head of a picture', () => {
  it('says what it is and how large, whatever the file is called', () => {
    expect(pictureHeadOf(png)).toEqual({ type: 'image/png', width: 800, height: 600 });
    expect(pictureHeadOf(jpeg)).toEqual({ type: 'image/jpeg', width: 800, height: 600 });
    for (const text of ['', 'words', '<svg width="1" height="1"/>', 'GIF89a\x20\x03\x58\x02'])
      expect(pictureHeadOf(new TextEncoder().encode(text))).toBeNull();
    expect(['a.png', 'b.JPG', 'c.jpeg', 'd.svg', 'e.gif', 'png', 'f.png.exe'].map(hasPictureName)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
      false,
    ]);
  });

  it('is none where a browser may read another size than we do', () => {
    expect(jpeg[FRAME + 1], 'the frame of the sample').toBe(0xc0);
    expect(pictureHeadOf(inserted(jpeg, FRAME, 0xff)), 'fill bytes').toBeNull();
    expect(pictureHeadOf(inserted(jpeg, FRAME, 0)), 'something between segments').toBeNull();
    expect(
      pictureHeadOf(inserted(jpeg, FRAME, 0xff, 0xda, 0, 2)),
      'a scan before the frame',
    ).not.toMatchObject({ width: 1 });
    // A comment that holds what looks like a frame is a comment.
    const fake = [0xff, 0xfe, 0, 13, 0xff, 0xc0, 0, 17, 8, 0, 1, 0, 1, 3, 1];
    expect(pictureHeadOf(inserted(jpeg, FRAME, ...fake))).toMatchObject({ width: 800, height: 600 });
    const later = Uint8Array.of(...png.subarray(0, 8), ...png.subarray(16), ...png);
    expect(pictureHeadOf(later), 'a PNG whose first chunk is another one').toBeNull();
  });

  it('is found at once or not at all', () => {
    const zeros = new Uint8Array(20_000_000);
    zeros.set([0xff, 0xd8]);
    const segments = new Uint8Array(20_000_000);
    segments.set([0xff, 0xd8]);
    for (let at = 2; at < segments.length - 4; at += 4) segments.set([0xff, 0xfe, 0, 2], at);
    const begin = performance.now();
    for (const bytes of [zeros, segments]) expect(pictureHeadOf(bytes)).toBeNull();
    expect(performance.now() - begin).toBeLessThan(100);
  });
});
