import { changedShare, type PicturePlane } from './PictureDiff';

/** Looks at a picture a second: enough to tell a film from a slide, and a comparison of 1080p takes some 2 ms of the processor. */
const LOOKS_PER_SECOND = 5;
/** Without a new picture for so long, in ms, nothing has changed: some systems send none then. */
const SILENT_MS = 500;

/**
 * Tells again and again what part of a captured picture has changed, from 0 to 1, since the last time. Says nothing where the
 * browser doesn't let a page see pictures without drawing them; returns what ends it.
 */
export function watchPicture(track: MediaStreamTrack, onChange: (changed: number) => void): () => void {
  if (typeof MediaStreamTrackProcessor !== 'function') return () => undefined;
  // A track of its own can be slow, while the other one is sent as quick as it comes.
  const clone = track.clone();
  void clone.applyConstraints({ frameRate: { max: LOOKS_PER_SECOND } }).catch(() => undefined);
  const reader = new MediaStreamTrackProcessor({ track: clone, maxBufferSize: 1 }).readable.getReader();
  void readAll(reader, onChange).catch(() => undefined);
  return () => {
    clone.stop();
    void reader.cancel().catch(() => undefined);
  };
}

async function readAll(
  reader: ReadableStreamDefaultReader<VideoFrame>,
  onChange: (changed: number) => void,
): Promise<void> {
  let before: PicturePlane | null = null;
  let spare: ArrayBuffer | null = null;
  for (;;) {
    const next = reader.read();
    while (!(await isThere(next))) if (before) onChange(0);
    const { value: frame, done } = await next;
    if (done) return;
    const now = await planeOf(frame, spare).finally(() => frame.close());
    if (!now) continue;
    if (before) onChange(changedShare(before, now));
    spare = before === null ? null : (before.words.buffer as ArrayBuffer);
    before = now;
  }
}

/** Whether it settles within the time after which silence counts as a still picture. */
function isThere(next: Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), SILENT_MS);
    const there = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    next.then(there, there);
  });
}

/** Copies a frame. @param spare memory to use again; @returns `null` where the browser doesn't show its pixels */
async function planeOf(frame: VideoFrame, spare: ArrayBuffer | null): Promise<PicturePlane | null> {
  if (frame.format === null || frame.visibleRect === null) return null;
  const sizeBytes = Math.ceil(frame.allocationSize() / 4) * 4;
  const buffer = spare?.byteLength === sizeBytes ? spare : new ArrayBuffer(sizeBytes);
  const [plane] = await frame.copyTo(buffer);
  if (!plane || plane.offset !== 0) return null;
  return { words: new Uint32Array(buffer), strideBytes: plane.stride, rows: frame.visibleRect.height };
}
