/** What a page tells its `pictureWorker`. */
export type PictureMessage =
  /** First: where pictures go, and how large each is, in pixels. */
  | { kind: 'open'; writable: WritableStream<VideoFrame>; width: number; height: number }
  /** Shows the frames of a track from the first of them on. */
  | { kind: 'show'; readable: ReadableStream<VideoFrame> }
  /** Goes on with the last picture, or (`blank`) with an empty one. */
  | { kind: 'hold' | 'blank' };
