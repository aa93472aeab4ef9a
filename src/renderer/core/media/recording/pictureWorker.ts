import type { PictureMessage } from './pictureMessages';

/*
 * Makes one steady picture of sources that come, go and change their size: encoders and players alike trip over a size that changes. Beside
 * the page, as timers of a page whose window is hidden stand still.
 */

/** Least time between two pictures, in ms: 15 a second and a little room, as sources are not exact. */
const LEAST_APART_MS = 60;
/** A picture that stands still is given again after this time, in ms, so that a file is as new as it may be. */
const REPEAT_MS = 500;
/** What surrounds a picture of another shape, and stands where there is none. */
const BLANK = '#0b0d12';

let target: { writer: WritableStreamDefaultWriter<VideoFrame>; canvas: OffscreenCanvas } | null = null;
let reader: ReadableStreamDefaultReader<VideoFrame> | null = null;
/** The last picture that was given, and when. */
let last: { frame: VideoFrame; atMs: number } | null = null;

addEventListener('message', ({ data }: MessageEvent<PictureMessage>) => {
  if (data.kind === 'open') {
    target = {
      writer: data.writable.getWriter(),
      canvas: new OffscreenCanvas(data.width, data.height),
    };
    blank();
    setInterval(repeat, REPEAT_MS / 2);
    return;
  }
  // One that is left behind ends when its track does; its frames are not looked at any more.
  void reader?.cancel().catch(() => undefined);
  reader = null;
  if (data.kind === 'blank') blank();
  if (data.kind === 'show') void read(data.readable.getReader());
});

async function read(from: ReadableStreamDefaultReader<VideoFrame>): Promise<void> {
  reader = from;
  for (;;) {
    const { done, value } = await from.read();
    if (done) return;
    if (reader === from && performance.now() - (last?.atMs ?? 0) >= LEAST_APART_MS) show(value);
    value.close();
  }
}

/** Gives a frame in the size of the recording; one that has it is given as it is, as drawing costs. */
function show(frame: VideoFrame): void {
  if (!target) return;
  const { canvas } = target;
  const { displayWidth, displayHeight } = frame;
  if (displayWidth === canvas.width && displayHeight === canvas.height) {
    give(frame);
    return;
  }
  draw((pen) => {
    const scale = Math.min(canvas.width / displayWidth, canvas.height / displayHeight);
    const [width, height] = [displayWidth * scale, displayHeight * scale];
    pen.drawImage(frame, (canvas.width - width) / 2, (canvas.height - height) / 2, width, height);
  });
}

function blank(): void {
  draw(() => undefined);
}

function draw(paint: (pen: OffscreenCanvasRenderingContext2D) => void): void {
  const pen = target?.canvas.getContext('2d', { alpha: false });
  if (!target || !pen) return;
  pen.fillStyle = BLANK;
  pen.fillRect(0, 0, target.canvas.width, target.canvas.height);
  paint(pen);
  const picture = new VideoFrame(target.canvas, { timestamp: nowUs() });
  give(picture);
  picture.close();
}

function repeat(): void {
  if (last && performance.now() - last.atMs >= REPEAT_MS) give(last.frame);
}

/** Hands a picture on under the time of now, as each source counts its own. */
function give(picture: VideoFrame): void {
  if (!target) return;
  // An encoder that does not keep up gets fewer pictures, and no queue of them.
  if ((target.writer.desiredSize ?? 0) > 0)
    target.writer.write(new VideoFrame(picture, { timestamp: nowUs() })).catch(() => undefined);
  const before = last?.frame;
  last = { frame: picture.clone(), atMs: performance.now() };
  before?.close();
}

/** In µs. */
function nowUs(): number {
  return Math.round(performance.now() * 1_000);
}
