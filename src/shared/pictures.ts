/** What is drawn as a picture: what people paste and photograph. SVG is a document, with scripts and links. */
type PictureType = 'image/png' | 'image/jpeg';

/** Endings of their names. */
const ENDINGS: Readonly<Record<string, PictureType>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
};

/** Largest file that is shown as a picture: photographs have some 10 MB. */
export const MAX_PICTURE_BYTES = 20 * 1024 * 1024;

/** Whether a file may be a picture, by its name. */
export function hasPictureName(name: string): boolean {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  return ENDINGS[ending] !== undefined;
}

/** What the first bytes of a picture say of it. Sizes in pixels. */
export interface PictureHead {
  type: PictureType;
  width: number;
  height: number;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
/** What begins a JPEG, and what stands before each of its segments. */
const SOI = 0xd8;
const MARKER = 0xff;
/** Segments of a JPEG before its frame: a few, of at most 64 KiB each; embedded colour profiles have the most. */
const MAX_SEGMENTS = 500;

/**
 * What a picture is and how large, read strictly: whoever draws it must come to the same size, so that a few bytes can't claim less
 * than they unpack to. Libraries for it were found to skip what a browser reads, and to read what it skips. Looks at no more than
 * the heads of segments.
 * @returns `null` for anything that isn't plainly a PNG or a JPEG
 */
export function pictureHeadOf(bytes: Uint8Array): PictureHead | null {
  return pngHeadOf(bytes) ?? jpegHeadOf(bytes);
}

/** PNG, Portable Network Graphics (third edition), §11.2.1: IHDR comes first, and once. */
function pngHeadOf(bytes: Uint8Array): PictureHead | null {
  if (bytes.length < 24 || PNG.some((byte, index) => bytes[index] !== byte)) return null;
  const view = viewOf(bytes);
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** ITU-T T.81, B.1 and B.2: segments, each with its length, until the frame, which says the size. */
function jpegHeadOf(bytes: Uint8Array): PictureHead | null {
  const view = viewOf(bytes);
  if (bytes[0] !== MARKER || bytes[1] !== SOI) return null;
  let at = 2;
  for (let count = 0; count < MAX_SEGMENTS && at + 9 <= bytes.length; count++) {
    const marker = bytes[at + 1] ?? 0;
    const isSegment = (marker >= 0xc0 && marker <= 0xcf) || (marker >= 0xdb && marker <= 0xfe);
    // Fill bytes and anything between two segments is what decoders differ about.
    if (bytes[at] !== MARKER || !isSegment) return null;
    if (isFrame(marker))
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    const length = view.getUint16(at + 2);
    if (length < 2) return null;
    at += 2 + length;
  }
  return null;
}

/** SOF0 to SOF15: all but the tables DHT, JPG and DAC, which are numbered among them. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
