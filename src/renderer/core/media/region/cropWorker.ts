import type { CropMessage } from './cropMessages';
import { type Region, regionWithin } from './Region';

/*
 * Cuts the region out of each frame, beside the page: what it draws would hold up frames otherwise. No pixel is copied.
 */

/**
 * A picture that stands still is given again after this time, in ms, as some captures give one only when something changes: who
 * comes later, or chooses another region, would wait for that.
 */
const REPEAT_MS = 1_000;

let region: Region | null = null;
/** The last whole frame, and when it came. */
let last: { frame: VideoFrame; atMs: number } | null = null;

addEventListener('message', ({ data }: MessageEvent<CropMessage>) => {
  region = data.region;
  const { frames } = data;
  if (!frames) return;
  const cut = new TransformStream<VideoFrame, VideoFrame>({
    start: (controller) => {
      if (frames.still) hold(frames.still, controller);
      setInterval(() => repeat(controller), REPEAT_MS);
    },
    transform: hold,
  });
  // Both ends fail when the track ends, which is no news.
  frames.readable
    .pipeThrough(cut)
    .pipeTo(frames.writable)
    .catch(() => undefined);
});

function hold(frame: VideoFrame, controller: TransformStreamDefaultController<VideoFrame>): void {
  last?.frame.close();
  last = { frame, atMs: performance.now() };
  give(frame, frame.timestamp, controller);
}

function repeat(controller: TransformStreamDefaultController<VideoFrame>): void {
  const stillMs = last ? performance.now() - last.atMs : 0;
  // Half of it, as the timer may come a little early.
  if (last && stillMs > REPEAT_MS / 2) give(last.frame, last.frame.timestamp + stillMs * 1_000, controller);
}

/** @param timestamp in µs, as of frames */
function give(
  frame: VideoFrame,
  timestamp: number,
  controller: TransformStreamDefaultController<VideoFrame>,
): void {
  const { visibleRect } = frame;
  const cut = region && visibleRect && regionWithin(region, visibleRect);
  if (!cut) return;
  const { x, y } = visibleRect;
  controller.enqueue(
    new VideoFrame(frame, {
      timestamp: Math.round(timestamp),
      visibleRect: { ...cut, x: x + cut.x, y: y + cut.y },
      displayWidth: cut.width,
      displayHeight: cut.height,
    }),
  );
}
