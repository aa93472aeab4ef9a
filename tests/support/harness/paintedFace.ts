/** A made-up face as a live stream, in place of a camera. */
export function paintedFace(tone: string): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 1280;
  canvas.height = 720;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no 2D canvas');
  const paint = () => {
    pen.fillStyle = tone;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#f0d5bd';
    pen.beginPath();
    pen.arc(640, 320, 170, 0, 2 * Math.PI);
    pen.fill();
    pen.fillStyle = '#2b2f3a';
    for (const x of [580, 700]) pen.fillRect(x - 14, 290, 28, 20);
    pen.fillRect(590, 390, 100, 12);
    pen.fillRect(420, 520, 440, 200);
  };
  paint();
  setInterval(paint, 200);
  return canvas.captureStream(5);
}
