import { disableTypes, imageSize, types } from 'image-size';
import { MAX_PICTURE_BYTES } from '../../../shared/pictures';
import type { ClientBackend } from '../ClientBackend';
import type { PageFiles } from './PageFiles';

/** What is drawn, by the names that `image-size` has for them. */
const DRAWN: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};
disableTypes(types.filter((type) => DRAWN[type] === undefined));

/** Most pixels of a picture that is drawn: 256 MB when it is unpacked. A few bytes can claim to be thousands of millions. */
const MAX_PIXELS = 64e6;

/** A picture that was sent or received by itself, to be drawn; `null` where there is none to be had, or it is no such picture. */
export async function pictureOf(
  backend: ClientBackend,
  files: PageFiles,
  transferId: string,
): Promise<Blob | null> {
  try {
    const own = files.pictureOf(transferId);
    if (own) return drawable(new Uint8Array(await own.arrayBuffer()));
    const { bytes } = await backend.request('transfers:picture', { transferId });
    return drawable(bytes);
  } catch {
    // It may have been moved or changed since; its row says all that matters.
    return null;
  }
}

/** What is in a file goes by its bytes, whatever its name says. @throws Error of `image-size` for no picture */
function drawable(bytes: Uint8Array): Blob | null {
  if (bytes.length > MAX_PICTURE_BYTES) return null;
  const { width, height, type = '' } = imageSize(bytes);
  const mediaType = DRAWN[type];
  if (mediaType === undefined || !(width > 0 && height > 0 && width * height <= MAX_PIXELS)) return null;
  return new Blob([new Uint8Array(bytes)], { type: mediaType });
}
