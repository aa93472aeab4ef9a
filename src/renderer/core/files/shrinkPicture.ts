/** Twice the height that thumbnails have on screen, in px, for displays with two pixels to each. */
const HEIGHT = 320;

/** Draws a picture anew at the height of a thumbnail. @throws DOMException for what the browser can't draw */
export async function shrinkPicture(picture: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(picture, { resizeHeight: HEIGHT, resizeQuality: 'medium' });
  try {
    const canvas = new OffscreenCanvas(Math.min(bitmap.width, 8 * HEIGHT), bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    return await canvas.convertToBlob({ type: 'image/webp' });
  } finally {
    bitmap.close();
  }
}
