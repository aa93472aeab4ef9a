import type { CropMessage } from './cropMessages';
import { type Region, regionWithin } from './Region';

/*
 * Cuts the region out of each frame, beside the page: what it draws would hold up frames otherwise. No pixel is copied.
 */

let region: Region | null = null;

addEventListener('message', ({ data }: MessageEvent<CropMessage>) => {
  region = data.region;
  const { frames } = data;
  // Both ends fail when the track ends, which is no news.
  frames?.readable
    .pipeThrough(new TransformStream({ transform }))
    .pipeTo(frames.writable)
    .catch(() => undefined);
});

function transform(frame: VideoFrame, controller: TransformStreamDefaultController<VideoFrame>): void {
  const { visibleRect } = frame;
  const cut = region && visibleRect && regionWithin(region, visibleRect);
  if (cut) {
    const { x, y } = visibleRect;
    const size = { displayWidth: cut.width, displayHeight: cut.height };
    controller.enqueue(
      new VideoFrame(frame, { visibleRect: { ...cut, x: x + cut.x, y: y + cut.y }, ...size }),
    );
  }
  frame.close();
}
