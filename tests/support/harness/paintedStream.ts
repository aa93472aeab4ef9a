/** A made-up desktop as a live stream, so that a stage has something to show without anybody's screen. */
export function paintedStream(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 1920;
  canvas.height = 1080;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no 2D canvas');
  let frame = 0;
  const paint = () => {
    pen.fillStyle = '#27456b';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.fillStyle = '#f5f5f2';
    pen.fillRect(240, 140, 1100, 760);
    pen.fillStyle = '#d8dbe2';
    pen.fillRect(240, 140, 1100, 48);
    pen.fillStyle = '#3c414c';
    for (let line = 0; line < 18; line += 1)
      pen.fillRect(290, 240 + line * 34, 300 + ((line * 137) % 640), 10);
    pen.fillStyle = '#ea623c';
    pen.fillRect(1400 + (frame % 200), 300, 260, 160);
    frame += 4;
  };
  paint();
  setInterval(paint, 200);
  return canvas.captureStream(5);
}
