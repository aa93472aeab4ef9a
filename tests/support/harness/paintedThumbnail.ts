/** A picture of a desktop that isn't there, as a PNG data URL. */
export function paintedThumbnail(color: string): string {
  const canvas = document.createElement('canvas');
  canvas.width = 320;
  canvas.height = 200;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no 2D canvas');
  pen.fillStyle = color;
  pen.fillRect(0, 0, 320, 200);
  pen.fillStyle = '#eef0f4';
  pen.fillRect(40, 30, 200, 130);
  return canvas.toDataURL('image/png');
}
