import type { CropMessage } from './cropMessages';
import type { Region } from './Region';

/** A track that shows a region of another one. */
export interface Crop {
  readonly track: MediaStreamTrack;
  /** Shows another region from the next frame on. */
  setRegion(region: Region): void;
  /** Ends the track, and leaves the one that it is cut from. */
  stop(): void;
}

/** @param still the picture as it stands, which is cut until there is another one; closed with that */
export type MakeCrop = (track: MediaStreamTrack, region: Region, still: VideoFrame | null) => Crop;

/** Whether this browser can cut a track before it is sent; Chromium can, as of 94. */
export function canCrop(): boolean {
  return typeof MediaStreamTrackProcessor === 'function' && typeof MediaStreamTrackGenerator === 'function';
}

/** Cuts a region out of a track's frames; nothing outside of it reaches the new track. Call where `canCrop` alone. */
export const makeCrop: MakeCrop = (track, region, still) => {
  // A track of its own to read from: one that is read does not end while somebody waits for a frame.
  const source = track.clone();
  const { readable } = new MediaStreamTrackProcessor({ track: source, maxBufferSize: 1 });
  const cropped = new MediaStreamTrackGenerator({ kind: 'video' });
  const worker = new Worker(new URL('./cropWorker.ts', import.meta.url), { type: 'module' });
  const { writable } = cropped;
  const message: CropMessage = { region, frames: { readable, writable, still } };
  worker.postMessage(message, still ? [readable, writable, still] : [readable, writable]);
  return {
    track: cropped,
    setRegion: (next) => worker.postMessage({ region: next } satisfies CropMessage),
    stop: () => {
      source.stop();
      cropped.stop();
      worker.terminate();
    },
  };
};
