import type { Region } from './Region';

/** What a page tells its `cropWorker`: the frames once, and the region whenever it is another one. */
export interface CropMessage {
  region: Region;
  frames?: {
    readable: ReadableStream<VideoFrame>;
    writable: WritableStream<VideoFrame>;
    /** What is cut until the first of them comes. */
    still: VideoFrame | null;
  };
}
